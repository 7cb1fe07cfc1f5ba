-- Somebody followed for admission who was a member on the day on which that began.
select 'Nguồn kết nạp' as sheet, stage.row_no, case when said.is_member then 'Mã đảng viên' else 'Mã nguồn' end as column, membership.member::text as value,
    format('%s đã là đảng viên từ ngày %s, trước khi được theo dõi (từ %s); hãy kiểm tra lại mã hoặc ngày.', membership.member, day_text(membership.valid_from), day_text(stage.valid_from)) as message
from stage_source as stage
cross join lateral (values (stage.member, true), (nullif(stage.code, stage.member), false)) as said (code, is_member)
join membership on membership.member = said.code
    and membership.valid_from <= stage.valid_from
    and still_holds(membership.valid_to, stage.valid_from)
where not stage.remove and not stage.duplicate and not stage.faulty
    and membership.member not in (select code from touched_member where faulty_membership)

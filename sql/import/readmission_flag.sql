-- Warning: Kết nạp lại of somebody of whom nothing earlier is known, or an admission like a first one of somebody who was in the Party before.
select 'Kết nạp' as sheet, stage.row_no, 'Kết nạp lại' as column, case when stage.readmission then 'Có' else 'Không' end as value,
    case
        when stage.readmission then format('Đảng viên %s ghi Kết nạp lại ngày %s nhưng không có lần sinh hoạt hoặc kết nạp nào trước đó.', stage.member, day_text(stage.date))
        else format('Đảng viên %s đã sinh hoạt hoặc được kết nạp từ trước ngày %s nhưng cột Kết nạp lại không ghi Có.', stage.member, day_text(stage.date))
    end as message
from stage_admission as stage
cross join lateral (
    select
        exists (select from membership where membership.member = stage.member and membership.valid_from < stage.date)
        or exists (select from admission where admission.member = stage.member and admission.date < stage.date)
        or exists (select from member where member.code = stage.member and member.first_joined < stage.date) as known
) as before
where not stage.remove and not stage.duplicate and not stage.faulty
    and stage.readmission <> before.known
    and not exists (select from doubtful where doubtful.sheet in ('Sinh hoạt', 'Kết nạp') and doubtful.owner = stage.member)

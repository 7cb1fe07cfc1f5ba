-- Nobody belongs to a branch, is admitted or takes up a post on or after the first day off the roll of who died.
-- A post that goes on past that day is another matter (open_after_end).
with death as (
    select membership.member, min(membership.valid_to) as day, min(stage.row_no) as row_no, bool_or(touched.faulty_membership) as faulty
    from membership
    join touched_person as touched on touched.code = membership.member
    left join stage_membership as stage on stage.member = membership.member and stage.branch = membership.branch
        and stage.valid_from = membership.valid_from and not stage.remove and not stage.duplicate and not stage.faulty
    where membership.reason_out = 'Từ trần'
    group by membership.member
),
later as (
    select 'Sinh hoạt' as sheet, stage.row_no, 'Từ ngày' as from_column, membership.member, membership.valid_from as day, 'còn sinh hoạt từ ngày' as what
    from death
    join membership on membership.member = death.member and membership.valid_from >= death.day
    left join stage_membership as stage on stage.member = membership.member and stage.branch = membership.branch
        and stage.valid_from = membership.valid_from and not stage.remove and not stage.duplicate and not stage.faulty
    union all
    select 'Kết nạp', stage.row_no, 'Ngày kết nạp', admission.member, admission.date, 'còn được kết nạp ngày'
    from death
    join admission on admission.member = death.member and admission.date >= death.day
    left join stage_admission as stage on stage.member = admission.member and stage.date = admission.date
        and not stage.remove and not stage.duplicate and not stage.faulty
    union all
    select 'Chức vụ', stage.row_no, 'Từ ngày', post.member, post.valid_from, 'còn giữ chức từ ngày'
    from death
    join post on post.member = death.member and post.valid_from >= death.day
    left join stage_post as stage on stage.member = post.member and stage.post = post.post::text and stage.place = post.place
        and stage.valid_from = post.valid_from and not stage.remove and not stage.duplicate and not stage.faulty
)
select
    case when later.row_no is null then 'Sinh hoạt' else later.sheet end as sheet,
    coalesce(later.row_no, death.row_no) as row_no,
    case when later.row_no is null then 'Thôi từ ngày' else later.from_column end as column,
    day_text(case when later.row_no is null then death.day else later.day end) as value,
    format('Đảng viên %s từ trần, thôi sinh hoạt từ ngày %s, nhưng %s %s (trang %s); hãy kiểm tra lại ngày, lý do thôi hoặc mã đảng viên.',
        later.member, day_text(death.day), later.what, day_text(later.day), later.sheet) as message
from later
join death on death.member = later.member
where coalesce(later.row_no, death.row_no) is not null
    and (later.row_no is not null or not death.faulty)

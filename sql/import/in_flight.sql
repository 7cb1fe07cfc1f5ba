-- Warning: left for another branch of the register more than 60 days before the day until which the register speaks, and arrived nowhere.
with speaks as materialized (
    select data_until() as day
)
select 'Sinh hoạt' as sheet, stage.row_no, 'Thôi từ ngày' as column, day_text(stage.valid_to) as value,
    format('Đảng viên %s chuyển nội bộ, thôi sinh hoạt tại %s từ ngày %s, đến %s đã quá 60 ngày mà chưa thấy sinh hoạt ở chi bộ nào.',
        stage.member, stage.branch, day_text(stage.valid_to), day_text(speaks.day)) as message
from stage_membership as stage
cross join speaks
where not stage.remove and not stage.duplicate and not stage.faulty
    and stage.reason_out = 'Chuyển nội bộ'
    and stage.valid_to + 60 < speaks.day
    and not exists (
        select
        from membership as later
        where later.member = stage.member and later.valid_from >= stage.valid_to)
    and not exists (select from doubtful where doubtful.sheet = 'Sinh hoạt' and doubtful.owner = stage.member)

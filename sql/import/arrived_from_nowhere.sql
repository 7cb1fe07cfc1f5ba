-- Warning: moved within the register without having been in it before: no membership ended on or before the day.
select 'Sinh hoạt' as sheet, stage.row_no, 'Lý do đến' as column, stage.reason_in as value,
    format('Đảng viên %s chuyển nội bộ đến %s ngày %s nhưng trước đó không thôi sinh hoạt ở chi bộ nào; có thể thiếu dòng trước, hoặc là chuyển đến từ nơi khác.',
        stage.member, stage.branch, day_text(stage.valid_from)) as message
from stage_membership as stage
where not stage.remove and not stage.duplicate and not stage.faulty
    and stage.reason_in = 'Chuyển nội bộ'
    and not exists (
        select
        from membership as earlier
        where earlier.member = stage.member and earlier.valid_to <= stage.valid_from)
    and not exists (select from doubtful where doubtful.sheet = 'Sinh hoạt' and doubtful.owner = stage.member)

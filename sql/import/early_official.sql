-- Warning: official less than 12 months after the ceremony; who has no admission in the register joined on Ngày vào Đảng.
with ceremony as (
    select 'Kết nạp' as sheet, stage.row_no, stage.member, stage.date, stage.official
    from stage_admission as stage
    where not stage.remove and not stage.duplicate and not stage.faulty
    union all
    (
        select distinct on (stage.code) 'Đảng viên', stage.row_no, stage.code, stage.joined, stage.official
        from stage_member as stage
        where not stage.remove and not stage.duplicate and not stage.faulty
            and not exists (select from admission where admission.member = stage.code)
            and not exists (select from doubtful where doubtful.sheet = 'Kết nạp' and doubtful.owner = stage.code)
        order by stage.code, stage.row_no
    )
)
select sheet, row_no, 'Ngày chính thức' as column, day_text(official) as value,
    format('Đảng viên %s kết nạp ngày %s, chính thức ngày %s: chưa đủ 12 tháng dự bị.', member, day_text(date), day_text(official)) as message
from ceremony
where official < date + interval '12 months'

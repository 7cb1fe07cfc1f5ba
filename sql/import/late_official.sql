-- Warning: still probationary on the day until which the register speaks, over 12 months and 30 days after the ceremony.
with last_date as materialized (
    select data_until() as day
)
select 'Kết nạp' as sheet, stage.row_no, 'Ngày chính thức' as column, day_text(admission.official) as value,
    format('Đảng viên %s kết nạp ngày %s, đến %s vẫn là dự bị: quá 12 tháng và 30 ngày.',
        admission.member, day_text(admission.date), day_text(last_date.day)) as message
from stage_admission as stage
join admission on admission.member = stage.member and admission.date = stage.date
cross join last_date
where not stage.remove and not stage.duplicate and not stage.faulty
    and (admission.official is null or admission.official > last_date.day)
    and admission.date + interval '12 months' + interval '30 days' < last_date.day
    and not exists (select from admission as later where later.member = admission.member and later.date > admission.date)
    and on_roll(admission.member, last_date.day)

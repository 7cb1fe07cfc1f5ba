-- Warning: admitted again less than 36 months after leaving (docs/spec/statistics.md 2.2).
select 'Kết nạp' as sheet, stage.row_no, 'Ngày kết nạp' as column, day_text(admission.date) as value,
    format('Đảng viên %s ra khỏi Đảng ngày %s, kết nạp lại ngày %s khi chưa đủ 36 tháng.',
        admission.member, day_text(departure.day), day_text(admission.date)) as message
from stage_admission as stage
join admission on admission.member = stage.member and admission.date = stage.date
cross join lateral (
    select max(valid_to) as day
    from membership
    where membership.member = admission.member and membership.valid_to <= admission.date
        and membership.reason_out in ('Khai trừ', 'Xóa tên', 'Xin ra khỏi Đảng')
) as departure
where not stage.remove and not stage.duplicate and not stage.faulty
    and departure.day + interval '36 months' > admission.date

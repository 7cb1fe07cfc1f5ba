-- Warning: over 100 full years on the day until which the register speaks, and on the roll on that day.
with speaks as materialized (
    select data_until() as day
)
select
    case when touched.member_row is not null then 'Đảng viên' when touched.admission_row is not null then 'Kết nạp' else 'Sinh hoạt' end as sheet,
    coalesce(touched.member_row, touched.admission_row, touched.membership_row) as row_no,
    case when touched.member_row is not null then 'Ngày sinh' else 'Mã đảng viên' end as column,
    case when touched.member_row is not null then birth_text(member.born, member.born_precision) else member.code::text end as value,
    format('Đảng viên %s sinh %s, đến %s đã %s tuổi và còn sinh hoạt; hãy kiểm tra lại năm sinh.',
        member.code, birth_text(member.born, member.born_precision), day_text(speaks.day), completed_years(member.born, speaks.day)) as message
from touched_member as touched
join member on member.code = touched.code and member.held_until = 'infinity'
cross join speaks
where not touched.faulty_member
    and not touched.faulty_membership
    and completed_years(member.born, speaks.day) > 100
    and on_roll(member.code, speaks.day)

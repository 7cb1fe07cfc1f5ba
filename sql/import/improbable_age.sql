-- Warning: over 100 full years on the day until which the register speaks, and on the roll on that day.
with speaks as materialized (
    select data_until() as day
),
-- First whom the file speaks of, then how old they are: else the age of everybody is worked out.
spoken as materialized (
    select touched.member_row, touched.admission_row, touched.membership_row, member.code, member.born, member.born_precision
    from touched_member as touched
    join member on member.code = touched.code and member.held_until = 'infinity'
    where not touched.faulty_member
        and not touched.faulty_membership
)
select
    case when member_row is not null then 'Đảng viên' when admission_row is not null then 'Kết nạp' else 'Sinh hoạt' end as sheet,
    coalesce(member_row, admission_row, membership_row) as row_no,
    case when member_row is not null then 'Ngày sinh' else 'Mã đảng viên' end as column,
    case when member_row is not null then birth_text(born, born_precision) else code::text end as value,
    format('Đảng viên %s sinh %s, đến %s đã %s tuổi và còn sinh hoạt; hãy kiểm tra lại năm sinh.',
        code, birth_text(born, born_precision), day_text(speaks.day), completed_years(born, speaks.day)) as message
from spoken
cross join speaks
where completed_years(born, speaks.day) > 100
    and on_roll(code, speaks.day)

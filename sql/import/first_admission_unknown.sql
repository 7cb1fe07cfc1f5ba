-- Warning: on the roll before the first admission that is written down, so admitted before it: counted as official on those days.
select
    case when touched.member_row is not null then 'Đảng viên' when touched.admission_row is not null then 'Kết nạp' else 'Sinh hoạt' end as sheet,
    coalesce(touched.member_row, touched.admission_row, touched.membership_row) as row_no,
    case when touched.member_row is not null then 'Ngày vào Đảng lần đầu' else 'Mã đảng viên' end as column,
    case when touched.member_row is null then touched.code::text end as value,
    format('Đảng viên %s sinh hoạt từ ngày %s, trước lần kết nạp đầu tiên được ghi (%s); những ngày đó được tính là chính thức. Hãy ghi Ngày vào Đảng lần đầu và Ngày chính thức lần đầu.',
        touched.code, day_text(roll.day), day_text(cycle.day)) as message
from touched_member as touched
cross join lateral (select min(valid_from) as day from membership where membership.member = touched.code) as roll
cross join lateral (select min(admission.date) as day from admission where admission.member = touched.code) as admitted
join member on member.code = touched.code and member.held_until = 'infinity'
cross join lateral (select least(admitted.day, member.first_joined, case when admitted.day is null then member.joined end) as day) as cycle
where roll.day < cycle.day
    and not touched.faulty_member
    and not touched.faulty_admission
    and not touched.faulty_membership

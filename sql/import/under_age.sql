-- Under 18 full years at the ceremony; who has no admission in the register joined on Ngày vào Đảng.
with ceremony as (
    select admission.member, admission.date, 'Kết nạp' as sheet, 'Ngày kết nạp' as column, stage.row_no
    from admission
    left join stage_admission as stage on stage.member = admission.member and stage.date = admission.date and not stage.duplicate
    where admission.member in (select code from touched_member)
    union all
    select member.code, member.joined, 'Đảng viên', 'Ngày vào Đảng', touched.member_row
    from member
    join touched_member as touched on touched.code = member.code and touched.member_row is not null and not touched.faulty_admission
    where member.held_until = 'infinity'
        and not exists (select from admission where admission.member = member.code)
    union all
    select member.code, member.first_joined, 'Đảng viên', 'Ngày vào Đảng lần đầu', touched.member_row
    from member
    join touched_member as touched on touched.code = member.code and touched.member_row is not null
    where member.held_until = 'infinity'
        and member.first_joined is not null
        and not exists (select from admission where admission.member = member.code and admission.date = member.first_joined)
)
select
    case when ceremony.row_no is null then 'Đảng viên' else ceremony.sheet end as sheet,
    coalesce(ceremony.row_no, touched.member_row) as row_no,
    case when ceremony.row_no is null then 'Ngày sinh' else ceremony.column end as column,
    case when ceremony.row_no is null then birth_text(member.born, member.born_precision) else day_text(ceremony.date) end as value,
    format('Đảng viên %s sinh %s, ngày kết nạp %s mới %s tuổi; phải đủ 18 tuổi.',
        member.code, birth_text(member.born, member.born_precision), day_text(ceremony.date), completed_years(member.born, ceremony.date)) as message
from ceremony
join member on member.code = ceremony.member and member.held_until = 'infinity'
join touched_member as touched on touched.code = member.code and not touched.faulty_member
where completed_years(member.born, ceremony.date) < 18
    and coalesce(ceremony.row_no, touched.member_row) is not null

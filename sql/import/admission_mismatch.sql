-- Kết nạp and Sinh hoạt tell one story: an admission opens a membership in the same branch on the same day,
-- and the dates of the member are those of the last admission.
-- A faulty row of nobody in the same branch on the same day may be the one that is missed ("lost").
with admitted as (
    select admission.*, stage.row_no, touched.member_row, touched.admission_row, touched.membership_row
    from admission
    join touched_member as touched on touched.code = admission.member and not touched.faulty_membership
    left join stage_admission as stage on stage.member = admission.member and stage.date = admission.date
        and not stage.duplicate and not stage.faulty
    where (stage.row_no is not null or not touched.faulty_admission)
        and not exists (
            select
            from stage_membership as lost
            where lost.faulty
                and lost.branch = admission.branch
                and lost.valid_from = admission.date
                and not exists (select from member where member.code = lost.member))
        and not exists (
            select
            from membership
            where membership.member = admission.member
                and membership.branch = admission.branch
                and membership.valid_from = admission.date
                and membership.reason_in in ('Kết nạp', 'Kết nạp lại'))
),
entered as (
    select membership.*, stage.row_no, touched.member_row, touched.admission_row, touched.membership_row
    from membership
    join touched_member as touched on touched.code = membership.member and not touched.faulty_admission
    left join stage_membership as stage on stage.member = membership.member and stage.branch = membership.branch
        and stage.valid_from = membership.valid_from and not stage.duplicate and not stage.faulty
    where membership.reason_in in ('Kết nạp', 'Kết nạp lại')
        and (stage.row_no is not null or not touched.faulty_membership)
        and not exists (
            select
            from stage_admission as lost
            where lost.faulty
                and lost.branch = membership.branch
                and lost.date = membership.valid_from
                and not exists (select from member where member.code = lost.member))
        and not exists (
            select
            from admission
            where admission.member = membership.member
                and admission.branch = membership.branch
                and admission.date = membership.valid_from)
),
last_admission as (
    select distinct on (admission.member)
        admission.member, admission.date, admission.official, member.joined, member.official as own_official,
        touched.member_row, touched.admission_row, touched.membership_row
    from admission
    join member on member.code = admission.member and member.held_until = 'infinity'
    join touched_member as touched on touched.code = admission.member and not touched.faulty_admission and not touched.faulty_member
    order by admission.member, admission.date desc
)
-- Where the row at fault is stored, another row of the file broke the story: the user is sent to the first that speaks of the member.
select
    case
        when row_no is null and membership_row is not null then 'Sinh hoạt'
        when row_no is null and member_row is not null then 'Đảng viên'
        else 'Kết nạp'
    end as sheet,
    coalesce(row_no, membership_row, member_row, admission_row) as row_no,
    case when row_no is null then 'Mã đảng viên' else 'Ngày kết nạp' end as column,
    case when row_no is null then member::text else day_text(date) end as value,
    format('Đảng viên %s kết nạp ngày %s tại %s nhưng trang Sinh hoạt không có dòng cùng người, cùng chi bộ, từ ngày đó với lý do Kết nạp hoặc Kết nạp lại.',
        member, day_text(date), branch) as message
from admitted
union all
select
    case
        when row_no is null and admission_row is not null then 'Kết nạp'
        when row_no is null and member_row is not null then 'Đảng viên'
        else 'Sinh hoạt'
    end,
    coalesce(row_no, admission_row, member_row, membership_row),
    case when row_no is null then 'Mã đảng viên' else 'Từ ngày' end,
    case when row_no is null then member::text else day_text(valid_from) end,
    format('Đảng viên %s sinh hoạt tại %s từ %s với lý do %s nhưng trang Kết nạp không có lần kết nạp ngày đó tại chi bộ này.',
        member, branch, day_text(valid_from), reason_in)
from entered
union all
select
    case
        when member_row is not null then 'Đảng viên'
        when admission_row is not null then 'Kết nạp'
        else 'Sinh hoạt'
    end,
    coalesce(member_row, admission_row, membership_row),
    case when member_row is null then 'Mã đảng viên' else fault.column end,
    case when member_row is null then member::text else fault.value end,
    fault.message
from last_admission
cross join lateral (
    select 'Ngày vào Đảng' as column, day_text(joined) as value,
        format('Ngày vào Đảng %s của %s khác ngày kết nạp lần cuối %s (trang Kết nạp).', day_text(joined), member, day_text(date)) as message
    where joined <> date
    union all
    select 'Ngày chính thức', day_text(own_official),
        format('Ngày chính thức %s của %s khác ngày chính thức của lần kết nạp cuối %s (trang Kết nạp).',
            coalesce(day_text(own_official), '(trống)'), member, coalesce(day_text(official), '(trống)'))
    where own_official is distinct from official
) as fault

-- Kết nạp and Sinh hoạt tell one story: an admission opens a membership in the same branch on the same day,
-- and the dates of the member are those of the last admission.
-- A faulty row of nobody in the same branch on the same day may be the one that is missed ("lost").
with admitted as (
    select admission.*, stage.row_no
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
    select membership.*, stage.row_no
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
        admission.member, admission.date, admission.official, member.joined, member.official as own_official
    from admission
    join member on member.code = admission.member
    join touched_member as touched on touched.code = admission.member and not touched.faulty_admission and not touched.faulty_member
    order by admission.member, admission.date desc
),
-- Where to send the user when the row at fault is stored and another row of the file broke the story.
stands_in as (
    select code as member, 'Đảng viên' as sheet, min(row_no) as row_no, 'Mã đảng viên' as column from stage_member group by code
    union all
    select member, 'Sinh hoạt', min(row_no), 'Mã đảng viên' from stage_membership group by member
    union all
    select member, 'Kết nạp', min(row_no), 'Mã đảng viên' from stage_admission group by member
)
select
    coalesce(case when admitted.row_no is not null then 'Kết nạp' end, other.sheet) as sheet,
    coalesce(admitted.row_no, other.row_no) as row_no,
    coalesce(case when admitted.row_no is not null then 'Ngày kết nạp' end, other.column) as column,
    case when admitted.row_no is not null then day_text(admitted.date) else admitted.member::text end as value,
    format('Đảng viên %s kết nạp ngày %s tại %s nhưng trang Sinh hoạt không có dòng cùng người, cùng chi bộ, từ ngày đó với lý do Kết nạp hoặc Kết nạp lại.',
        admitted.member, day_text(admitted.date), admitted.branch) as message
from admitted
left join lateral (
    select * from stands_in where stands_in.member = admitted.member order by sheet = 'Sinh hoạt' desc limit 1
) as other on true
union all
select
    coalesce(case when entered.row_no is not null then 'Sinh hoạt' end, other.sheet),
    coalesce(entered.row_no, other.row_no),
    coalesce(case when entered.row_no is not null then 'Từ ngày' end, other.column),
    case when entered.row_no is not null then day_text(entered.valid_from) else entered.member::text end,
    format('Đảng viên %s sinh hoạt tại %s từ %s với lý do %s nhưng trang Kết nạp không có lần kết nạp ngày đó tại chi bộ này.',
        entered.member, entered.branch, day_text(entered.valid_from), entered.reason_in)
from entered
left join lateral (
    select * from stands_in where stands_in.member = entered.member order by sheet = 'Kết nạp' desc limit 1
) as other on true
union all
select
    case when stage.row_no is null then other.sheet else 'Đảng viên' end,
    coalesce(stage.row_no, other.row_no),
    case when stage.row_no is null then other.column else fault.column end,
    case when stage.row_no is null then last_admission.member::text else fault.value end,
    fault.message
from last_admission
left join stage_member as stage on stage.code = last_admission.member and not stage.duplicate
left join lateral (
    select * from stands_in where stands_in.member = last_admission.member order by sheet = 'Kết nạp' desc limit 1
) as other on true
cross join lateral (
    select 'Ngày vào Đảng' as column, day_text(last_admission.joined) as value,
        format('Ngày vào Đảng %s của %s khác ngày kết nạp lần cuối %s (trang Kết nạp).',
            day_text(last_admission.joined), last_admission.member, day_text(last_admission.date)) as message
    where last_admission.joined <> last_admission.date
    union all
    select 'Ngày chính thức', day_text(last_admission.own_official),
        format('Ngày chính thức %s của %s khác ngày chính thức của lần kết nạp cuối %s (trang Kết nạp).',
            coalesce(day_text(last_admission.own_official), '(trống)'), last_admission.member, coalesce(day_text(last_admission.official), '(trống)'))
    where last_admission.own_official is distinct from last_admission.official
) as fault

-- Versions of one organisation, or memberships of one member, that hold on the same day.
select
    'Tổ chức' as sheet,
    coalesce(later_row.row_no, earlier_row.row_no) as row_no,
    'Từ ngày' as column,
    day_text(case when later_row.row_no is null then earlier.valid_from else later.valid_from end) as value,
    format('Tổ chức %s đã có một dòng từ %s %s; các giai đoạn của một tổ chức không được chồng nhau.',
        later.code, day_text(other.valid_from), coalesce('đến trước ' || day_text(other.valid_to), 'chưa kết thúc')) as message
from org_version as earlier
join org_version as later on later.code = earlier.code
    and later.valid_from > earlier.valid_from
    and (earlier.valid_to is null or earlier.valid_to > later.valid_from)
left join stage_org_version as earlier_row on earlier_row.code = earlier.code
    and earlier_row.valid_from = earlier.valid_from and not earlier_row.duplicate
left join stage_org_version as later_row on later_row.code = later.code
    and later_row.valid_from = later.valid_from and not later_row.duplicate
cross join lateral (
    select case when later_row.row_no is null then later.valid_from else earlier.valid_from end as valid_from,
        case when later_row.row_no is null then later.valid_to else earlier.valid_to end as valid_to
) as other
where later.code in (select code from described_org)
union all
select
    'Sinh hoạt',
    coalesce(later_row.row_no, earlier_row.row_no),
    'Từ ngày',
    day_text(case when later_row.row_no is null then earlier.valid_from else later.valid_from end),
    format('Đảng viên %s đã sinh hoạt tại %s từ %s %s; hai khoảng sinh hoạt của một người không được chồng nhau.',
        later.member, other.branch, day_text(other.valid_from),
        coalesce('đến trước ' || day_text(other.valid_to), 'chưa kết thúc'))
from membership as earlier
join membership as later on later.member = earlier.member
    and (later.valid_from, later.branch) > (earlier.valid_from, earlier.branch)
    and (earlier.valid_to is null or earlier.valid_to > later.valid_from)
left join stage_membership as earlier_row on earlier_row.member = earlier.member and earlier_row.branch = earlier.branch
    and earlier_row.valid_from = earlier.valid_from and not earlier_row.duplicate
left join stage_membership as later_row on later_row.member = later.member and later_row.branch = later.branch
    and later_row.valid_from = later.valid_from and not later_row.duplicate
cross join lateral (
    select case when later_row.row_no is null then later.branch else earlier.branch end as branch,
        case when later_row.row_no is null then later.valid_from else earlier.valid_from end as valid_from,
        case when later_row.row_no is null then later.valid_to else earlier.valid_to end as valid_to
) as other
where later.member in (select member from stage_membership)

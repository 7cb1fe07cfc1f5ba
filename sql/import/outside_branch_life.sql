-- Days on which a branch is used but does not hold.
select
    case when used.row_no is null then 'Tổ chức' else used.sheet end as sheet,
    coalesce(used.row_no, described_org.row_no) as row_no,
    case when used.row_no is null then 'Thôi từ ngày' when starts_inside then to_column else from_column end as column,
    case when used.row_no is null then null when starts_inside then day_text(used.valid_to) else day_text(used.valid_from) end as value,
    format('Chi bộ %s không tồn tại suốt thời gian này%s; chi bộ có từ %s. Hãy sửa ngày hoặc mã chi bộ.',
        used.branch,
        case when used.row_no is null then format(' (trang %s, %s, từ %s)', used.sheet, used.who, day_text(used.valid_from)) else '' end,
        life_text) as message
from use_of_branch as used
join branch_life on branch_life.code = used.branch
left join described_org on described_org.code = used.branch
cross join lateral (
    select as_branch @> used.valid_from as starts_inside,
        (select string_agg(day_text(lower(span)) || coalesce(' đến trước ' || day_text(upper(span)), ' đến nay'), '; ')
         from unnest(as_branch) as span) as life_text
) as reading
where as_branch is not null
    and not coalesce(as_other && daterange(used.valid_from, used.valid_to), false)
    and not as_branch @> daterange(used.valid_from, used.valid_to)
    and not coalesce(described_org.faulty, false)

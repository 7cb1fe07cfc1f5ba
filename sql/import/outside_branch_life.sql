-- Days on which a branch is used but does not hold.
with fault as (
    select used.*, as_branch @> used.valid_from as starts_inside, life_text
    from use_of_branch as used
    join branch_life on branch_life.code = used.branch
    cross join lateral (
        select string_agg(coalesce('từ ' || day_text(lower(span)), '') || coalesce(' đến trước ' || day_text(upper(span)), ' đến nay'), '; ') as life_text
        from unnest(as_branch) as span
    ) as life
    where as_branch is not null
        and not coalesce(as_other && daterange(used.valid_from, used.valid_to), false)
        and not as_branch @> daterange(used.valid_from, used.valid_to)
        and not exists (select from described_org where described_org.code = used.branch and described_org.faulty)
)
select
    sheet,
    row_no,
    case when starts_inside then to_column else from_column end as column,
    case when starts_inside then day_text(valid_to) else day_text(valid_from) end as value,
    format('Chi bộ %s không tồn tại suốt thời gian này; chi bộ có %s. Hãy sửa ngày hoặc mã chi bộ.', branch, life_text) as message
from fault
where row_no is not null
union all
select
    'Tổ chức', described_org.row_no, 'Thôi từ ngày', day_text(described_org.valid_to),
    format('Chi bộ %s có %s nhưng hệ thống còn %s dòng dùng chi bộ ngoài thời gian đó (ví dụ: trang %s, %s); hãy sửa ngày hoặc sửa các dòng đó trong cùng sổ.',
        described_org.code, fault.life_text, count(*), min(fault.sheet), min(fault.who))
from fault
join described_org on described_org.code = fault.branch
where fault.row_no is null
group by described_org.code, described_org.row_no, described_org.valid_to, fault.life_text

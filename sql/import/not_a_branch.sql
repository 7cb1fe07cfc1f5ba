-- Members, admissions, services, meetings or assignments put into an organisation that is not a branch on those days.
select
    case when used.row_no is null then 'Tổ chức' else used.sheet end as sheet,
    coalesce(used.row_no, described_org.row_no) as row_no,
    case when used.row_no is null then 'Cấp' else 'Mã chi bộ' end as column,
    used.branch::text as value,
    format('%s không phải là chi bộ%s; chỉ chi bộ trực thuộc và chi bộ cơ sở có đảng viên, họp chi bộ, kết nạp và phụ trách bản.',
        used.branch, case when used.row_no is null then format(' nhưng trang %s còn dùng (%s)', used.sheet, used.who) else '' end) as message
from use_of_branch as used
join branch_life on branch_life.code = used.branch
left join described_org on described_org.code = used.branch
where (as_branch is null or as_other && daterange(used.valid_from, used.valid_to))
    and not coalesce(described_org.faulty, false)

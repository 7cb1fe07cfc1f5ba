-- Members, admissions, services, meetings or assignments put into an organisation that is not a branch on those days; people who are followed, and guests, in
-- one that never is.
with fault as (
    select used.*
    from use_of_branch as used
    join branch_life on branch_life.code = used.branch
    where (as_branch is null or as_other && daterange(used.valid_from, used.valid_to))
        and not exists (select from described_org where described_org.code = used.branch and described_org.faulty)
)
select
    sheet, row_no, 'Mã chi bộ' as column, branch::text as value,
    format('%s không phải là chi bộ; chỉ chi bộ trực thuộc và chi bộ cơ sở có đảng viên, họp chi bộ, kết nạp và phụ trách bản.',
        branch) as message
from fault
where row_no is not null
union all
select
    'Tổ chức', described_org.row_no, 'Cấp', described_org.level,
    format('%s không phải là chi bộ nhưng hệ thống còn %s dòng coi là chi bộ (ví dụ: trang %s, %s); hãy sửa cấp hoặc chuyển các dòng đó trong cùng sổ.',
        described_org.code, count(*), min(fault.sheet), min(fault.who))
from fault
join described_org on described_org.code = fault.branch
where fault.row_no is null
group by described_org.code, described_org.row_no, described_org.level
union all
select
    placed.sheet, placed.row_no, placed.column, placed.branch,
    format('%s không phải là chi bộ; chỉ chi bộ theo dõi nguồn kết nạp và nhận người đến sinh hoạt tạm thời.', placed.branch)
from (
    select 'Nguồn kết nạp' as sheet, row_no, 'Mã chi bộ' as column, branch::text as branch
    from stage_source
    where not remove and not duplicate and not faulty
    union all
    select 'Sinh hoạt tạm thời', row_no, 'Nơi', place
    from stage_stay
    where not remove and not duplicate and not faulty and direction = 'Đến'
) as placed
where exists (select from org_version where org_version.code = placed.branch)
    and not exists (select from org_version where org_version.code = placed.branch and is_branch(org_version.level_role))
    and not exists (select from described_org where described_org.code = placed.branch and described_org.faulty)

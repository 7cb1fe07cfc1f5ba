-- Branches touched by a restructuring decision effective in the period: one row per decision, branch and role.
-- A branch that was (Trước) is looked at on the day before, a branch that became (Sau) on the day itself.
-- source: restructuring, org_version     rule: docs/spec/figures.md, flow figures
select
    scope.ancestor                                              as unit,
    branch.code                                                 as place,
    seen_on                                                     as placed_on,
    branch.code,
    branch.name,
    branch.type::text                                           as type,
    parent.name                                                 as parent_name,
    restructuring.form::text                                    as form,
    restructuring.date,
    restructuring.decision,
    rearranged and branch.type in ('Bản', 'Khu phố')            as rearranged_village_branches,
    rearranged and branch.type = 'Trường học'                   as rearranged_school_branches,
    dissolved and branch.type = 'Quân sự'                       as dissolved_military_branches,
    dissolved and branch.type = 'Cơ quan xã'                    as dissolved_agency_branches,
    founded and branch.type in ('Bản', 'Khu phố')               as founded_village_branches,
    founded and branch.type = 'Công an'                         as founded_police_branches,
    founded                                                     as founded_branches
from org_closure as scope
join restructuring on restructuring.unit = scope.descendant
    and restructuring.date between @from and @to
cross join lateral (
    select
        restructuring.date - (restructuring.role = 'Trước')::integer as seen_on,
        restructuring.role = 'Trước'
            and restructuring.form in ('Sáp nhập', 'Chia tách', 'Kiện toàn', 'Đổi tên', 'Chuyển trực thuộc') as rearranged,
        restructuring.role = 'Trước' and restructuring.form = 'Giải thể' as dissolved,
        restructuring.role = 'Sau' and restructuring.form = 'Thành lập' as founded
) as reading
join org_version as branch on branch.code = restructuring.unit
    and branch.valid_from <= seen_on
    and still_holds(branch.valid_to, seen_on)
    and is_branch(branch.level_role)
left join org_version as parent on parent.code = branch.parent
    and parent.valid_from <= seen_on
    and still_holds(parent.valid_to, seen_on)
where scope.ancestor = any (@units)
    and scope.valid_from <= seen_on
    and scope.valid_to > seen_on

-- Organisations under the unit on the last day: one row per organisation.
-- source: org_version, org_closure     rule: spec/figures.md, stock figures
select
    scope.ancestor                                              as unit,
    version.code,
    version.name,
    version.level::text                                         as level,
    version.type::text                                          as type,
    parent.name                                                 as parent_name,
    version.level in ('Đảng bộ cơ sở', 'Chi bộ cơ sở')          as grassroots_orgs,
    version.level = 'Đảng bộ cơ sở'
        and version.type in ('Xã', 'Phường', 'Thị trấn')        as commune_committees,
    version.level = 'Chi bộ trực thuộc'                         as subordinate_branches
from org_closure as scope
join org_version as version on version.code = scope.descendant
    and version.valid_from <= @to
    and (version.valid_to is null or version.valid_to > @to)
left join org_version as parent on parent.code = version.parent
    and parent.valid_from <= @to
    and (parent.valid_to is null or parent.valid_to > @to)
where scope.ancestor = any (@units)
    and scope.valid_from <= @to
    and scope.valid_to > @to

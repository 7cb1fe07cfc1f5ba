-- Organisations under the unit on the last day: one row per organisation.
-- source: org_version, org_closure, admission     rule: docs/spec/figures.md, stock figures; docs/spec/forms.md, forms 2 and 5
select
    scope.ancestor                                              as unit,
    version.code                                                as place,
    @to                                                         as placed_on,
    version.code,
    version.name,
    version.level::text                                         as level,
    version.type::text                                          as type,
    parent.name                                                 as parent_name,
    role_name(version.level_role)                               as role,
    grassroots_type_on(version.code, @to)                       as grassroots_type,
    is_grassroots(version.level_role)                           as grassroots_orgs,
    is_commune_committee(version.level_role, version.type)      as commune_committees,
    version.level_role = 'branch'                               as subordinate_branches,
    version.level_role = 'sub_committee'                        as sectional_committees,
    is_grassroots(version.level_role)
        and exists (
            select
            from org_closure as below
            join admission on admission.branch = below.descendant
                and admission.date between @from and @to
                and admission.date >= below.valid_from
                and admission.date < below.valid_to
            where below.ancestor = version.code)                as admitting_orgs
from org_closure as scope
join org_version as version on version.code = scope.descendant
    and version.valid_from <= @to
    and still_holds(version.valid_to, @to)
left join org_version as parent on parent.code = version.parent
    and parent.valid_from <= @to
    and still_holds(parent.valid_to, @to)
where scope.ancestor = any (@units)
    and scope.valid_from <= @to
    and scope.valid_to > @to

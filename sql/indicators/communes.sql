-- Commune committees under the unit on the last day: one row per committee.
-- source: org_version, org_closure     rule: docs/spec/figures.md, communes_with_police_branch
select
    scope.ancestor                                              as unit,
    commune.code                                                as place,
    @to                                                         as placed_on,
    commune.code,
    commune.name,
    commune.type::text                                          as type,
    exists (
        select
        from org_closure as below
        join org_version as branch on branch.code = below.descendant
            and branch.valid_from <= @to
            and still_holds(branch.valid_to, @to)
            and is_branch(branch.level_role)
            and branch.type = 'Công an'
        where below.ancestor = commune.code
            and below.valid_from <= @to
            and below.valid_to > @to)                           as communes_with_police_branch
from org_closure as scope
join org_version as commune on commune.code = scope.descendant
    and commune.valid_from <= @to
    and still_holds(commune.valid_to, @to)
    and is_commune_committee(commune.level_role, commune.type)
where scope.ancestor = any (@units)
    and scope.valid_from <= @to
    and scope.valid_to > @to

-- Villages and urban quarters that hold on the last day, their commune under the unit that day: one row per village.
-- source: village, member, membership, service     rule: docs/spec/figures.md; who resides in a village counts wherever he is a member,
-- be he hidden from the one who asks
select
    scope.ancestor                                              as unit,
    village.commune                                             as place,
    @to                                                         as placed_on,
    village.code,
    village.name,
    village.kind::text                                          as kind,
    commune.name                                                as commune_name,
    true                                                        as villages,
    not has_resident_member(village.code, @to)                  as villages_without_members,
    not exists (
        select
        from service
        join org_version as branch on branch.code = service.branch
            and branch.valid_from <= @to
            and still_holds(branch.valid_to, @to)
            and is_branch(branch.level_role)
        where service.village = village.code
            and service.valid_from <= @to
            and still_holds(service.valid_to, @to)) as villages_without_branch
from org_closure as scope
join village on village.commune = scope.descendant
    and village.valid_from <= @to
    and still_holds(village.valid_to, @to)
left join org_version as commune on commune.code = village.commune
    and commune.valid_from <= @to
    and still_holds(commune.valid_to, @to)
where scope.ancestor = any (@units)
    and scope.valid_from <= @to
    and scope.valid_to > @to

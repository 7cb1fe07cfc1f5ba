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
    has_resident_member(village.code, @to)                      as villages_with_members,
    linked.branches = 0                                         as villages_without_branch,
    linked.branches > 0                                         as villages_with_branch,
    resident_members(village.code, @to)                         as resident_count,
    resident_members(village.code, @to) between 1 and 2         as villages_1_2_members,
    is_at_risk(village.code, @to)                               as villages_at_risk,
    linked.own                                                  as villages_own_branch,
    linked.branches > 0 and not linked.own                      as villages_joint_branch,
    has_head(village.code, @to)                                 as village_heads,
    has_member_as_head(village.code, @to)                       as village_heads_members
from org_closure as scope
join village on village.commune = scope.descendant
    and village.valid_from <= @to
    and still_holds(village.valid_to, @to)
left join org_version as commune on commune.code = village.commune
    and commune.valid_from <= @to
    and still_holds(commune.valid_to, @to)
-- Branches that serve the village, and whether one of them serves no other that holds.
cross join lateral (
    select
        count(*)                                                as branches,
        coalesce(bool_or(not exists (
            select
            from service as also
            join village as other on other.code = also.village
                and other.valid_from <= @to
                and still_holds(other.valid_to, @to)
            where also.branch = service.branch
                and also.village <> village.code
                and also.valid_from <= @to
                and still_holds(also.valid_to, @to))), false)   as own
    from service
    join org_version as branch on branch.code = service.branch
        and branch.valid_from <= @to
        and still_holds(branch.valid_to, @to)
        and is_branch(branch.level_role)
    where service.village = village.code
        and service.valid_from <= @to
        and still_holds(service.valid_to, @to)
) as linked
where scope.ancestor = any (@units)
    and scope.valid_from <= @to
    and scope.valid_to > @to

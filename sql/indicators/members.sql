-- Members whose membership holds on the last day in a branch under the unit: one row per member.
-- source: membership, member, official_span     rule: spec/figures.md, stock figures
select
    scope.ancestor                                              as unit,
    member.code,
    member.name,
    member.sex::text                                            as sex,
    member.born,
    member.ethnicity::text                                      as ethnicity,
    member.joined,
    (
        select version.name
        from org_version as version
        where version.code = membership.branch
            and version.valid_from <= @to
            and (version.valid_to is null or version.valid_to > @to)) as branch_name,
    true                                                        as members,
    official.member is not null                                 as official_members,
    official.member is null                                     as probationary_members
from org_closure as scope
join membership on membership.branch = scope.descendant
    and membership.valid_from <= @to
    and (membership.valid_to is null or membership.valid_to > @to)
left join member on member.code = membership.member
left join official_span as official on official.member = membership.member
    and official.valid_from <= @to
    and official.valid_to > @to
where scope.ancestor = any (@units)
    and scope.valid_from <= @to
    and scope.valid_to > @to

-- Members under the unit on the last day who are probationary and whose cycle began twelve months or more before it: one row per member.
-- The last day may lie ahead: what is known today goes on.
-- source: membership, member, admission, official_span     rule: docs/spec/figures.md, probation_due
select
    scope.ancestor                                              as unit,
    membership.branch                                           as place,
    @to                                                         as placed_on,
    member.code,
    member.name,
    known_birth(member.born, member.born_precision)             as born,
    member.ethnicity::text                                      as ethnicity,
    cycle.began                                                 as joined,
    (cycle.began + interval '12 months')::date                  as due,
    (
        select version.name
        from org_version as version
        where version.code = membership.branch
            and version.valid_from <= @to
            and still_holds(version.valid_to, @to)) as branch_name,
    true                                                        as probation_due,
    cycle.began + interval '12 months' between @from and @to    as probation_falling_due
from org_closure as scope
join membership on membership.branch = scope.descendant
    and membership.valid_from <= @to
    and still_holds(membership.valid_to, @to)
left join lateral record_on(membership.member, @to) as member on true
cross join lateral (select joined_on(member.code, @to, member.joined, member.first_joined) as began) as cycle
where scope.ancestor = any (@units)
    and scope.valid_from <= @to
    and scope.valid_to > @to
    and cycle.began + interval '12 months' <= @to
    and not exists (
        select
        from official_span as official
        where official.member = membership.member
            and official.valid_from <= @to
            and official.valid_to > @to)

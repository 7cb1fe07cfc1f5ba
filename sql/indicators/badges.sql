-- Badges given in the period, the member in a branch under the unit on that day; of who had died, on the last day on the roll: one row per badge.
-- source: badge, membership, member     rule: docs/spec/figures.md, badges
select
    scope.ancestor                                              as unit,
    membership.branch                                           as place,
    held.day                                                    as placed_on,
    member.code,
    member.name,
    known_birth(member.born, member.born_precision)             as born,
    member.ethnicity::text                                      as ethnicity,
    badge.years,
    badge.date,
    badge.decision,
    case when badge.early then 'Có' end                         as early,
    case when badge.posthumous then 'Có' end                    as posthumous,
    (
        select version.name
        from org_version as version
        where version.code = membership.branch
            and version.valid_from <= held.day
            and still_holds(version.valid_to, held.day)) as branch_name,
    true                                                        as badges
from badge
cross join lateral (
    select case when badge.posthumous
        then (select max(death.valid_to) - 1 from membership as death where death.member = badge.member and death.reason_out = 'Từ trần')
        else badge.date
    end as day
) as held
join membership on membership.member = badge.member
    and membership.valid_from <= held.day
    and still_holds(membership.valid_to, held.day)
join org_closure as scope on scope.descendant = membership.branch
    and scope.valid_from <= held.day
    and scope.valid_to > held.day
left join lateral record_on(badge.member, held.day) as member on true
where badge.date between @from and @to
    and scope.ancestor = any (@units)

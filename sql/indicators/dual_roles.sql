-- Secretaries of a village branch who head a village that the branch serves: one row per person and unbroken run of days, as it began in the period
-- and as it lasts on its last day.
-- source: post, service, org_version, org_closure     rule: docs/spec/figures.md, "Dual-role in U on day d"
with held as (
    select
        scope.ancestor                                          as unit,
        secretary.member,
        daterange(secretary.valid_from, secretary.valid_to)
            * daterange(head.valid_from, head.valid_to)
            * daterange(service.valid_from, service.valid_to)
            * daterange(branch.valid_from, branch.valid_to)
            * daterange(scope.valid_from, nullif(scope.valid_to, 'infinity')) as during
    from org_closure as scope
    join org_version as branch on branch.code = scope.descendant
        and branch.type in ('Bản', 'Khu phố')
    join post as secretary on secretary.place = branch.code
        and secretary.post = 'Bí thư chi bộ'
        -- What ended before the eve of the period, or began after it, touches no day that is asked about.
        and secretary.valid_from <= @to
        and still_holds(secretary.valid_to, @from - 1)
    join service on service.branch = branch.code
    join post as head on head.member = secretary.member
        and head.place = service.village
        and head.post = 'Trưởng bản'
    where scope.ancestor = any (@units)
),
run as (
    select unit, member, unnest(range_agg(during)) as during
    from held
    group by unit, member
),
-- A run is looked at on the day on which it began, where that is in the period, and on the last day, where it lasts till then.
seen as (
    select unit, member, during, lower(during) as seen_on, false as holds, true as started
    from run
    where lower(during) between @from and @to
    union all
    select unit, member, during, @to, true, false
    from run
    where during @> @to
)
select
    seen.unit,
    seat.branch                                                 as place,
    seen.seen_on                                                as placed_on,
    member.code,
    member.name,
    known_birth(member.born, member.born_precision)             as born,
    member.ethnicity::text                                      as ethnicity,
    seat.branch_name,
    seat.village_name,
    lower(seen.during)                                          as since,
    seen.holds                                                  as dual_role_secretaries,
    seen.started                                                as dual_role_secretaries_started
from seen
join lateral record_on(seen.member, seen.seen_on) as member on true
-- Where he holds both posts that day; of several the first by code.
left join lateral (
    select branch.code as branch, branch.name as branch_name, village.name as village_name
    from post as secretary
    join org_closure as scope on scope.ancestor = seen.unit
        and scope.descendant = secretary.place
        and scope.valid_from <= seen.seen_on
        and scope.valid_to > seen.seen_on
    join org_version as branch on branch.code = secretary.place
        and branch.type in ('Bản', 'Khu phố')
        and daterange(branch.valid_from, branch.valid_to) @> seen.seen_on
    join service on service.branch = secretary.place
        and daterange(service.valid_from, service.valid_to) @> seen.seen_on
    join post as head on head.member = secretary.member
        and head.post = 'Trưởng bản'
        and head.place = service.village
        and daterange(head.valid_from, head.valid_to) @> seen.seen_on
    left join village on village.code = head.place
        and daterange(village.valid_from, village.valid_to) @> seen.seen_on
    where secretary.member = seen.member
        and secretary.post = 'Bí thư chi bộ'
        and daterange(secretary.valid_from, secretary.valid_to) @> seen.seen_on
    order by branch.code, head.place
    limit 1
) as seat on true

-- Secretaries of a village branch who head a village that the branch serves: one row per person and unbroken run of days.
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
        and (secretary.valid_to is null or secretary.valid_to >= @from)
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
)
select
    run.unit,
    member.code,
    member.name,
    member.born,
    member.ethnicity::text                                      as ethnicity,
    seat.branch_name,
    seat.village_name,
    lower(run.during)                                           as since,
    run.during @> @to                                           as dual_role_secretaries,
    lower(run.during) between @from and @to                     as dual_role_secretaries_started
from run
join member on member.code = run.member
-- Shown to the reader only: where he held both posts on the first day of the run.
left join lateral (
    select branch.name as branch_name, village.name as village_name
    from post as secretary
    join org_version as branch on branch.code = secretary.place
        and daterange(branch.valid_from, branch.valid_to) @> lower(run.during)
    join post as head on head.member = secretary.member
        and head.post = 'Trưởng bản'
        and daterange(head.valid_from, head.valid_to) @> lower(run.during)
    join village on village.code = head.place
    where secretary.member = run.member
        and secretary.post = 'Bí thư chi bộ'
        and daterange(secretary.valid_from, secretary.valid_to) @> lower(run.during)
    order by branch.code, village.code
    limit 1
) as seat on true

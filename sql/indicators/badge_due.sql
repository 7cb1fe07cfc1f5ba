-- Members under the unit on the last day who reach the years of a badge in the period, or so soon after it that they may be given it early (twelve
-- months, twenty-four for those of 70 years and more), and hold no such badge by then: one row per member and badge.
-- source: membership, member, admission, official_span, badge     rule: docs/spec/figures.md, badge_due and Party age
with present as materialized (
    select scope.ancestor as unit, membership.member, membership.branch
    from org_closure as scope
    join membership on membership.branch = scope.descendant
        and membership.valid_from <= @to
        and still_holds(membership.valid_to, @to)
    where scope.ancestor = any (@units)
        and scope.valid_from <= @to
        and scope.valid_to > @to
),
-- Who can have so many years at all.
old_enough as materialized (
    select array(
        select distinct present.member::text
        from present
        join lateral record_on(present.member, @to) as member on true
        where least(member.joined, member.first_joined) <= anniversary(@to, -28)
            or exists (select from admission where admission.member = present.member and admission.decided <= anniversary(@to, -28))) as codes
),
reached as materialized (
    select *
    from badge_reached((select codes from old_enough))
    where day between @from and @to + case when years >= 70 then interval '24 months' else interval '12 months' end
)
select
    present.unit,
    present.branch                                              as place,
    @to                                                         as placed_on,
    member.code,
    member.name,
    known_birth(member.born, member.born_precision)             as born,
    member.ethnicity::text                                      as ethnicity,
    member.joined,
    member.official,
    reached.years,
    reached.day                                                 as due,
    (
        select version.name
        from org_version as version
        where version.code = present.branch
            and version.valid_from <= @to
            and still_holds(version.valid_to, @to)) as branch_name,
    case when reached.day > @to then 'Có' end                   as early,
    reached.day <= @to                                          as badge_due,
    true                                                        as badge_due_early
from reached
join present on present.member = reached.member
left join lateral record_on(present.member, @to) as member on true
where not exists (
    select
    from badge
    where badge.member = reached.member
        and badge.years = reached.years
        and badge.date <= @to)

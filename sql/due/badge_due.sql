-- Members on the roll on the day who reach the years of a badge after the last round of badges before it and until the next one, and hold no such badge.
with round as (
    select
        min(one.day) filter (where one.day >= @day)             as day,
        max(one.day) filter (where one.day < @day)              as former
    from (values (2, 3), (5, 19), (9, 2), (11, 7)) as fixed (month, day)
    cross join generate_series(-1, 1) as offset_years (years)
    cross join lateral (select make_date(extract(year from @day::date)::integer + years, fixed.month, fixed.day) as day) as one
),
present as materialized (
    select membership.member, membership.branch
    from membership
    join member as person on person.code = membership.member and person.held_from <= @day and person.held_until > @day
    where membership.valid_from <= @day
        and still_holds(membership.valid_to, @day)
        and (least(person.joined, person.first_joined) <= anniversary((select day from round), -29)
            or exists (select from admission where admission.member = membership.member and admission.decided <= anniversary((select day from round), -29)))
)
select
    present.branch::text                                        as unit,
    person.code::text                                           as code,
    person.name,
    format('đủ %s năm tuổi Đảng ngày %s, đợt %s', reached.years, day_text(reached.day), day_text(round.day)) as detail,
    reached.day                                                 as since
from round
cross join badge_reached((select array_agg(distinct present.member::text) from present)) as reached
join present on present.member = reached.member
join member as person on person.code = reached.member and person.held_from <= @day and person.held_until > @day
where reached.day > round.former
    and reached.day <= round.day
    and not exists (
        select
        from badge
        where badge.member = reached.member
            and badge.years = reached.years
            and badge.date <= round.day)

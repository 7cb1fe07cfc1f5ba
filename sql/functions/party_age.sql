-- Party age (docs/spec/figures.md, Figures of the board's year): from which day it is counted, and when somebody reaches the years of a badge.

-- The day on which so many years are full: who counts from 29 February has a year more on 1 March of a common year.
create or replace function anniversary(day date, years integer) returns date language sql immutable parallel safe as $$
    select (day + make_interval(years => years))::date
        + case when extract(day from day) = 29 and extract(day from day + make_interval(years => years)) = 28 then 1 else 0 end
$$;

-- The years of Party age for which a badge is given (C#: Register/BadgeYears.cs).
create or replace function badge_years() returns integer[] language sql immutable parallel safe as
$$ select array[30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90] $$;

-- Of the given people, for each cycle, its days (until: the first of the next) and the day from which Party age is counted in it: the decision of the
-- first admission, the days outside before each later one added; from a readmission itself where nothing is known of the time before it.
create or replace function party_count_of(codes text[]) returns table (member code, began date, until date, counted_from date) language sql stable as $$
    with known as (
        select
            cycle.member,
            cycle.began,
            coalesce(admission.decided, cycle.began) as start,
            lag(cycle.began) over cycles is null or earlier.ended is null as starts_anew,
            cycle.began - earlier.ended as outside,
            lead(cycle.began) over cycles as until
        from cycle_of(codes) as cycle
        left join admission on admission.member = cycle.member and admission.date = cycle.began
        left join lateral (
            select least(coalesce(membership.valid_to, cycle.began), cycle.began) as ended
            from membership
            where membership.member = cycle.member and membership.valid_from < cycle.began
            order by membership.valid_from desc
            limit 1
        ) as earlier on true
        window cycles as (partition by cycle.member order by cycle.began)
    ),
    counts as (
        select *, count(*) filter (where starts_anew) over (partition by member order by began) as count_no
        from known
    )
    select
        member, began, coalesce(until, 'infinity'),
        first_value(start) over run + coalesce(sum(outside) filter (where not starts_anew) over run, 0)::integer
    from counts
    window run as (partition by member, count_no order by began)
$$;

-- On which day each of the given people reached the years of each badge: the first on which he is on the roll, official, and of that age. Before the
-- first membership that is known he was on a roll elsewhere, from his admission on: who comes from another district with thirty years behind him
-- reached them there.
create or replace function badge_reached(codes text[]) returns table (member code, years integer, day date) language sql stable as $$
    select counted.member, level.years, min(reached.day)
    from party_count_of(codes) as counted
    cross join unnest(badge_years()) as level (years)
    join official_span as official on official.member = counted.member
    join (
        select
            membership.member,
            case when lag(membership.valid_from) over (partition by membership.member order by membership.valid_from) is null
                then '-infinity' else membership.valid_from end as since,
            coalesce(membership.valid_to, 'infinity') as until
        from membership
        where membership.member = any (codes)
    ) as roll on roll.member = counted.member
    cross join lateral (
        select greatest(counted.began, anniversary(counted.counted_from, level.years), official.valid_from, roll.since) as day
    ) as reached
    where reached.day < least(counted.until, official.valid_to, roll.until)
    group by counted.member, level.years
$$;

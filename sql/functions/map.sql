-- Today's map: units of any day by those that stand on the map day. Source: docs/spec/figures.md, Today's map.
-- It is opened for a transaction (open_map); then carried, superior_on and the queries of figures go by it.

-- What every organisation and village that does not hold on the map day became: an organisation or village that does, or nothing.
-- The same for every viewer: whose members went where is told of units alone.
create or replace function map_of(map_day date) returns table (unit text, becomes text)
language sql stable security definer set search_path = public, pg_temp as $$
    with recursive holding as (
        select org_version.code::text as code from org_version where org_version.valid_from <= map_day and still_holds(org_version.valid_to, map_day)
        union
        select village.code::text from village where village.valid_from <= map_day and still_holds(village.valid_to, map_day)
    ),
    -- The last end on or before the map day, and what stood above on the last day.
    ended as (
        select distinct on (life.code) life.code, life.valid_to as day, life.parent
        from (
            select org_version.code::text, org_version.valid_to, org_version.parent::text from org_version
            union all
            select village.code::text, village.valid_to, village.commune::text from village
        ) as life (code, valid_to, parent)
        where life.valid_to <= map_day
            and life.code not in (select holding.code from holding)
        order by life.code, life.valid_to desc
    ),
    successor as (
        select distinct ended.code, ended.day, became.unit::text as unit
        from ended
        join restructuring as was on was.unit = ended.code and was.role = 'Trước' and was.date = ended.day
        join restructuring as became on became.decision = was.decision
            and became.group_name = was.group_name
            and became.role = 'Sau'
            and became.unit <> was.unit
    ),
    forked as (
        select successor.code from successor group by successor.code having count(*) > 1
    ),
    -- How many of those who were in it the day before began a membership that day in each of several successors.
    received as (
        select successor.code, successor.unit, count(distinct came.member) as people
        from successor
        join forked on forked.code = successor.code
        join org_closure as below on below.ancestor = successor.code
            and below.valid_from <= successor.day - 1
            and below.valid_to > successor.day - 1
        join membership as stayed on stayed.branch = below.descendant
            and stayed.valid_from <= successor.day - 1
            and still_holds(stayed.valid_to, successor.day - 1)
        join org_closure as within on within.ancestor = successor.unit
            and within.valid_from <= successor.day
            and within.valid_to > successor.day
        join membership as came on came.member = stayed.member
            and came.branch = within.descendant
            and came.valid_from = successor.day
        group by successor.code, successor.unit
    ),
    next as (
        select distinct on (ended.code) ended.code, coalesce(successor.unit, ended.parent) as unit
        from ended
        left join successor on successor.code = ended.code
        left join received on received.code = successor.code and received.unit = successor.unit
        order by ended.code, coalesce(received.people, 0) desc, successor.unit collate "C"
    ),
    walk as (
        select next.code, next.unit, array[next.code] as seen from next
        union all
        select walk.code, next.unit, walk.seen || walk.unit
        from walk
        join next on next.code = walk.unit
        where walk.unit <> all (walk.seen)
    )
    select ended.code, arrived.unit
    from ended
    left join walk as arrived on arrived.code = ended.code and arrived.unit in (select holding.code from holding)
$$;

-- Opens the map of the day for the transaction.
create or replace function open_map(map_day date) returns void language plpgsql as $$
begin
    perform
        set_config('sinho.map_day', map_day::text, true),
        set_config('sinho.map', (select coalesce(jsonb_object_agg(unit, becomes), '{}') from map_of(map_day))::text, true);
    perform take_window_to_map();
end $$;

-- The map day; null where figures go by the units of their own days.
create or replace function map_day() returns date language sql stable as
$$ select nullif(current_setting('sinho.map_day', true), '')::date $$;

-- What a unit became on the map; itself where no map is open.
create or replace function carried(unit text) returns text language sql stable as $$
    select case
        when map_day() is null then unit
        when current_setting('sinho.map', true)::jsonb ? unit then current_setting('sinho.map', true)::jsonb ->> unit
        else unit
    end
$$;

-- Which unit is under which on the map, by the days on which it held; what holds on the map day is there on every day.
create or replace function closure_on_map() returns setof org_closure language sql stable as $$
    select above.ancestor, life.code, life.valid_from, life.valid_to
    from (
        -- Who holds on the map day may have been away before: his lives are one.
        select distinct
            own.descendant                                              as code,
            coalesce(map.value, case when map.key is null then own.descendant end) as becomes,
            case when map.key is null then '-infinity' else own.valid_from end as valid_from,
            case when map.key is null then 'infinity' else own.valid_to end as valid_to
        from org_closure as own
        left join jsonb_each_text(current_setting('sinho.map', true)::jsonb) as map on map.key = own.descendant
        where own.ancestor = own.descendant
    ) as life
    join org_closure as above on above.descendant = life.becomes
        and above.valid_from <= map_day()
        and above.valid_to > map_day()
$$;

-- Villages with the commune to which they belong on the map.
create or replace function villages_on_map() returns setof village language sql stable as $$
    select (jsonb_populate_record(place, jsonb_build_object('commune', coalesce(now.commune, case when map.key is not null then map.value end)))).*
    from village as place
    left join jsonb_each_text(current_setting('sinho.map', true)::jsonb) as map on map.key = place.code
    left join village as now on now.code = case when map.key is null then place.code else map.value end
        and now.valid_from <= map_day()
        and still_holds(now.valid_to, map_day())
$$;

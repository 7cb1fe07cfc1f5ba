-- Branches of days from this one on that were split before the map day, and of which the unit has something on the map: in what they were split, and
-- where all of them is counted. Names units alone.
create or replace function split_on_map(of_unit text, from_day date)
returns table (code text, name text, day date, successors text, becomes text)
language sql stable security definer set search_path = public, pg_temp as $$
    with ended as (
        select distinct on (version.code) version.code::text, version.name, version.valid_to as day, map.value as unit
        from jsonb_each_text(current_setting('sinho.map', true)::jsonb) as map
        join org_version as version on version.code = map.key
        where is_branch(version.level_role)
            and version.valid_to <= map_day()
        order by version.code, version.valid_to desc
    ),
    successor as (
        select distinct ended.code, became.unit::text as unit
        from ended
        join restructuring as was on was.unit = ended.code and was.role = 'Trước' and was.date = ended.day
        join restructuring as became on became.decision = was.decision
            and became.group_name = was.group_name
            and became.role = 'Sau'
            and became.unit <> was.unit
        where ended.day >= from_day
    )
    select ended.code, ended.name, ended.day, string_agg(coalesce(version.name, successor.unit), '; ' order by successor.unit collate "C"), coalesce(put.name, '')
    from ended
    join successor on successor.code = ended.code
    left join org_version as version on version.code = successor.unit
        and version.valid_from <= ended.day
        and still_holds(version.valid_to, ended.day)
    left join org_version as put on put.code = ended.unit
        and put.valid_from <= map_day()
        and still_holds(put.valid_to, map_day())
    group by ended.code, ended.name, ended.day, put.name
    having count(*) > 1
        and bool_or(exists (
            select
            from org_closure as scope
            where scope.ancestor = of_unit
                and scope.descendant in (carried(successor.unit), ended.unit)
                and scope.valid_from <= map_day()
                and scope.valid_to > map_day()))
    order by ended.code collate "C"
$$;

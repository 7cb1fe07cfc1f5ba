-- Who may write what: used by sql/import/outside_scope.sql.

-- Days on which a row with a first day and a day after its last says something else than before: all its days where more changed than its end.
create or replace function changed_days(before jsonb, after jsonb) returns daterange language sql immutable parallel safe as $$
    select case
        when before is null or after is null or before - 'valid_to' - 'reason_out' is distinct from after - 'valid_to' - 'reason_out' or was.upto = now.upto
            then daterange(least(was.since, now.since), greatest(was.upto, now.upto))
        else daterange(least(was.upto, now.upto), greatest(was.upto, now.upto))
    end
    from (select (before ->> 'valid_from')::date as since, case when before is not null then coalesce((before ->> 'valid_to')::date, 'infinity') end as upto) as was,
        (select (after ->> 'valid_from')::date as since, case when after is not null then coalesce((after ->> 'valid_to')::date, 'infinity') end as upto) as now
$$;

-- Whether an organisation is under one of the units, or is one, on all of the days.
create or replace function stands_in(place text, units text[], days daterange) returns boolean language sql stable as $$
    select coalesce((
        select range_agg(daterange(closure.valid_from, closure.valid_to))
        from org_closure as closure
        where closure.ancestor = any (units) and closure.descendant = place) @> days, false)
$$;

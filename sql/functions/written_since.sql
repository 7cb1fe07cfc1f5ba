-- What was signed, and what entries written since have to do with it.

-- The last import of the register. A number that tells nothing, the same for every viewer.
create or replace function import_end() returns bigint
language sql stable security definer set search_path = public, pg_temp as
$$ select coalesce(max(import_id), 0) from import_run $$;

-- What an entry is to somebody who has signed: a new row came late, all else corrects what was there.
create or replace function entry_kind(import bigint, before jsonb) returns text
language sql stable security definer set search_path = public, pg_temp as $$
    select case
        when before is not null then 'correction'
        when exists (select from import_run as run where run.import_id = import and run.undoes is not null) then 'correction'
        when exists (select from merged_row where merged_row.import_id = import) then 'correction'
        else 'late'
    end
$$;

-- The trail of imports after one, row by row with the unit or village it is about and the days on which it changes something. A person's record is about
-- the branches in which he is on those days; a place of none is null, as of Nhiệm kỳ.
drop function if exists touched_since(bigint, bigint);
create function touched_since(after_import bigint, up_to bigint) returns table (trail_id bigint, import_id bigint, kind text, place text, days daterange)
language sql stable security definer set search_path = public, pg_temp as $$
    with done as materialized (
        select trail.trail_id, trail.import_id, entry_kind(trail.import_id, trail.before) as kind, trail.table_name, trail.before, trail.after, coalesce(trail.after, trail.before) as said
        from trail
        where trail.import_id > after_import and trail.import_id <= up_to
    )
    select done.trail_id, done.import_id, done.kind, membership.branch::text, daterange(coalesce((done.said ->> 'valid_from')::date, '-infinity'), null) * daterange(membership.valid_from, membership.valid_to)
    from done
    join membership on membership.member = done.said ->> 'code'
    where done.table_name = 'member'
    union all
    select done.trail_id, done.import_id, done.kind, side.row ->> 'branch', changed_days(done.before, done.after)
    from done
    cross join lateral (values (done.before), (done.after)) as side (row)
    where done.table_name = 'membership' and side.row is not null
    union all
    select done.trail_id, done.import_id, done.kind, side.row ->> 'branch',
        case when done.before - 'official' = done.after - 'official'
            then daterange(least((done.before ->> 'official')::date, (done.after ->> 'official')::date), greatest(coalesce((done.before ->> 'official')::date, 'infinity'), coalesce((done.after ->> 'official')::date, 'infinity')), '[]')
            else daterange((done.said ->> 'date')::date, null) end
    from done
    cross join lateral (values (done.before), (done.after)) as side (row)
    where done.table_name = 'admission' and side.row is not null
    union all
    select done.trail_id, done.import_id, done.kind, coalesce(nullif(done.said ->> 'place', ''), done.said ->> 'village'), changed_days(done.before, done.after)
    from done
    where done.table_name = 'post'
    union all
    select done.trail_id, done.import_id, done.kind, done.said ->> 'branch', changed_days(done.before, done.after)
    from done
    where done.table_name in ('assignment', 'service', 'source')
    union all
    select done.trail_id, done.import_id, done.kind, coalesce(done.said ->> 'branch', done.said ->> 'org', done.said ->> 'unit'), daterange((done.said ->> 'date')::date, (done.said ->> 'date')::date, '[]')
    from done
    where done.table_name in ('meeting', 'inspection', 'restructuring')
    union all
    select done.trail_id, done.import_id, done.kind, done.said ->> 'org', daterange(make_date((done.said ->> 'year')::integer, 1, 1), make_date((done.said ->> 'year')::integer, 12, 31), '[]')
    from done
    where done.table_name = 'rating'
    union all
    select done.trail_id, done.import_id, done.kind, done.said ->> 'code', changed_days(done.before, done.after)
    from done
    where done.table_name in ('org_version', 'village')
    union all
    -- Of a person on a day: the branches he was ever in, for a badge may come after death and a reward after a move.
    select done.trail_id, done.import_id, done.kind, membership.branch::text,
        case when done.table_name = 'member_rating' then daterange(make_date((done.said ->> 'year')::integer, 1, 1), make_date((done.said ->> 'year')::integer, 12, 31), '[]')
            else daterange(least((done.before ->> 'date')::date, (done.after ->> 'date')::date), greatest((done.before ->> 'date')::date, (done.after ->> 'date')::date), '[]') end
    from done
    join membership on membership.member = coalesce(done.said ->> 'member', done.said ->> 'code')
    where done.table_name in ('badge', 'card', 'member_rating', 'reward')
    union all
    select done.trail_id, done.import_id, done.kind, coalesce(done.said ->> 'org', done.said ->> 'code'),
        daterange(least((done.before ->> 'date')::date, (done.after ->> 'date')::date), greatest((done.before ->> 'date')::date, (done.after ->> 'date')::date), '[]')
    from done
    where done.table_name in ('congress', 'reward')
    union all
    select done.trail_id, done.import_id, done.kind, coalesce(membership.branch::text, done.said ->> 'place'), changed_days(done.before, done.after)
    from done
    left join membership on membership.member = done.said ->> 'member'
    where done.table_name = 'stay'
    union all
    select done.trail_id, done.import_id, done.kind, done.said ->> 'org', case when done.said ->> 'period' ~ '^[0-9]{4}$'
        then daterange(make_date((done.said ->> 'period')::integer, 1, 1), make_date((done.said ->> 'period')::integer, 12, 31), '[]')
        else (select daterange(valid_from, valid_until, '[]') from term where term.name = done.said ->> 'period') end
    from done
    where done.table_name = 'plan'
$$;

-- The same by the units that the places stood under, of those asked for: on which days of each a row changes something. A unit that has come or gone
-- altogether stands under itself.
drop function if exists touches(text, daterange, text, date, date);
drop function if exists touched_units(bigint, bigint, text[]);
create function touched_units(after_import bigint, up_to bigint, units text[]) returns table (trail_id bigint, import_id bigint, kind text, unit text, days daterange)
language sql stable security definer set search_path = public, pg_temp as $$
    with touched as materialized (
        select written.trail_id, written.import_id, written.kind, written.place, written.days
        from touched_since(after_import, up_to) as written
        where not isempty(written.days)
    )
    select touched.trail_id, touched.import_id, touched.kind, closure.ancestor::text, touched.days * daterange(closure.valid_from, closure.valid_to)
    from touched
    join org_closure as closure on closure.descendant = touched.place and closure.ancestor = any (units)
    where touched.days && daterange(closure.valid_from, closure.valid_to)
    union all
    select touched.trail_id, touched.import_id, touched.kind, closure.ancestor::text, touched.days * daterange(closure.valid_from, closure.valid_to) * daterange(version.valid_from, version.valid_to)
    from touched
    join village as version on version.code = touched.place
    join org_closure as closure on closure.descendant = version.commune and closure.ancestor = any (units)
    where touched.days && (daterange(closure.valid_from, closure.valid_to) * daterange(version.valid_from, version.valid_to))
    union all
    select touched.trail_id, touched.import_id, touched.kind, touched.place, touched.days
    from touched
    where touched.place = any (units)
$$;

-- The days that a signed report is about: its period, and the day before, whose stock it opens with.
create or replace function days_of_report(period_from date, period_to date) returns daterange language sql immutable parallel safe as
$$ select daterange(period_from - 1, period_to, '[]') $$;

-- The imports since its signing that touch the days of a signed report, with how many entries of which kind each.
create or replace function adjusting_imports(signed uuid) returns table (import_id bigint, at timestamptz, kind text, entries bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select run.import_id, run.at, touched.kind, count(distinct touched.trail_id)
    from signed_report as report
    cross join lateral touched_units(report.last_import, import_end(), array[report.unit::text]) as touched
    join import_run as run on run.import_id = touched.import_id
    where report.signed_id = signed and touched.days && days_of_report(report.period_from, report.period_to)
    group by run.import_id, run.at, touched.kind
$$;

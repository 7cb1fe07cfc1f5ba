-- The trail of changes (table trail). Inserts and deletes are recorded by statement, for speed of bulk loads;
-- updates by row, because only a row trigger sees before and after side by side.

create or replace function trail_actor() returns text language sql stable as
$$ select coalesce(nullif(current_setting('sinho.actor', true), ''), session_user::text) $$;

create or replace function trail_import() returns bigint language sql stable as
$$ select nullif(current_setting('sinho.import', true), '')::bigint $$;

-- A row without what is derived in it: the days on which a person's record holds, the role of a level.
create or replace function entered(row_of_table jsonb) returns jsonb language sql immutable parallel safe as
$$ select row_of_table - '{held_from,held_until,level_role}'::text[] $$;

create or replace function trail_insert() returns trigger language plpgsql as $$
begin
    insert into trail (by, import_id, table_name, after)
    select (select trail_actor()), (select trail_import()), tg_table_name, entered(to_jsonb(new_rows)) from new_rows;
    return null;
end $$;

create or replace function trail_delete() returns trigger language plpgsql as $$
begin
    insert into trail (by, import_id, table_name, before)
    select (select trail_actor()), (select trail_import()), tg_table_name, entered(to_jsonb(old_rows)) from old_rows;
    return null;
end $$;

create or replace function trail_update() returns trigger language plpgsql as $$
begin
    insert into trail (by, import_id, table_name, before, after)
    select trail_actor(), trail_import(), tg_table_name, entered(to_jsonb(old)), entered(to_jsonb(new))
    where entered(to_jsonb(old)) is distinct from entered(to_jsonb(new));
    return null;
end $$;

-- Up to where the trail goes: what was read of the register holds as long as this stays. A number that tells nothing, the same for every viewer.
create or replace function trail_end() returns bigint
language sql stable security definer set search_path = public, pg_temp as
$$ select coalesce(max(trail_id), 0) from trail $$;

create or replace function trail_refuse() returns trigger language plpgsql as $$
begin
    raise exception 'trail is append-only';
end $$;

-- Why a row was written, as its event says it, else as its import does. For readers too, who are shown nothing else of these tables.
create or replace function trail_reason(import bigint, written text, said jsonb) returns text
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(
        (select entry.reason from entry_reason as entry where entry.import_id = import and entry.table_name = written and said @> entry.key limit 1),
        (select run.reason from import_run as run where run.import_id = import))
$$;

do $$
declare
    tracked text;
begin
    foreach tracked in array array['setting', 'term', 'org_version', 'village', 'service', 'member', 'admission', 'membership',
        'post', 'restructuring', 'rating', 'meeting', 'assignment', 'inspection', 'former_code',
        'plan', 'badge', 'card', 'reward', 'stay', 'member_rating', 'source', 'congress']
    loop
        execute format('create or replace trigger trail_insert after insert on %I
            referencing new table as new_rows for each statement execute function trail_insert()', tracked);
        execute format('create or replace trigger trail_delete after delete on %I
            referencing old table as old_rows for each statement execute function trail_delete()', tracked);
        execute format('create or replace trigger trail_update after update on %I
            for each row when (old.* is distinct from new.*) execute function trail_update()', tracked);
    end loop;
end $$;

create or replace trigger trail_append_only before update or delete or truncate on trail
    for each statement execute function trail_refuse();

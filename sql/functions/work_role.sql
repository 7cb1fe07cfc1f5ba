-- sinho_work: the role under which the service works. It owns nothing, may not change the schema, and of what is append-only it may only add.
-- Run again after every other step (see Migrator), so that new tables are in it. Where the login may not make roles there is none, and the
-- service works as the owner: `sinho status` says so.

do $$
declare
    tab record;
begin
    -- Roles belong to the server: another database of it may be making the same one at this moment.
    if not exists (select from pg_roles where rolname = 'sinho_work') then
        begin
            create role sinho_work nologin;
        exception
            when duplicate_object or unique_violation then
                null;
            when insufficient_privilege then
                return;
        end;
    end if;
    begin
        grant sinho_reader to sinho_work;
    exception when insufficient_privilege or unique_violation then
        null;
    end;
    if not (select rolsuper from pg_roles where rolname = current_user) and not pg_has_role(current_user, 'sinho_work', 'member') then
        begin
            execute format('grant sinho_work to %I', current_user);
        exception when insufficient_privilege or unique_violation then
            null;
        end;
    end if;

    grant usage on schema public to sinho_work;
    for tab in
        select relation.oid::regclass as name, relation.relrowsecurity as is_protected, relation.relname = 'schema_version' as is_read,
            exists (select from pg_trigger where tgrelid = relation.oid and tgname in ('append_only', 'trail_append_only')) as is_added_to
        from pg_class as relation
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
    loop
        execute format('revoke all on %s from sinho_work', tab.name);
        execute format('grant %s on %s to sinho_work',
            case when tab.is_read then 'select' when tab.is_added_to then 'select, insert' else 'select, insert, update, delete' end, tab.name);
        if tab.is_protected then
            execute format('drop policy if exists work on %s', tab.name);
            execute format('create policy work on %s to sinho_work using (true) with check (true)', tab.name);
        end if;
    end loop;
    grant usage on all sequences in schema public to sinho_work;

    -- The bell's tables are its own: Hangfire makes them itself. Those that an owner of earlier versions made are only a bell, made anew.
    begin
        if exists (select from pg_namespace where nspname = 'hangfire' and nspowner <> 'sinho_work'::regrole) then
            drop schema hangfire cascade;
        end if;
        create schema if not exists hangfire authorization sinho_work;
    exception when insufficient_privilege then
        null;
    end;
end $$;

-- Fresh statistics of a table of the register after so many rows were written, for whoever fills it: only its owner may ask for them himself.
-- Where less than a tenth is new the planner knows well enough, and the server looks by itself sooner or later.
drop function if exists analyze_register(text[]);
create or replace function analyze_register(filled text, written bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname = filled and written * 10 > reltuples) then
        execute format('analyze public.%I', filled);
    end if;
end $$;

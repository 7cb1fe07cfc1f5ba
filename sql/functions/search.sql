-- Looking for people, units, villages, decisions, imports and issued reports by any part of a name or code, marks and case aside.
-- Row security keeps trigram indexes from being used, so that the search is the owner's and has a filter of its own: what is found is what the
-- window that is open shows (row_security.sql), or, of what is no row of a person, what its page would show on the window's last day.
-- What was typed is only ever a parameter of a query, never part of its text: PostgreSQL writes texts of queries that fail into its log.

-- The statement that puts rows of a table, or of a trigger, into what is searched.
create or replace function search_insertion(kind text, source text) returns text language sql immutable as $$
    select format($sql$
        with said as materialized (
            select code, name, search_key(name) as key, %5$s as bare from (select distinct %1$s as code, %2$s as name from %3$s) as row
        ),
        worded as (
            %6$s
        )
        insert into search_entry
        select %4$L, code, name, key, sound_of(key), bare
        from said
        on conflict do nothing
        $sql$,
        case kind when 'decision' then 'decision' when 'import' then 'import_id::text' when 'report' then 'issued_id::text' else 'code::text' end,
        case kind
            when 'decision' then 'decision'
            when 'import' then $name$case when file_name = '' then format('Lần nhập %s', import_id) else file_name end$name$
            when 'report' then $name$concat_ws(' · ', title, unit_name, period_name)$name$
            else 'name'
        end,
        source,
        kind,
        case when kind in ('decision', 'report') then '''''' else 'bare_name(code)' end,
        -- Too many to be gone through where no index helps: parts of two letters.
        case when kind in ('person', 'unit', 'village') then $words$
            insert into search_word
            select unnest(string_to_array(btrim(key), ' ')) from said
            union
            select '#' || substr(bare, place, 2) from said cross join lateral generate_series(1, length(bare) - 1) as place
            on conflict do nothing
            $words$ else 'select' end)
$$;

create or replace function search_insert() returns trigger language plpgsql as $$
begin
    execute search_insertion(tg_argv[0], 'new_rows');
    return null;
end $$;

create or replace function search_delete() returns trigger language plpgsql as $$
begin
    execute format('
        delete from search_entry as entry
        using (select distinct %1$I::text as code, %2$I as name from old_rows) as gone
        where entry.kind = %3$L and entry.code = gone.code and entry.name = gone.name
            and not exists (select from %4$I as still where still.%1$I = gone.code and still.%2$I = gone.name)',
        case tg_argv[0] when 'decision' then 'decision' else 'code' end, case tg_argv[0] when 'decision' then 'decision' else 'name' end, tg_argv[0], tg_table_name);
    return null;
end $$;

create or replace function search_rename() returns trigger language plpgsql as $$
begin
    execute search_insertion(tg_argv[0], '(select $1::text as code, $2 as name) as renamed') using new.code, new.name;
    execute format('
        delete from search_entry
        where kind = %1$L and code = $1 and name = $2 and not exists (select from %2$I as still where still.code = $1 and still.name = $2)', tg_argv[0], tg_table_name)
        using old.code::text, old.name;
    return null;
end $$;

do $$
declare
    sought record;
begin
    for sought in
        select * from (values ('person', 'member', true), ('unit', 'org_version', true), ('village', 'village', true),
            ('decision', 'restructuring', false), ('import', 'import_run', false), ('report', 'issued_report', false)) as one (kind, tab, is_named)
    loop
        execute format('create or replace trigger search_insert after insert on %I
            referencing new table as new_rows for each statement execute function search_insert(%L)', sought.tab, sought.kind);
        if sought.tab not in ('import_run', 'issued_report') then
            execute format('create or replace trigger search_delete after delete on %I
                referencing old table as old_rows for each statement execute function search_delete(%L)', sought.tab, sought.kind);
        end if;
        if sought.is_named then
            execute format('create or replace trigger search_rename after update on %I
                for each row when (old.name is distinct from new.name) execute function search_rename(%L)', sought.tab, sought.kind);
        end if;
    end loop;
end $$;

-- A former code finds the member whom it means; what it was found as is told beside his name.
create or replace function search_alias() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        delete from search_entry where kind = 'person' and code = old.member and name = format('Mã cũ %s', old.alias);
    end if;
    if tg_op <> 'DELETE' then
        insert into search_entry
        select 'person', new.member, format('Mã cũ %s', new.alias), key, sound_of(key), bare_name(new.alias)
        from search_key(new.alias) as key
        on conflict do nothing;
    end if;
    return null;
end $$;

create or replace trigger search_alias after insert or update or delete on former_code for each row execute function search_alias();

-- All that is searched, anew.
create or replace function refresh_search() returns void language plpgsql as $$
begin
    delete from search_entry;
    delete from search_word;
    execute search_insertion('person', 'member');
    execute search_insertion('unit', 'org_version');
    execute search_insertion('village', 'village');
    execute search_insertion('decision', 'restructuring');
    execute search_insertion('import', 'import_run');
    execute search_insertion('report', 'issued_report');
    insert into search_entry
    select 'person', member, format('Mã cũ %s', alias), key, sound_of(key), bare_name(alias)
    from former_code
    cross join lateral search_key(alias) as key
    on conflict do nothing;
end $$;

-- Whether what is no person may be known to the unit of the window that is open, on its last day: by the rules of their pages.
create or replace function search_is_open(kind text, code text) returns boolean language sql stable as $$
    select case kind
        when 'unit' then stands_under(code, current_setting('sinho.unit', true), '0001-01-01', window_last())
        when 'village' then village_stands_under(code, current_setting('sinho.unit', true), window_last())
        when 'decision' then exists (
            select
            from restructuring
            join org_closure as tie on tie.descendant = restructuring.unit
                and tie.valid_from <= date - case role when 'Trước' then 1 else 0 end
                and tie.valid_to > date - case role when 'Trước' then 1 else 0 end
            where decision = search_is_open.code collate "default"
                and (window_is_whole() or tie.ancestor = current_setting('sinho.unit', true)))
        when 'import' then window_is_whole()
        when 'report' then exists (
            select
            from issued_report
            where issued_id = search_is_open.code::uuid
                and stands_under(unit, current_setting('sinho.unit', true), period_from, period_to))
        else false
    end
$$;

-- What a unit's account may find at all, before any rule is asked: few rows beside the register.
create or replace function search_pool(kind text) returns text[] language plpgsql stable as $$
declare
    below constant text[] := array(select distinct descendant::text from org_closure where ancestor = current_setting('sinho.unit', true));
begin
    return case kind
        when 'unit' then below
        when 'village' then array(select code::text from village where commune = any (below) union select village::text from service where branch = any (below))
        when 'decision' then array(select distinct decision from restructuring where unit = any (below))
        when 'report' then array(select issued_id::text from issued_report where unit = any (below))
        else '{}'
    end;
end $$;

-- The people tied to the window, as window_tie has them, by the branches in scope; null where the rows that tie them are more than so many.
create or replace function search_people(most integer) returns text[] language plpgsql stable as $$
declare
    scope constant text[] := array(select code from window_scope);
    tied constant text[] := array(
        select member::text from membership where branch = any (scope) and valid_from <= window_last() and still_holds(valid_to, window_eve())
        union all
        select member::text from admission where branch = any (scope) and date between window_eve() and window_last()
        union all
        select member::text from post where place = any (scope) and org = any (scope) and valid_from <= window_last() and still_holds(valid_to, window_eve())
        union all
        select post.member::text
        from village
        join post on post.village = village.code and post.member is not null and post.valid_from <= window_last() and still_holds(post.valid_to, window_eve())
        where village.commune = any (scope) and village.valid_from <= window_last() and still_holds(village.valid_to, window_eve())
        union all
        select badge.member::text
        from badge
        join membership on membership.member = badge.member and membership.reason_out = 'Từ trần' and membership.branch = any (scope)
        where badge.posthumous and badge.date between window_eve() and window_last()
        union all
        select member::text from assignment where branch = any (scope) and valid_from <= window_last() and still_holds(valid_to, window_eve())
        limit most + 1);
begin
    return case when cardinality(tied) <= most then tied end;
end $$;

-- The hits for what was typed, at most so many of each kind: rank 0 is it, 1 begins with it, 2 has its words at the beginning of words, 3 has
-- them anywhere, 4 sounds so. name: the name that was found, of whatever day. place: 1, 2, 3 … among the hits of its kind: the better rank first, then
-- names that end with what was typed, then short names of what is no person. Nothing for less than two letters. few: how many rows that tie people
-- to a unit are gone through one by one, before indexes over all people are asked.
drop function if exists search(text, text[], integer, integer);
create function search(asked text, kinds text[], most integer, few integer default 10000)
returns table (kind text, code text, name text, rank integer, place bigint, at timestamptz)
language plpgsql stable security definer rows 20
set search_path = public, pg_temp
set jit = off
as $$
declare
    -- How many of those that answer are put into order.
    enough constant integer := most * 5;
    typed constant text := search_key(asked);
    bare constant text := btrim(typed);
    sound constant text := sound_of(typed);
    escaped constant text := regexp_replace(bare, '([\\%_])', '\\\1', 'g');
    tokens constant text[] := array(select token from string_to_table(escaped, ' ') as token order by length(token) desc);
    heard constant text[] := array(select token from string_to_table(regexp_replace(btrim(sound), '([\\%_])', '\\\1', 'g'), ' ') as token order by length(token) desc);
    starts constant text[] := array(select format('%% %s%%', token) from unnest(tokens) with ordinality as one (token, turn) order by turn);
    parts constant text[] := array(select format('%%%s%%', token) from unnest(tokens) with ordinality as one (token, turn) order by turn);
    sounds constant text[] := array(select format(case when length(token) < 3 then '%% %s%%' else '%%%s%%' end, token) from unnest(heard) with ordinality as one (token, turn) order by turn);
    one text;
    step text;
    found text[];
    more text[];
    sees text;
    worded text;
begin
    if length(bare) < 2 or window_last() is null then
        return;
    end if;
    foreach one in array kinds loop
        found := '{}';
        sees := '';
        if not window_is_whole() then
            found := case when one = 'person' then search_people(few) else search_pool(one) end;
        end if;
        if window_is_whole() or found is null then
            if found is null then
                found := '{}';
                sees := ' and exists (select from window_tie where window_tie.member = entry.code)';
            end if;
            -- One way after another, each by an index of its own, until there are enough.
            foreach step in array array[
                'key = $1',
                'code_key = $2',
                'key like '' '' || $3 || ''%'' order by key',
                'code_key like $3 || ''%'' order by code_key',
                'key like ($4)[1] and key like coalesce(($4)[2], ''%'') and key like coalesce(($4)[3], ''%'') and key like all ($4)',
                case
                    when length(tokens[1]) > 2 then
                        'key like ($5)[1] and key like coalesce(($5)[2], ''%'') and key like coalesce(($5)[3], ''%'') and key like all ($5)'
                    when one not in ('person', 'unit', 'village') then 'key like all ($5) order by key'
                end,
                case
                    when cardinality(tokens) = 1 and length(bare) > 2 then 'code_key like ($5)[1]'
                    when cardinality(tokens) = 1 and (one not in ('person', 'unit', 'village') or exists (select from search_word where word = '#' || bare)) then 'code_key like ($5)[1] order by code_key'
                end,
                'sound like ($6)[1] and sound like coalesce(($6)[2], ''%'') and sound like coalesce(($6)[3], ''%'') and sound like all ($6)',
                case when one in ('person', 'unit', 'village') and length(tokens[1]) = 2 then 'word' end]
            loop
                exit when cardinality(found) >= enough;
                if step = 'word' then
                    for worded in select word from search_word where word like parts[1] and word not like '#%' order by length(word), word loop
                        exit when cardinality(found) >= enough;
                        execute format(
                            'select array_agg(code) from (select code from search_entry as entry where kind = %L and code <> all ($2) and key like $1 and key like all ($3)%s limit $4) as few', one, sees)
                            into more
                            using '% ' || regexp_replace(worded, '([\\%_])', '\\\1', 'g') || ' %', found, parts, enough - cardinality(found);
                        found := found || more;
                    end loop;
                elsif step is not null then
                    execute format(
                        'select array_agg(code) from (select code from search_entry as entry where kind = %L and code <> all ($7)%s and %s limit $8) as few', one, sees, step)
                        into more
                        using typed, bare, escaped, starts, parts, sounds, found, enough - cardinality(found);
                    found := found || more;
                end if;
            end loop;
        end if;
        return query
            select one, hit.code, hit.name, hit.rank, row_number() over (order by hit.rank, hit.ends desc, case when one <> 'person' then length(hit.name) end, hit.name collate "vi-x-icu", hit.code), import_run.at
            from (
                select distinct on (met.code) met.code, met.name, met.rank, met.ends
                from (
                    select entry.code, entry.name, entry.key like '% ' || escaped || ' ' as ends,
                        case
                            when entry.key = typed or entry.code_key = bare then 0
                            when entry.key like ' ' || escaped || '%' or entry.code_key like escaped || '%' then 1
                            when entry.key like all (starts) then 2
                            when entry.key like all (parts) or entry.code_key like '%' || escaped || '%' then 3
                            when entry.sound like all (sounds) then 4
                        end as rank
                    from search_entry as entry
                    where entry.kind = one and entry.code = any (found)
                ) as met
                where met.rank is not null
                order by met.code, met.rank, met.ends desc, met.name
            ) as hit
            left join import_run on one = 'import' and import_run.import_id::text = hit.code
            where one = 'person' or search_is_open(one, hit.code)
            order by 5
            limit most;
    end loop;
end $$;

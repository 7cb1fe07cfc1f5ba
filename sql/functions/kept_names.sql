-- Names that the table kept_name alone holds: of people followed for admission, and of guests.

-- Keeps a name under a token that nobody can guess.
create or replace function keep_name(said text) returns text language sql volatile as
$$ insert into kept_name (token, name) values ('~' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 16), said) returning token $$;

-- The name of a token; null where it was purged, or where who asks may not see it.
create or replace function name_kept(of_token text) returns text language sql stable as
$$ select name from kept_name where token = of_token $$;

-- Forgets the names of people whose following or stay ended so many years ago (setting source_name_years), and of rows that are no more for as long. It
-- cannot be undone; the rows stay, and what is counted. Runs before each daily backup, and first of all where one is restored: with this file.
create or replace function purge_kept_names() returns bigint language plpgsql as $$
declare
    since constant date := ((now() at time zone 'Asia/Ho_Chi_Minh')::date - make_interval(years => (select value from setting where setting.name = 'source_name_years')))::date;
    purged bigint;
begin
    update kept_name
    set name = null, purged_at = now()
    where name is not null
        and not exists (select from source where source.name = kept_name.token and still_holds(source.valid_to, since))
        and not exists (select from stay where stay.name = kept_name.token and still_holds(stay.valid_to, since))
        and (kept_on < since
            or exists (select from source where source.name = kept_name.token)
            or exists (select from stay where stay.name = kept_name.token));
    get diagnostics purged = row_count;
    return purged;
end $$;

-- What stands in the place of a name that was purged, in lists and in the exchange workbook.
create or replace function purged_name() returns text language sql immutable parallel safe as
$$ select '(đã xóa tên)' $$;

select purge_kept_names();

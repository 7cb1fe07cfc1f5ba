-- The day until which the register speaks.

-- The day of the last entry, in Viet Nam: that of the last import, today for the import being judged (it says so in sinho.today).
-- A register that was filled without an import goes by its trail.
create or replace function last_entry_day() returns date
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(
        nullif(current_setting('sinho.today', true), '')::date,
        ((select coalesce((select max(at) from import_run), (select at from trail order by trail_id desc limit 1))) at time zone 'Asia/Ho_Chi_Minh')::date)
$$;

-- The latest day that anything in the register happened on, not after its last entry: what is dated later is a plan or a slip of the pen.
-- Null while nothing is entered. A fact that names nobody, the same for every viewer. Source: docs/spec, figures, Units in time.
create or replace function data_until() returns date
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    entered constant date := last_entry_day();
begin
    return greatest(
        (select max(valid_from) from org_version where valid_from <= entered),
        (select max(valid_to) from org_version where valid_to <= entered),
        (select max(valid_from) from village where valid_from <= entered),
        (select max(valid_to) from village where valid_to <= entered),
        (select max(valid_from) from service where valid_from <= entered),
        (select max(valid_to) from service where valid_to <= entered),
        (select max(valid_from) from membership where valid_from <= entered),
        (select max(valid_to) from membership where valid_to <= entered),
        (select max(valid_from) from post where valid_from <= entered),
        (select max(valid_to) from post where valid_to <= entered),
        (select max(valid_from) from assignment where valid_from <= entered),
        (select max(valid_to) from assignment where valid_to <= entered),
        (select max(date) from admission where date <= entered),
        (select max(official) from admission where official <= entered),
        (select max(date) from meeting where date <= entered),
        (select max(date) from restructuring where date <= entered),
        (select max(date) from inspection where date <= entered));
end $$;

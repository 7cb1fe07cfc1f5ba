-- Small words of the definitions. PostgreSQL writes a function into the query that asks only where its body is as steady as it says itself: ages of
-- timestamps without a zone are, and to_char is stable.

-- Full years of age on a day; who was born on 29 February is a year older on 1 March of a common year.
create or replace function completed_years(born date, on_day date) returns integer language sql immutable as
$$ select extract(year from age(on_day::timestamp, born::timestamp))::integer $$;

-- A day of birth as far as it is known: 1964-07-05, 1964-07 or 1964.
create or replace function known_birth(born date, born_precision text) returns text language sql stable as
$$ select case born_precision when 'year' then to_char(born, 'YYYY') when 'month' then to_char(born, 'YYYY-MM') else to_char(born, 'YYYY-MM-DD') end $$;

-- Vietnamese sort people by given name, the last word, then by the whole name.
create or replace function given_name(name text) returns text language sql immutable as
$$ select substring(name from '[^ ]+$') $$;

create or replace function day_text(day date) returns text language sql immutable as
$$ select to_char(day, 'DD/MM/YYYY') $$;

-- A name without marks, in lower case: "Vàng A Đò" and "VANG A DO" are the same. In a database of the locale C, and for texts that are compared
-- byte by byte, lower() alone knows no letter beyond ASCII.
create or replace function bare_name(name text) returns text language sql immutable as
$$ select translate(regexp_replace(normalize(lower(name collate "und-x-icu"), nfd), '[\u0300-\u036f]', '', 'g'), 'đ', 'd') $$;

-- A day of birth as far as it is known, as people write it: 05/07/1964, 07/1964 or 1964.
create or replace function birth_text(born date, born_precision text) returns text language sql immutable as
$$ select to_char(born, case born_precision when 'year' then 'YYYY' when 'month' then 'MM/YYYY' else 'DD/MM/YYYY' end) $$;

-- Whether two names are one, wherever the tone marks stand and whatever the case: Hoà is Hòa, but no Hoá.
create or replace function same_name(one text, other text) returns boolean language sql immutable as
$$
    select regexp_replace(normalize(lower(one collate "und-x-icu"), nfd), '[\u0300\u0301\u0303\u0309\u0323]', '', 'g')
            = regexp_replace(normalize(lower(other collate "und-x-icu"), nfd), '[\u0300\u0301\u0303\u0309\u0323]', '', 'g')
        and regexp_replace(normalize(one, nfd), '[^\u0300\u0301\u0303\u0309\u0323]', '', 'g')
            = regexp_replace(normalize(other, nfd), '[^\u0300\u0301\u0303\u0309\u0323]', '', 'g')
$$;

-- A text as the search compares it: its bare name between two spaces, so that " do" begins a word.
create or replace function search_key(said text) returns text language sql immutable as
$$ select ' ' || btrim(regexp_replace(bare_name(said), '\s+', ' ', 'g')) || ' ' $$;

-- Of a people other than the Kinh; who is of foreign origin is no minority (docs/spec/forms.md). PostgreSQL writes the body into the query that asks.
create or replace function is_minority(people ethnicity) returns boolean language sql immutable parallel safe as
$$ select people not in ('Kinh', 'Quốc tịch gốc nước ngoài') $$;

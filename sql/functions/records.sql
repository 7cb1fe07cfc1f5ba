-- The record on a day: the one place that says which version of a person speaks. PostgreSQL writes the body into the query that asks.
create or replace function record_on(person text, day date) returns setof member
language sql stable as
$$ select * from member where code = person and held_from <= day and held_until > day $$;

-- The same of whom the last admission lies ahead of the day: apart, because PostgreSQL takes only functions without queries of their own into the
-- query that asks, and of nearly everybody the last admission is the one.
create or replace function joined_before(person text, day date, joined date, first_joined date) returns date
language sql stable as $$
    select coalesce(
        greatest(
            (select max(date) from admission where member = person and date <= day),
            case when first_joined <= day then first_joined end),
        joined)
$$;

-- When the cycle that applies on the day began; where none has begun yet, the Ngày vào Đảng (docs/spec/forms.md, joined_1 to joined_4).
create or replace function joined_on(person text, day date, joined date, first_joined date) returns date
language sql stable as
$$ select case when joined <= day then joined else joined_before(person, day, joined, first_joined) end $$;

-- Intervals are half-open and may have no end: whether one that ends on valid_to still holds on a day, given that it has begun.
-- PostgreSQL writes the body into the query that asks, so indexes and estimates are those of the bare condition.
create or replace function still_holds(valid_to date, day date) returns boolean
language sql immutable parallel safe as
$$ select valid_to is null or valid_to > day $$;

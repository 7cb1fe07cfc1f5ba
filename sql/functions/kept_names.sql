-- Names that the table kept_name alone holds: of people followed for admission, and of guests.

-- Keeps a name under a token that nobody can guess.
create or replace function keep_name(said text) returns text language sql volatile as
$$ insert into kept_name (token, name) values ('~' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 16), said) returning token $$;

-- The name of a token; null where it was purged, or where who asks may not see it.
create or replace function name_kept(of_token text) returns text language sql stable as
$$ select name from kept_name where token = of_token $$;

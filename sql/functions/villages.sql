-- Facts about a village that names nobody and are the same for every viewer, wherever its people are members.

-- How many members of the day reside in the village.
create or replace function resident_members(village text, on_day date) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
    select count(*)::integer
    from member
    join membership on membership.member = member.code
        and membership.valid_from <= on_day
        and still_holds(membership.valid_to, on_day)
    where member.residence = village
        and member.held_from <= on_day
        and member.held_until > on_day
$$;

-- Whether members reside there and all of them are over 60, excused or away. (completed_years is made after this file, by the order of names.)
create or replace function is_at_risk(village text, on_day date) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return (
        select coalesce(bool_and(completed_years(member.born, on_day) > 60 or member.excused or member.away), false)
        from member
        join membership on membership.member = member.code
            and membership.valid_from <= on_day
            and still_holds(membership.valid_to, on_day)
        where member.residence = is_at_risk.village
            and member.held_from <= on_day
            and member.held_until > on_day);
end $$;

-- Whether somebody heads the village on the day, be he a member or not.
create or replace function has_head(place text, on_day date) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select
        from post
        where post.place = has_head.place
            and post.post = 'Trưởng bản'
            and post.valid_from <= on_day
            and still_holds(post.valid_to, on_day))
$$;

-- Whether a member of the day, wherever, heads the village.
create or replace function has_member_as_head(place text, on_day date) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select
        from post
        where post.place = has_member_as_head.place
            and post.post = 'Trưởng bản'
            and post.valid_from <= on_day
            and still_holds(post.valid_to, on_day)
            and on_roll(post.member, on_day))
$$;

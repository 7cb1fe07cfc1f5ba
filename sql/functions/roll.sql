-- Whether a member is on the roll on a day: in a branch, whichever.
create or replace function on_roll(of_member text, on_day date) returns boolean
language sql stable parallel safe as
$$
    select exists (
        select
        from membership
        where membership.member = of_member
            and membership.valid_from <= on_day
            and still_holds(membership.valid_to, on_day))
$$;

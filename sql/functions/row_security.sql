-- What sinho_reader sees: the people of a unit in a window of days, nobody else. Nothing is seen before open_window was called.
-- An organisation is in scope when it was under the unit on some day of the window, or under one that was: with an organisation comes
-- all that a report counts in it. A person is seen when something of the window ties him to an organisation in scope; who is seen, is seen
-- whole: his other posts and memberships are part of his figures. Who sees the whole register is not asked what he is tied to.

-- Opens the window for the transaction: the unit ('*': the whole register), the first and the last day asked about, both included.
-- Reports look at the eve of the first day too.
create or replace function open_window(unit text, from_day date, to_day date) returns void language plpgsql as $$
begin
    perform
        set_config('sinho.unit', unit, true),
        set_config('sinho.eve', (from_day - 1)::text, true),
        set_config('sinho.last', to_day::text, true);
    perform set_config('sinho.scope', coalesce((
        with recursive scope as (
            select closure.descendant as code
            from org_closure as closure
            where closure.ancestor = unit
                and closure.valid_from <= to_day
                and closure.valid_to >= from_day
            union
            select closure.descendant
            from scope
            join org_closure as closure on closure.ancestor = scope.code
                and closure.valid_from <= to_day
                and closure.valid_to >= from_day
        )
        select array_agg(code)::text
        from scope), '{}'), true);
end $$;

-- On today's map what is in scope is what the map says is under the unit, neither what once was nor what once came with it: the days of the window
-- stay, and with them what ties a person. Nothing to do where no window is open, or one of the whole register.
create or replace function take_window_to_map() returns void language plpgsql as $$
begin
    if coalesce(nullif(current_setting('sinho.unit', true), ''), '*') <> '*' then
        perform set_config('sinho.scope', coalesce((
            select array_agg(distinct closure.descendant)::text
            from closure_on_map() as closure
            where closure.ancestor = current_setting('sinho.unit', true)), '{}'), true);
    end if;
end $$;

-- Whether an organisation may be asked about by an account of the unit ('*': of the whole register): it was under it on the last of the
-- days on which it existed.
create or replace function stands_under(part text, unit text, from_day date, to_day date) returns boolean language sql stable as $$
    select unit = '*' or exists (
        select
        from org_closure as closure
        cross join lateral (
            select max(least(life.valid_to - 1, to_day)) as day
            from org_closure as life
            where life.ancestor = part
                and life.descendant = part
                and life.valid_from <= to_day
                and life.valid_to > from_day
        ) as last
        where closure.ancestor = unit
            and closure.descendant = part
            and closure.valid_from <= last.day
            and closure.valid_to > last.day)
$$;

-- Whether a village may be asked about by an account of the unit on the day: it lay in a commune under it on the last day that it lived to see, or a
-- branch under it serves it.
create or replace function village_stands_under(place text, unit text, on_day date) returns boolean language sql stable as $$
    select unit = '*'
        or exists (
            select
            from (
                select commune, least(on_day, valid_to - 1) as day
                from village
                where code = place and valid_from <= on_day
                order by valid_from desc
                limit 1
            ) as last
            join org_closure as above on above.ancestor = unit
                and above.descendant = last.commune
                and above.valid_from <= last.day
                and above.valid_to > last.day)
        or exists (
            select
            from service
            join org_closure as above on above.ancestor = unit
                and above.descendant = service.branch
                and above.valid_from <= on_day
                and above.valid_to > on_day
            where service.village = place
                and service.valid_from <= on_day
                and still_holds(service.valid_to, on_day))
$$;

create or replace function window_is_whole() returns boolean language sql stable as
$$ select current_setting('sinho.unit', true) = '*' $$;

create or replace function window_eve() returns date language sql stable as
$$ select nullif(current_setting('sinho.eve', true), '')::date $$;

create or replace function window_last() returns date language sql stable as
$$ select nullif(current_setting('sinho.last', true), '')::date $$;

-- Worked out once per window, read once per scan: policies look the code up in a hash.
create or replace view window_scope as
select unnest(nullif(current_setting('sinho.scope', true), '')::text[]) collate "C" as code;

-- Rights of the owner, who is under no policy: so that policies of the tables named here may refer to it.
-- IS TRUE keeps the planner from joining: it would go through the whole scope for every person asked about, instead of looking up one code.
create or replace view window_tie as
select member
from membership
where (branch in (select code from window_scope)) is true
    and valid_from <= (select window_last())
    and still_holds(valid_to, (select window_eve()))
union all
select member
from admission
where (branch in (select code from window_scope)) is true
    and date between (select window_eve()) and (select window_last())
union all
select member
from post
where (org in (select code from window_scope)) is true
    and valid_from <= (select window_last())
    and still_holds(valid_to, (select window_eve()))
union all
-- Who heads a village of the unit, or is respected there, wherever he is a member.
select post.member
from post
join village on village.code = post.village
    and (village.commune in (select code from window_scope)) is true
    and village.valid_from <= (select window_last())
    and still_holds(village.valid_to, (select window_eve()))
where post.member is not null
    and post.valid_from <= (select window_last())
    and still_holds(post.valid_to, (select window_eve()))
union all
-- A badge may be given after its bearer has died in a branch of the unit.
select badge.member
from badge
join membership on membership.member = badge.member
    and membership.reason_out = 'Từ trần'
    and (membership.branch in (select code from window_scope)) is true
where badge.posthumous
    and badge.date between (select window_eve()) and (select window_last())
union all
select member
from assignment
where (branch in (select code from window_scope)) is true
    and valid_from <= (select window_last())
    and still_holds(valid_to, (select window_eve()));

-- Whether anyone who is a member on the day resides in the village, wherever he is a member: a fact about the village, which names nobody.
create or replace function has_resident_member(village text, on_day date) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select
        from member
        join membership on membership.member = member.code
            and membership.valid_from <= on_day
            and still_holds(membership.valid_to, on_day)
        where member.residence = village
            and member.held_from <= on_day
            and member.held_until > on_day)
$$;

drop policy if exists reader on member;
create policy reader on member for select to sinho_reader using (
    (select window_is_whole()) or exists (select from window_tie where window_tie.member = member.code));

drop policy if exists reader on membership;
create policy reader on membership for select to sinho_reader using (
    (select window_is_whole())
    -- Most rows asked for are tied by themselves.
    or (branch in (select code from window_scope)
        and valid_from <= (select window_last())
        and still_holds(valid_to, (select window_eve())))
    or exists (select from window_tie where window_tie.member = membership.member));

drop policy if exists reader on admission;
create policy reader on admission for select to sinho_reader using (
    (select window_is_whole()) or exists (select from window_tie where window_tie.member = admission.member));

drop policy if exists reader on post;
create policy reader on post for select to sinho_reader using (
    (select window_is_whole())
    or exists (select from window_tie where window_tie.member = post.member)
    -- A village head who is no member is the village's.
    or member is null and exists (select from village where village.code = post.village and village.commune in (select code from window_scope)));

drop policy if exists reader on assignment;
create policy reader on assignment for select to sinho_reader using (
    (select window_is_whole()) or exists (select from window_tie where window_tie.member = assignment.member));

drop policy if exists reader on former_code;
create policy reader on former_code for select to sinho_reader using (
    (select window_is_whole()) or exists (select from window_tie where window_tie.member = former_code.member));

drop policy if exists reader on official_span;
create policy reader on official_span for select to sinho_reader using (
    (select window_is_whole()) or exists (select from window_tie where window_tie.member = official_span.member));

drop policy if exists reader on badge;
create policy reader on badge for select to sinho_reader using (
    (select window_is_whole()) or exists (select from window_tie where window_tie.member = badge.member));

drop policy if exists reader on card;
create policy reader on card for select to sinho_reader using (
    (select window_is_whole()) or exists (select from window_tie where window_tie.member = card.member));

drop policy if exists reader on member_rating;
create policy reader on member_rating for select to sinho_reader using (
    (select window_is_whole()) or exists (select from window_tie where window_tie.member = member_rating.member));

drop policy if exists reader on reward;
create policy reader on reward for select to sinho_reader using (
    (select window_is_whole())
    or code in (select code from window_scope)
    or exists (select from window_tie where window_tie.member = reward.code));

-- A guest is seen where he is one; whoever is away, with the rest of what is his.
drop policy if exists reader on stay;
create policy reader on stay for select to sinho_reader using (
    (select window_is_whole())
    or direction = 'Đến' and place in (select code from window_scope)
        and valid_from <= (select window_last())
        and still_holds(valid_to, (select window_eve()))
    or direction = 'Đi' and exists (select from window_tie where window_tie.member = stay.member));

-- Who is followed for admission is known to the branch that follows him.
drop policy if exists reader on source;
create policy reader on source for select to sinho_reader using (
    (select window_is_whole())
    or branch in (select code from window_scope)
        and valid_from <= (select window_last())
        and still_holds(valid_to, (select window_eve())));

drop policy if exists reader on kept_name;
create policy reader on kept_name for select to sinho_reader using (
    (select window_is_whole())
    or exists (select from source where source.name = kept_name.token)
    or exists (select from stay where stay.name = kept_name.token));

-- Its subject may name people.
drop policy if exists reader on inspection;
create policy reader on inspection for select to sinho_reader using (
    (select window_is_whole()) or org in (select code from window_scope));

-- A change is seen with its person, or with the organisation that it is about. A row that is gone ties nobody: it is seen where it lay.
drop policy if exists reader on trail;
create policy reader on trail for select to sinho_reader using (
    (select window_is_whole())
    or case
        when table_name in ('setting', 'term') then (select window_last()) is not null
        when table_name in ('org_version', 'village', 'service', 'restructuring', 'rating', 'meeting', 'inspection', 'plan', 'congress') then
            coalesce(after, before) ->> (case
                when table_name = 'org_version' then 'code'
                when table_name = 'village' then 'commune'
                when table_name in ('rating', 'inspection', 'plan', 'congress') then 'org'
                when table_name = 'restructuring' and coalesce(after, before) ? 'unit' then 'unit'
                else 'branch'
            end) in (select code from window_scope)
        when table_name = 'member' then exists (select from window_tie where window_tie.member = coalesce(after, before) ->> 'code')
        when table_name = 'reward' then coalesce(after, before) ->> 'code' in (select code from window_scope)
            or exists (select from window_tie where window_tie.member = coalesce(after, before) ->> 'code')
        when table_name = 'stay' and coalesce(after, before) ->> 'direction' = 'Đến' or table_name = 'source' then
            coalesce(after, before) ->> (case when table_name = 'stay' then 'place' else 'branch' end) in (select code from window_scope)
                and (coalesce(after, before) ->> 'valid_from')::date <= (select window_last())
                and coalesce(coalesce(after, before) ->> 'valid_to', 'infinity')::date > (select window_eve())
        else exists (select from window_tie where window_tie.member = coalesce(after, before) ->> 'member')
            or (coalesce(before ->> 'branch', before ->> 'org') in (select code from window_scope)
                and coalesce(before ->> 'valid_from', before ->> 'date')::date <= (select window_last())
                and coalesce(before ->> 'valid_to', before ->> 'date', 'infinity')::date > (select window_eve()))
    end);

-- What the trail says of one person, record and all that is his, for who sees the person: an index is no help to a query under a policy.
drop function if exists record_trail(text);
create or replace function person_trail(person text) returns setof trail
language sql stable security definer set search_path = public, pg_temp as $$
    select trail.*
    from trail
    where (table_name = 'member' and coalesce(after, before) ->> 'code' = person
            or table_name in ('admission', 'membership', 'post', 'assignment') and coalesce(after, before) ->> 'member' = person
            or table_name in ('badge', 'card', 'stay', 'member_rating') and coalesce(after, before) ->> 'member' = person)
        and (window_is_whole() or exists (select from window_tie where window_tie.member = person))
$$;

-- An issued report has a period of its own, whatever window is open.
drop policy if exists reader on issued_report;
create policy reader on issued_report for select to sinho_reader using (
    stands_under(unit, (select current_setting('sinho.unit', true)), period_from, period_to));

drop policy if exists reader on issued_evidence;
create policy reader on issued_evidence for select to sinho_reader using (
    exists (select from issued_report where issued_report.issued_id = issued_evidence.issued_id));

drop policy if exists reader on signed_report;
create policy reader on signed_report for select to sinho_reader using (
    stands_under(unit, (select current_setting('sinho.unit', true)), period_from, period_to));

drop policy if exists reader on signed_file;
create policy reader on signed_file for select to sinho_reader using (
    exists (select from signed_report where signed_report.signed_id = signed_file.signed_id));

grant select on
    signed_report, signed_file, standing_report,
    setting, term, org, org_version, village, service, restructuring, rating, meeting, org_closure,
    member, membership, admission, post, assignment, official_span, former_code, inspection, trail, issued_report, issued_evidence,
    plan, badge, card, reward, stay, member_rating, source, kept_name, congress,
    window_scope, window_tie
to sinho_reader;

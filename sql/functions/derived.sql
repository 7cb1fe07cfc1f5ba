-- Tables derived from the register, kept up to date by the import; `sinho check` compares them with a rebuild.

-- The closure as it should be for the given organisations (null: all of them).
-- A pair holds while every link of the chain of parents holds; touching intervals are joined.
create or replace function closure_of(codes text[]) returns setof org_closure language sql stable as $$
    with recursive chain as (
        select
            version.code as descendant,
            version.code as ancestor,
            daterange(version.valid_from, version.valid_to) as during,
            1 as depth
        from org_version as version
        where codes is null or version.code = any (codes)
        union all
        select
            chain.descendant,
            link.parent,
            chain.during * daterange(link.valid_from, link.valid_to),
            chain.depth + 1
        from chain
        join org_version as link on link.code = chain.ancestor
            and link.parent is not null
            and daterange(link.valid_from, link.valid_to) && chain.during
        -- The deepest rightful chain is district, grassroots, sectional, branch; a ring of parents must not run for ever.
        where chain.depth < 6
    )
    select ancestor::code, descendant::code, lower(run), coalesce(upper(run), 'infinity')
    from (select ancestor, descendant, unnest(range_agg(during)) as run from chain group by ancestor, descendant) as runs
$$;

-- The cycles of the given members (null: all members): each begins with a ceremony and goes on until the next. The first admission where it is
-- given, every row of Kết nạp, and where there is none the member's own dates (docs/spec/exchange-workbook.md, Đảng viên).
create or replace function cycle_of(codes text[]) returns table (member code, began date, official date) language sql stable as $$
    -- Joined, not compared: where the codes are no constant, PostgreSQL would go through all of them for every row.
    with asked as (
        select unnest(codes) collate "C" as code
        union all
        -- Readers see no table of persons; of each there is one record without an end.
        select code from member where codes is null and held_until = 'infinity'
    )
    select distinct on (member, began) member, began, official
    from (
        select admission.member, admission.date as began, admission.official, 1 as rank
        from asked
        join admission on admission.member = asked.code
        union all
        select member.code, member.first_joined, member.first_official, 2
        from asked
        join member on member.code = asked.code
        where member.held_until = 'infinity' and member.first_joined is not null
        union all
        select member.code, member.joined, member.official, 3
        from asked
        join member on member.code = asked.code
        where member.held_until = 'infinity' and not exists (select from admission where admission.member = member.code)
    ) as known
    order by member, began, rank
$$;

-- Days on which the given members are official (null: all members): when the official date of the cycle of the day is given and reached, or
-- when no cycle has begun yet: who is on the roll before the first admission that is written down was admitted before it.
create or replace function official_span_of(codes text[]) returns setof official_span language sql stable as $$
    with cycle as materialized (
        select * from cycle_of(codes)
    ),
    spans as (
        select
            member,
            official as valid_from,
            coalesce(lead(began) over (partition by member order by began), 'infinity') as valid_to
        from cycle
        union all
        select member, '-infinity', min(began)
        from cycle
        group by member
    )
    select member::code, valid_from, valid_to from spans where valid_from < valid_to
$$;

-- Brings the days on which the records of the given people hold up to date: the first since ever, each until the next.
create or replace function refresh_record(changed text[]) returns void language sql as $$
    update member
    set held_from = span.held_from, held_until = span.held_until
    from (
        select
            code,
            valid_from,
            case when lag(valid_from) over versions is null then '-infinity' else valid_from end as held_from,
            coalesce(lead(valid_from) over versions, 'infinity') as held_until
        from member
        -- Joined for the reason given in cycle_of: a nation has tens of thousands of people of several records.
        where code in (select unnest(changed) collate "C")
        window versions as (partition by code order by valid_from)
    ) as span
    where member.code = span.code
        and member.valid_from = span.valid_from
        and (member.held_from, member.held_until) is distinct from (span.held_from, span.held_until)
$$;

-- Brings the closure up to date after versions of the given organisations changed: for them and all that is or was below.
create or replace function refresh_closure(changed text[]) returns void language plpgsql as $$
declare
    touched text[];
begin
    with recursive below as (
        select unnest(changed) collate "C" as code
        union
        select version.code from below join org_version as version on version.parent = below.code
    )
    select array(
        select code from below
        union
        select descendant from org_closure where ancestor = any (changed)
    ) into touched;

    delete from org_closure where descendant = any (touched);
    insert into org_closure select * from closure_of(touched);
end $$;

create or replace function refresh_official_span(changed text[]) returns void language plpgsql as $$
begin
    delete from official_span where member = any (changed);
    insert into official_span select * from official_span_of(changed);
end $$;

-- The first day on which the register knows of any member: before it nothing is known, which is not 0. A fact that names nobody, the same
-- for every viewer.
create or replace function first_day_of_register() returns date
language sql stable security definer set search_path = public, pg_temp as
$$ select min(valid_from) from membership $$;

-- Where the rule changes, what is derived from it does too: this runs whenever the text of this file has changed.
truncate official_span;
insert into official_span select * from official_span_of(null);

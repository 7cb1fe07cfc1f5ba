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

-- Days on which the given members are official (null: all members). On a day, the date that applies is that of the latest
-- admission with a ceremony by then; before the first ceremony, the member's own (docs/spec/exchange-workbook.md, Đảng viên).
create or replace function official_span_of(codes text[]) returns setof official_span language sql stable as $$
    with dated as (
        select member.code as member, '-infinity'::date as since, member.official
        from member
        where codes is null or member.code = any (codes)
        union all
        select admission.member, admission.date, admission.official
        from admission
        where codes is null or admission.member = any (codes)
    ),
    spans as (
        select
            member,
            greatest(official, since) as valid_from,
            coalesce(lead(since) over (partition by member order by since), 'infinity') as valid_to,
            official
        from dated
    )
    select member::code, valid_from, valid_to from spans where official is not null and valid_from < valid_to
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

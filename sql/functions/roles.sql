-- What an organisation of a role and type is; the one place that says so. PostgreSQL writes the bodies into the query that asks.

create or replace function is_branch(role text) returns boolean language sql immutable parallel safe as
$$ select role in ('branch', 'grassroots_branch') $$;

create or replace function is_grassroots(role text) returns boolean language sql immutable parallel safe as
$$ select role in ('grassroots_committee', 'grassroots_branch') $$;

-- A superior or grassroots committee of a commune, ward, township or special zone: villages belong to these.
create or replace function is_commune_committee(role text, type org_type) returns boolean language sql immutable parallel safe as
$$ select role in ('superior', 'grassroots_committee') and type in ('Xã', 'Phường', 'Thị trấn', 'Đặc khu') $$;

-- A branch below a grassroots committee, or a village's own branch right below a commune.
create or replace function is_local_branch(role text, type org_type) returns boolean language sql immutable parallel safe as
$$ select role = 'branch' or role = 'grassroots_branch' and type in ('Bản', 'Khu phố') $$;

-- The role in words, for readers and for the conditions of forms.
create or replace function role_name(role text) returns text language sql immutable parallel safe as $$
    select case role
        when 'superior' then 'Cấp trên cơ sở'
        when 'grassroots_committee' then 'Đảng bộ cơ sở'
        when 'grassroots_branch' then 'Chi bộ cơ sở'
        when 'sub_committee' then 'Đảng bộ bộ phận'
        when 'branch' then 'Chi bộ trực thuộc'
    end
$$;

-- The row of form 5 in which an organisation counts on the day: the type of the grassroots organisation at or above it; a grassroots branch of a
-- type that only branches have counts with the commune committee above it (docs/spec/forms.md).
create or replace function grassroots_type_on(unit text, day date) returns text language sql stable as $$
    select case
        when grassroots.level_role = 'grassroots_branch' and grassroots.type > 'Khác' then coalesce((
            select commune.type::text
            from org_closure as over
            join org_version as commune on commune.code = over.ancestor
                and commune.valid_from <= day
                and still_holds(commune.valid_to, day)
                and is_commune_committee(commune.level_role, commune.type)
            where over.descendant = grassroots.code
                and over.valid_from <= day
                and over.valid_to > day
            limit 1), grassroots.type::text)
        else grassroots.type::text
    end
    from org_closure as above
    join org_version as grassroots on grassroots.code = above.ancestor
        and is_grassroots(grassroots.level_role)
        and grassroots.valid_from <= day
        and still_holds(grassroots.valid_to, day)
    where above.descendant = unit
        and above.valid_from <= day
        and above.valid_to > day
$$;

create or replace function set_level_role() returns trigger language plpgsql as $$
begin
    new.level_role := coalesce((select role from level where name = new.level), '');
    return new;
end $$;

create or replace trigger level_role before insert or update of level on org_version
    for each row execute function set_level_role();

-- The nearest superior above an organisation on the day; where none stands above, its root; on today's map that at or above what it became.
-- Source: docs/spec/figures.md, From another district.
create or replace function superior_on(unit text, day date) returns text language sql stable as $$
    select above.ancestor::text
    from (select carried(unit) as unit, coalesce(map_day(), superior_on.day) as day) as asked
    join org_closure as above on above.descendant = asked.unit
        and above.valid_from <= asked.day
        and above.valid_to > asked.day
    join org_version as superior on superior.code = above.ancestor
        and superior.valid_from <= asked.day
        and still_holds(superior.valid_to, asked.day)
        and (superior.parent is null or superior.level_role = 'superior' and (above.ancestor <> asked.unit or map_day() is not null))
    order by
        superior.level_role = 'superior' and (above.ancestor <> asked.unit or map_day() is not null) desc,
        -- Who has more above him is nearer.
        (
            select count(*)
            from org_closure as higher
            where higher.descendant = above.ancestor
                and higher.valid_from <= asked.day
                and higher.valid_to > asked.day) desc
    limit 1
$$;

-- Whether the branch ended on the day and goes on in the other by a decision of that day.
create or replace function goes_on_in(branch text, successor text, day date) returns boolean language sql stable as $$
    select not exists (
            select from org_version as version where version.code = branch and version.valid_from <= day and still_holds(version.valid_to, day))
        and exists (
            select
            from restructuring as was
            join restructuring as became on became.decision = was.decision
                and became.group_name = was.group_name
                and became.role = 'Sau'
                and became.unit = successor
            where was.unit = branch
                and was.role = 'Trước'
                and was.date = day)
$$;

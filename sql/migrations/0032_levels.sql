-- Levels are data: sql/levels.yaml says them, and fills this table whenever its text changes. Figures go by the role.

create table level (
    name    text primary key,
    place   integer not null,
    role    text not null check (role in ('superior', 'grassroots_committee', 'grassroots_branch', 'sub_committee', 'branch')),
    is_root boolean not null,
    under   text[] not null,
    types   text[] not null,
    -- By level of the parent, more types.
    below   jsonb not null
);

-- level_role is derived (functions/roles.sql).
alter table org_version
    drop constraint org_version_check1,
    drop constraint org_version_check2,
    alter column level type text using level::text,
    add column level_role text not null default '',
    add column reports_to text,
    add foreign key (level) references level deferrable initially deferred not valid;
drop type org_level;
create domain org_level as text;

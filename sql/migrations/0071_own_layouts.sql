-- How lists of members in a layout of a unit's own are read, by their captions: columns and words, nothing of people (Exchange/KnownLayouts).
create table own_layout (
    layout  text primary key,
    mapping jsonb not null,
    set_at  timestamptz not null default now(),
    set_by  text not null
);

-- Lists of grassroots organisations that go out to be matched and come back (docs/spec/command-line.md, roll). The file itself carries the state of its
-- rows; here stands which lists there are, and what came of those that were taken. Both append-only.

create sequence roll_number;

create table roll (
    roll_id bigint primary key,
    unit    code not null,
    day     date not null,
    at      timestamptz not null default now(),
    by      text not null,
    -- People on it.
    people  integer not null check (people >= 0),
    -- Where it was made on a page.
    file_id uuid references stored_file
);
create index on roll (unit);

-- One row per import that took a list; where the import is given back, the list was not taken. Counts are of rows.
create table roll_taken (
    import_id bigint primary key references import_run,
    roll_id   bigint not null references roll,
    agreed    integer not null check (agreed >= 0),
    corrected integer not null check (corrected >= 0),
    added     integer not null check (added >= 0),
    struck    integer not null check (struck >= 0),
    left_out  integer not null check (left_out >= 0)
);
create index on roll_taken (roll_id);

create trigger append_only before update or delete or truncate on roll for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on roll_taken for each statement execute function refuse_change();

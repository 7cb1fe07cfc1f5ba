-- Lists that somebody set up and gave a name: what is listed, which rows, which columns, in which order. Conditions are written as in an address
-- (Reports/ListConditions). Without days it goes by the days on which it is opened.
create table saved_list (
    saved_list_id bigint generated always as identity primary key,
    name        text not null check (btrim(name) <> ''),
    subject     text not null,
    unit        code,
    period_from date,
    period_to   date,
    words       text,
    conditions  text,
    columns     text[],
    sort        text,
    descending  boolean not null default false,
    on_map      boolean not null default false,
    -- Open to all accounts of the whole register.
    shared      boolean not null default false,
    account_id  bigint not null references account,
    made_at     timestamptz not null default now(),
    check ((period_from is null) = (period_to is null)),
    check (period_from <= period_to)
);
create unique index on saved_list (account_id, name);

-- A schedule may ask for a saved list: its report is then 'list:' and the number. What is made of it is no issued report.
alter table obligation drop constraint obligation_check1;
alter table obligation add check ((state = 'done') = (published_at is not null and (issued_id is not null or report like 'list:%')));

-- The list made for an obligation, kept before it is published: whoever goes on after a killed worker publishes the same file.
create table made_list (
    obligation_id bigint primary key references obligation,
    file_id       uuid not null references stored_file
);

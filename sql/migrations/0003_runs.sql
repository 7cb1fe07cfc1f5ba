-- What the service does and keeps: jobs, reports as issued, schedules and what is due under them.
-- Moments are by the database's clock; whoever works holds a row by lease and epoch and may finish it only under that epoch.

-- A month runs to its cut-off day and starts the day after that of the month before; null is the calendar month.
create table calendar (
    code        text collate "C" primary key check (code ~ '^[a-z0-9-]{1,32}$'),
    name        text not null,
    cut_off_day integer check (cut_off_day between 1 and 28)
);
insert into calendar values ('thang', 'Tháng dương lịch', null);

-- Files that were made or handed in, whole, for ever.
create table stored_file (
    file_id    uuid primary key default gen_random_uuid(),
    name       text not null check (name ~ '^[^/\\[:cntrl:]]{1,200}$'),
    media_type text not null,
    size       bigint not null,
    sha256     text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes      bytea not null,
    stored_at  timestamptz not null default now(),
    check (size = octet_length(bytes))
);
-- Workbooks are packed already.
alter table stored_file alter column bytes set storage external;

create type job_state as enum ('waiting', 'running', 'done', 'failed', 'cancelled');

create table job (
    job_id           uuid primary key default gen_random_uuid(),
    kind             text not null check (kind ~ '^[a-z_]{1,32}$'),
    request          jsonb not null,
    -- Equal keys mean the same wish: while one is unfinished, the next joins it.
    request_key      text not null,
    -- The unit that the job is about; null where it is about no single one.
    unit             code,
    requested_by     text not null,
    state            job_state not null default 'waiting',
    step             text not null default '',
    done             integer not null default 0 check (done >= 0),
    total            integer not null default 0 check (total >= 0),
    cancel_requested boolean not null default false,
    not_before       timestamptz not null default clock_timestamp(),
    rung_at          timestamptz,
    claimed_by       text,
    lease_until      timestamptz,
    epoch            integer not null default 0,
    attempts         integer not null default 0,
    -- Why it failed, and what to do, for the reader of the page; kept while it waits to be tried again.
    error            text,
    created_at       timestamptz not null default clock_timestamp(),
    started_at       timestamptz,
    finished_at      timestamptz,
    issued_id        uuid,
    file_id          uuid references stored_file,
    outcome          jsonb,
    acknowledged_by  text,
    acknowledged_at  timestamptz,
    check ((state = 'running') = (lease_until is not null)),
    check ((state in ('done', 'failed', 'cancelled')) = (finished_at is not null)),
    check (state <> 'failed' or error is not null)
);
create unique index job_one_per_wish on job (request_key) where state in ('waiting', 'running');
create index on job (state, not_before);
create index on job (created_at);

-- A schedule belongs to a unit, never to a person: people leave.
create table schedule (
    schedule_id    bigint generated always as identity primary key,
    owner          code not null,
    report         text not null,
    units          code[] not null check (cardinality(units) > 0),
    calendar       text collate "C" not null references calendar,
    cycle          text not null check (cycle in ('monthly', 'quarterly', 'half_yearly', 'yearly')),
    -- The first period is the one that holds this day.
    starts_on      date not null,
    -- Made on the last day of the period plus this many days.
    days_until_due integer not null check (days_until_due between 1 and 366),
    folder         text not null check (folder like '/%'),
    active         boolean not null default true,
    created_by     text not null,
    created_at     timestamptz not null default now()
);

-- One row per report, unit and period that is due or will be, written ahead of time. Both ends of the period are included.
create table obligation (
    obligation_id bigint generated always as identity primary key,
    schedule_id   bigint not null references schedule,
    report        text not null,
    unit          code not null,
    period_from   date not null,
    period_to     date not null,
    period_name   text not null,
    due_on        date not null,
    state         text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
    job_id        uuid references job,
    issued_id     uuid,
    published     text,
    sha256        text,
    published_at  timestamptz,
    error         text,
    retry_at      timestamptz,
    unique (report, unit, period_from, period_to),
    check (period_from <= period_to and period_to < due_on),
    check ((state = 'done') = (published_at is not null and issued_id is not null)),
    check (state <> 'failed' or error is not null)
);
create index on obligation (due_on) where state <> 'done';
create index on obligation (schedule_id);

-- A report as it was issued, whole. Never changed: signatures, editions and "what changed since" refer to it.
create table issued_report (
    issued_id       uuid primary key default gen_random_uuid(),
    report          text not null,
    -- Issues of one report for one unit and period are numbered 1, 2, 3…
    edition         integer not null check (edition > 0),
    unit            code not null,
    unit_name       text not null,
    period_from     date not null,
    period_to       date not null,
    period_name     text not null,
    title           text not null,
    settings        jsonb not null,
    figures         jsonb not null,
    checks          jsonb not null,
    narrative       text not null,
    -- Path of each definition file below the program's folder, and its SHA-256.
    definitions     jsonb not null,
    template_sha256 text,
    snapshot_at     timestamptz not null,
    program_version text not null,
    file_id         uuid not null references stored_file,
    job_id          uuid unique references job,
    obligation_id   bigint unique references obligation,
    issued_by       text not null,
    issued_at       timestamptz not null default now(),
    unique (report, unit, period_from, period_to, edition),
    check (period_from <= period_to)
);
create index on issued_report (issued_at);
alter table job add foreign key (issued_id) references issued_report;
alter table obligation add foreign key (issued_id) references issued_report;

-- The rows behind a figure as issued: key is the code of the thing counted, columns are named in issued_report.figures.
create table issued_evidence (
    issued_id uuid not null references issued_report,
    figure    text collate "C" not null,
    position  integer not null,
    key       text collate "C" not null,
    columns   jsonb not null,
    primary key (issued_id, figure, position)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name;
end $$;
create trigger append_only before update or delete or truncate on stored_file for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on issued_report for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on issued_evidence for each statement execute function refuse_change();

-- Who looked for work last, and when: one row per worker.
create table tick (
    worker    text primary key,
    ticked_at timestamptz not null
);

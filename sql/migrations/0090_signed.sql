-- Reports that were signed: what was issued, under which number, in which files, and from which moment of the register. Source: docs/spec/command-line.md, Signing.

create table signed_report (
    signed_id      uuid primary key default gen_random_uuid(),
    -- What was signed, whole: figures, rows behind them, sentences, checks.
    issued_id      uuid not null unique references issued_report,
    -- The issuing body, year of the date and number with symbol tell one signed report from all others, for ever.
    unit           code not null,
    year           integer not null,
    number         text collate "C" not null check (number <> ''),
    signed_on      date not null,
    signer         text not null check (signer <> ''),
    recipients     text not null default '',
    -- Printed on every page: 60 random bits and a check digit.
    check_code     text collate "C" not null unique,
    report         text not null,
    period_from    date not null,
    period_to      date not null,
    question       jsonb not null,
    -- All settings of that moment, whether a figure asked for them or not.
    settings       jsonb not null,
    -- The last import that the snapshot held: what came later may have moved its figures.
    last_import    bigint not null,
    replaces       uuid unique references signed_report,
    reason         text check (reason <> ''),
    signed_by      text not null,
    signed_at      timestamptz not null default clock_timestamp(),
    unique (unit, year, number),
    check ((replaces is null) = (reason is null)),
    check (year = extract(year from signed_on) and signed_on >= period_to)
);
create index on signed_report (report, unit, period_to);

-- Its files: 'draft' is the one that was handed in to be signed.
create table signed_file (
    signed_id      uuid not null references signed_report,
    format         text not null,
    file_id        uuid not null unique references stored_file,
    -- Of the parts of the package unpacked: deflate differs between runtimes.
    content_sha256 text not null check (content_sha256 ~ '^[0-9a-f]{64}$'),
    primary key (signed_id, format)
);
create index on signed_file (content_sha256);
create index on stored_file (sha256);

-- The text of every definition that a signed report was made by; issued_report.definitions names them by their hash.
create table definition_text (
    sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes  bytea not null
);

-- Who signs for a body, and how: "T/M BAN THƯỜNG VỤ" above, "K/T TRƯỞNG BAN" where somebody signs for another. The latest row of a name holds.
create table signer (
    signer_id  bigint generated always as identity primary key,
    unit       code not null,
    name       text not null check (name <> ''),
    -- Lines above the name; empty: as the level of the unit has it.
    office     text not null default '',
    valid_from date,
    valid_to   date,
    at         timestamptz not null default clock_timestamp(),
    by         text not null,
    check (valid_from < valid_to)
);

-- Days of a unit that are closed: what is written of them waits for its head. The latest row of a unit and period holds.
create table period_lock (
    lock_id     bigint generated always as identity primary key,
    unit        code not null,
    period_from date not null,
    period_to   date not null,
    locked      boolean not null,
    at          timestamptz not null default clock_timestamp(),
    by          text not null,
    check (period_from <= period_to)
);

-- Where in a file or form a row of the trail was written, kept from the first signed report on: what moves a signed figure is told by it.
create table entry_place (
    trail_id bigint primary key,
    sheet    text not null,
    row_no   integer not null
);

create trigger append_only before update or delete or truncate on signed_report for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on signed_file for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on definition_text for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on signer for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on period_lock for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on entry_place for each statement execute function refuse_change();

alter table signed_report enable row level security;
alter table signed_file enable row level security;
alter table entry_place enable row level security;

-- Signed reports that nobody has replaced.
create view standing_report with (security_invoker = true) as
    select signed_report.*
    from signed_report
    where not exists (select from signed_report as later where later.replaces = signed_report.signed_id);

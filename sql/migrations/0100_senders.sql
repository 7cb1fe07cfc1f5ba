-- Several registers, each master of its people: what this one is called, whose signed figures it waits for, and those that it has taken in. Source: docs/spec/command-line.md, Several registers.

-- What this register is called where its figures are summed. The latest row holds; none: by the highest organisation above the unit reported on.
create table own_register (
    own_register_id bigint generated always as identity primary key,
    code            code not null,
    name            text not null check (name <> ''),
    at              timestamptz not null default clock_timestamp(),
    by              text not null
);
create trigger append_only before update or delete or truncate on own_register for each statement execute function refuse_change();

-- Registers whose figures are summed here. The latest row of a code holds; the unit is that on which the register reports for the whole of itself.
create table sender (
    sender_id  bigint generated always as identity primary key,
    code       code not null,
    name       text not null check (name <> ''),
    unit       code not null,
    valid_from date not null,
    valid_to   date,
    at         timestamptz not null default clock_timestamp(),
    by         text not null,
    check (valid_from < valid_to)
);
create trigger append_only before update or delete or truncate on sender for each statement execute function refuse_change();

-- Sets that were taken in, by the hash of their index, which stands on the receipt.
create table received_set (
    set_id      uuid primary key default gen_random_uuid(),
    sha256      text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    received_at timestamptz not null,
    by          text not null
);
create trigger append_only before update or delete or truncate on received_set for each statement execute function refuse_change();

-- The signed figures of a register, as they came: bytes is the whole file.
create table received_report (
    received_id    uuid primary key default gen_random_uuid(),
    set_id         uuid not null references received_set,
    register       code not null,
    unit           code not null,
    report         text not null,
    period_from    date not null,
    period_to      date not null,
    number         text not null check (number <> ''),
    signed_on      date not null,
    check_code     text collate "C" not null,
    -- Check codes of the reports that it stands for, the latest first.
    replaces       text[] collate "C" not null,
    content_sha256 text not null check (content_sha256 ~ '^[0-9a-f]{64}$'),
    sha256         text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes          bytea not null,
    unique (register, check_code),
    check (period_from <= period_to)
);
create index on received_report (report, period_from, period_to);
create trigger append_only before update or delete or truncate on received_report for each statement execute function refuse_change();

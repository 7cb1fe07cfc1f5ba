-- What was backed up, and the proofs that a backup gives back what was issued.
-- A row is written when the work is over: the backup that a row is about cannot hold that row.

create table backup_run (
    backup_id   bigint generated always as identity primary key,
    kind        text not null check (kind in ('daily', 'manual', 'before_restore')),
    started_at  timestamptz not null,
    finished_at timestamptz not null,
    -- Path on the machine that wrote it.
    machine     text not null,
    file        text not null,
    sha256      text check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes       bigint check (bytes > 0),
    outcome     text not null check (outcome in ('done', 'failed')),
    -- Why it failed, for the reader of the page.
    error       text,
    check (started_at <= finished_at),
    check ((outcome = 'done') = (sha256 is not null and bytes is not null)),
    check ((outcome = 'failed') = (error is not null))
);
create index on backup_run (finished_at);

-- Restored into a scratch database, its reports counted again: 'fault' where the backup is not what it should be.
-- A report that moved on for a known reason (the register corrected, a definition changed since the issue) is no fault.
create table restore_proof (
    proof_id    bigint generated always as identity primary key,
    backup_id   bigint references backup_run,
    started_at  timestamptz not null,
    finished_at timestamptz not null,
    compared    integer not null default 0 check (compared >= 0),
    moved_on    integer not null default 0 check (moved_on >= 0),
    differing   integer not null default 0 check (differing >= 0),
    outcome     text not null check (outcome in ('proven', 'fault')),
    -- Sentences for the reader of the page: what was compared, or what is wrong and what to do.
    detail      text not null,
    check (started_at <= finished_at),
    check (moved_on + differing <= compared),
    check (differing = 0 or outcome = 'fault')
);
create index on restore_proof (finished_at);

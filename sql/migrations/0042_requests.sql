-- Đề nghị: events of a unit that reach outside it. Nothing of them is in the register before somebody who may accepts them.
create table request (
    request_id bigint generated always as identity primary key,
    at         timestamptz not null,
    by         text not null,
    -- The unit whose account sent it.
    unit       code not null references org,
    name       text not null,
    -- What it will do, in a sentence.
    about      text not null,
    -- EVENTS.json, see docs/spec/command-line.md.
    events     jsonb not null,
    -- Units and branches that it names.
    touches    text[] not null,
    state      text not null default 'sent' check (state in ('sent', 'accepted', 'returned', 'withdrawn')),
    decided_at timestamptz,
    decided_by text,
    reason     text,
    import_id  bigint references import_run,
    check ((state = 'sent') = (decided_at is null)),
    check ((state = 'accepted') = (import_id is not null)),
    check (state <> 'returned' or reason is not null)
);
create index on request (state, at);

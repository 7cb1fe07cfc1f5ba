-- For which unit an import was written: an account of a unit sees and takes back what was written for it. Null for the whole register.
alter table import_run add column unit code;

-- Kinds of what units write that the board wants to accept first (sql/import/needs_approval.sql): every time somebody said so or took it back; the
-- latest of a kind holds.
create table approval (
    approval_id bigint generated always as identity primary key,
    kind        text not null,
    needed      boolean not null,
    at          timestamptz not null default now(),
    by          text not null
);
create trigger append_only before update or delete or truncate on approval for each statement execute function refuse_change();

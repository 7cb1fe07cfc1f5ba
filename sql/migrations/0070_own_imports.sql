-- For which unit an import was written: an account of a unit sees and takes back what was written for it. Null for the whole register.
alter table import_run add column unit code;

-- Kinds of what units write that the board wants to accept first (sql/import/needs_approval.sql).
create table approval (
    kind       text primary key,
    set_at     timestamptz not null default now(),
    set_by     text not null
);

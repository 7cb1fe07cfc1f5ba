-- Codes that became another's (docs/spec/exchange-workbook.md, Mã cũ), what merging two codes of one person did, and why entries were made.

-- A code is never both: who has rows of his own is no alias (import/bad_value.sql). member is whom it means, never an alias itself.
create table former_code (
    alias  code primary key,
    member code not null references person deferrable initially deferred,
    reason text,
    check (alias <> member)
);
create index on former_code (member);
alter table former_code enable row level security;

-- Append-only: the rows that a merge moved or dropped, in the order in which it did; parting gives them back. before and after are rows of the
-- table as the trail keeps them; after is null where the row was dropped. member is the code that was kept.
create table merged_row (
    import_id  bigint not null references import_run,
    alias      code not null,
    member     code not null,
    place      integer not null,
    table_name text not null,
    before     jsonb not null,
    after      jsonb,
    primary key (import_id, alias, place)
);
create index on merged_row (alias);

-- Why an import was made, and why single rows of it were written where its events say so: key holds the natural key of the row, by column of the table.
alter table import_run add column reason text check (reason <> '');

create table entry_reason (
    import_id  bigint not null references import_run,
    table_name text not null,
    key        jsonb not null,
    reason     text not null check (reason <> ''),
    primary key (import_id, table_name, key)
);

create trigger append_only before update or delete or truncate on merged_row for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on entry_reason for each statement execute function refuse_change();

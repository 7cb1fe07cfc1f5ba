-- What was put out for somebody: which signed reports, where, by whom, with names (then sealed) or without.
create table sent (
    sent_id    bigint generated always as identity primary key,
    recipient  text not null check (recipient <> ''),
    folder     text not null,
    reports    uuid[] not null check (cardinality(reports) > 0),
    with_names boolean not null,
    -- Of the index, which names every file with its hash.
    sha256     text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    at         timestamptz not null default clock_timestamp(),
    by         text not null
);
create trigger append_only before update or delete or truncate on sent for each statement execute function refuse_change();

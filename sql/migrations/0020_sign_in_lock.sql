-- Wrong passwords in a row, counted per account and address: who guesses from one place closes that place, not the account for its owner.

create table sign_in_lock (
    account_id   bigint not null references account,
    -- An IPv4 address, or the first 64 bits of an IPv6 one: the rest is whatever its user likes.
    address      text not null,
    failed_count integer not null check (failed_count > 0),
    lockout_end  timestamptz,
    tried_at     timestamptz not null default now(),
    primary key (account_id, address)
);

alter table account drop column failed_count, drop column lockout_end;

create index on sign_in (account_id, at) where event = 'wrong_password';

-- Who may see what. Accounts, their sessions and links; what was opened; the role that reads people under row security.
-- The policies themselves are in functions/row_security.sql, which runs again when its text changes. Moments are by the database's clock.

create type account_role as enum ('Quản trị', 'Lập biểu', 'Trưởng ban', 'Xem');

-- user_key is the name as it is matched, bare_name(user_name): "Hùng", "HUNG" and "hung" are one account.
-- A null unit is the whole register; administrators have no other.
create table account (
    account_id    bigint generated always as identity primary key,
    user_name     text not null check (user_name ~ '^[[:alnum:]][[:alnum:]._-]{1,31}$'),
    user_key      text collate "C" not null unique,
    display_name  text not null check (display_name <> ''),
    role          account_role not null,
    unit          code,
    password_hash text,
    -- Changes with the password and when the account is disabled: sessions that carry another stamp are over.
    stamp         uuid not null default gen_random_uuid(),
    failed_count  integer not null default 0 check (failed_count >= 0),
    lockout_end   timestamptz,
    active        boolean not null default true,
    created_at    timestamptz not null default now(),
    created_by    text not null,
    check (role <> 'Quản trị' or unit is null)
);

-- Who holds the token may set the password of the account, once. Only its SHA-256 is kept.
create table one_time_link (
    token_sha256 bytea primary key check (octet_length(token_sha256) = 32),
    account_id   bigint not null references account,
    created_at   timestamptz not null default now(),
    created_by   text not null,
    expires_at   timestamptz not null,
    used_at      timestamptz
);
create index on one_time_link (account_id);

-- One row per browser that signed in. It is over when ended, when idle too long, or when the account's stamp has moved on.
create table web_session (
    session_id uuid primary key default gen_random_uuid(),
    account_id bigint not null references account,
    stamp      uuid not null,
    address    text not null,
    started_at timestamptz not null default now(),
    seen_at    timestamptz not null default now(),
    ended_at   timestamptz
);
create index on web_session (account_id) where ended_at is null;

-- Keys that protect cookies and forms; shared by all web processes of one register.
create table protection_key (
    name text primary key,
    xml  text not null
);

-- Append-only: tries to sign in and what else happened to accounts. A name that no account has is not kept: it may be a password.
create table sign_in (
    sign_in_id bigint generated always as identity primary key,
    at         timestamptz not null default now(),
    account_id bigint references account,
    event      text not null check (event in (
        'signed_in', 'wrong_password', 'unknown_name', 'locked', 'disabled', 'signed_out', 'link_made', 'password_set', 'password_changed',
        'account_added', 'account_changed', 'account_disabled', 'account_enabled')),
    by         text,
    address    text
);
create index on sign_in using brin (at);

-- Append-only: who opened which people.
create table reading (
    reading_id  bigint generated always as identity primary key,
    at          timestamptz not null default now(),
    account_id  bigint not null references account,
    kind        text not null check (kind in ('list', 'evidence', 'report', 'trail')),
    -- The figure, list or report opened.
    subject     text not null,
    -- Null where it was opened for the whole register.
    unit        code,
    period_from date not null,
    period_to   date not null,
    check (period_from <= period_to)
);
create index on reading using brin (at);
create index on reading (account_id, at);

create trigger append_only before update or delete or truncate on sign_in for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on reading for each statement execute function refuse_change();

-- Roles belong to the cluster: another database of it may be making the same one at this moment.
do $$
begin
    if not exists (select from pg_roles where rolname = 'sinho_reader') then
        begin
            create role sinho_reader nologin;
        exception when duplicate_object or unique_violation then
            null;
        end;
    end if;
    if not (select rolsuper from pg_roles where rolname = current_user) then
        begin
            execute format('grant sinho_reader to %I', current_user);
        exception
            when unique_violation then
                null;
            when insufficient_privilege then
                -- A database administrator may have granted it already.
                set local role sinho_reader;
                reset role;
        end;
    end if;
exception when insufficient_privilege then
    raise exception using message = format(
        'Tài khoản PostgreSQL %s không được tạo vai trò. Hãy nhờ người quản trị PostgreSQL chạy: '
        'CREATE ROLE sinho_reader NOLOGIN; GRANT sinho_reader TO %I; (bỏ lệnh đầu nếu vai trò đã có) rồi chạy lại.', current_user, current_user);
end $$;

-- Without a policy, a table under row security shows its reader nothing.
alter table member enable row level security;
alter table membership enable row level security;
alter table admission enable row level security;
alter table post enable row level security;
alter table assignment enable row level security;
alter table official_span enable row level security;
alter table inspection enable row level security;
alter table trail enable row level security;
alter table issued_report enable row level security;
alter table issued_evidence enable row level security;

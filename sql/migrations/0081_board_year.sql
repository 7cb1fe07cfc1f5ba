-- The sheets of the board's year (docs/spec/exchange-workbook.md), posts held by people outside the Party, and who works away from home.

alter table member add column away boolean not null default false;

-- Whoever heads a village or is respected there may be no member: then outsider names him, and member is null.
-- What hangs on the columns, the view window_tie and the policies over it, is made again by functions/row_security.sql.
alter table post
    drop constraint post_pkey,
    drop column village cascade,
    drop column org cascade,
    alter column member drop not null,
    add column outsider text not null default '';
alter table post
    add column village code generated always as (case when post in ('Trưởng bản', 'Người có uy tín') then place end) stored references settlement deferrable initially deferred,
    add column org code generated always as (case when post not in ('Trưởng bản', 'Người có uy tín') then place end) stored references org deferrable initially deferred,
    add check ((member is null) = (outsider <> '')),
    add check (outsider = '' or post in ('Trưởng bản', 'Người có uy tín'));
create unique index post_key on post (member, post, place, valid_from, outsider) nulls not distinct;

create type plan_item as enum ('Kết nạp đảng viên', 'Công nhận chính thức', 'Phát triển tổ chức đảng', 'Bản có chi bộ');
create type card_form as enum ('Phát mới', 'Cấp lại do mất', 'Đổi do hỏng');
create type reward_form as enum ('Cờ', 'Bằng khen', 'Giấy khen', 'Biểu dương');
create type reward_level as enum ('Trung ương', 'Tỉnh ủy', 'Huyện ủy', 'Cơ sở');
create type stay_direction as enum ('Đi', 'Đến');
create type source_result as enum ('Kết nạp', 'Thôi theo dõi');

-- period is a year or the name of a term.
create table plan (
    org      code not null references org deferrable initially deferred,
    period   text not null,
    item     plan_item not null,
    number   integer not null check (number > 0),
    document text,
    primary key (org, period, item)
);

create table badge (
    member     code not null references person deferrable initially deferred,
    years      integer not null check (years in (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90)),
    date       date not null,
    decision   text not null,
    early      boolean not null,
    posthumous boolean not null,
    primary key (member, years)
);
create index on badge (date);

create table card (
    member code not null references person deferrable initially deferred,
    form   card_form not null,
    date   date not null,
    number text,
    primary key (member, date)
);
create index on card (date);
create index on card (number);

-- code is of a member or of an organisation.
create table reward (
    code     code not null,
    form     reward_form not null,
    level    reward_level not null,
    date     date not null,
    decision text,
    primary key (code, form, date)
);
create index on reward (date);

-- Names of people who are no members: of those followed for admission, and of guests. The register, the trail and what is undone know a name by its
-- token alone, so that this one table forgets it; purged_at says when.
create table kept_name (
    token     text primary key check (token ~ '^~[0-9a-f]{16}$'),
    name      text,
    kept_on   date not null default current_date,
    purged_at timestamptz,
    check ((name is null) = (purged_at is not null))
);

-- A temporary stay: of a member elsewhere (Đi), or of a guest in a branch of the register (Đến), who is a person of this table alone.
create table stay (
    member     code not null,
    direction  stay_direction not null,
    place      text collate "C" not null,
    valid_from date not null,
    valid_to   date,
    name       text references kept_name,
    origin     text,
    primary key (member, direction, valid_from),
    check (valid_from < valid_to)
);
create index on stay (place);

create table member_rating (
    year   integer not null check (year between 1900 and 2100),
    member code not null references person deferrable initially deferred,
    grade  grade not null,
    primary key (member, year)
);

-- People followed for admission; name is a token.
create table source (
    code           code primary key,
    name           text not null references kept_name,
    sex            sex not null,
    born           date not null,
    born_precision text not null check (born_precision in ('day', 'month', 'year')),
    ethnicity      ethnicity not null,
    residence      code references settlement deferrable initially deferred,
    branch         code not null references org deferrable initially deferred,
    valid_from     date not null,
    class_date     date,
    youth          boolean not null,
    valid_to       date,
    result         source_result,
    member         code references person deferrable initially deferred,
    check (valid_from < valid_to)
);
create index on source (branch);
create index on source (member);

insert into setting values ('source_name_years', 2, 'Tên người trong nguồn kết nạp và khách sinh hoạt tạm thời: xóa sau từng này năm kể từ khi thôi theo dõi hoặc thôi ở');

create table congress (
    org         code not null references org deferrable initially deferred,
    date        date not null,
    name        text,
    valid_until date not null,
    primary key (org, date)
);

alter table badge enable row level security;
alter table card enable row level security;
alter table reward enable row level security;
alter table stay enable row level security;
alter table member_rating enable row level security;
alter table source enable row level security;
alter table kept_name enable row level security;

-- What the trail says of one person beside the record, the rest of it.
create index on trail ((coalesce(after, before) ->> 'member')) where table_name in ('badge', 'card', 'stay', 'member_rating');

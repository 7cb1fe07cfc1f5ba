-- People's records and villages in time (docs/spec/exchange-workbook.md, Versions): what was one row each becomes the only version of it.

-- One row per person and per village there ever was, so that others can refer to them whatever their versions.
create table person (
    code code primary key
);
insert into person select code from member;

create table settlement (
    code code primary key
);
insert into settlement select code from village;

alter table admission drop constraint admission_member_fkey,
    add foreign key (member) references person deferrable initially deferred;
alter table membership drop constraint membership_member_fkey,
    add foreign key (member) references person deferrable initially deferred;
alter table post drop constraint post_member_fkey, drop constraint post_village_fkey,
    add foreign key (member) references person deferrable initially deferred,
    add foreign key (village) references settlement deferrable initially deferred;
alter table assignment drop constraint assignment_member_fkey,
    add foreign key (member) references person deferrable initially deferred;
alter table service drop constraint service_village_fkey,
    add foreign key (village) references settlement deferrable initially deferred;
alter table member drop constraint member_residence_fkey,
    add foreign key (residence) references settlement deferrable initially deferred;

-- valid_from is the day that was given, -infinity where none was. held_from and held_until are derived (functions/derived.sql): the days on
-- which the version holds, half-open; the first holds since ever, each until the next.
alter table member
    add column valid_from date not null default '-infinity',
    add column held_from date not null default '-infinity',
    add column held_until date not null default 'infinity',
    add column first_joined date,
    add column first_official date,
    drop constraint member_pkey,
    add primary key (code, valid_from),
    add foreign key (code) references person deferrable initially deferred,
    add check (first_joined < joined),
    add check (born <= first_joined),
    add check (first_joined <= first_official);

alter table village
    add column households integer check (households >= 0),
    add column people integer check (people >= 0),
    drop constraint village_pkey,
    add primary key (code, valid_from),
    add foreign key (code) references settlement deferrable initially deferred,
    add exclude using gist ((code || '') with =, daterange(valid_from, valid_to) with &&) deferrable initially deferred;

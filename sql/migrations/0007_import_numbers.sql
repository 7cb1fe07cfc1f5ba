-- An import takes the next number under the lock that lets one import in at a time, so that refused ones leave no gaps.
alter table import_run alter column import_id drop identity;

-- The last date in the register (functions/data_until.sql) is asked on every page.
create index on import_run (at);
create index on membership (valid_from);
create index on membership (valid_to);
create index on admission (date);
create index on admission (official);
create index on meeting (date);
create index on post (valid_from);
create index on post (valid_to);
create index on assignment (valid_from);
create index on assignment (valid_to);
create index on inspection (date);

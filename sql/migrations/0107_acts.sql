-- Past one web process: until when somebody may still be writing what he began at any of them. Whichever answers him next asks the primary how far
-- its log goes, so that he is shown what he entered. By the database's clock; written at most once a minute.
alter table account add column may_write_until timestamptz;

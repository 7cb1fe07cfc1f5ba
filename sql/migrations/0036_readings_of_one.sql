-- A person's page and a village's are openings like lists (docs/architecture.md, Access). map: the day from which on the map of a question was
-- looked for; null where it went by the units of each day.
alter table reading
    drop constraint reading_kind_check,
    add check (kind in ('list', 'evidence', 'report', 'trail', 'person', 'village')),
    add column map date;

-- What the trail says of one person's record.
create index on trail ((coalesce(after, before) ->> 'code')) where table_name = 'member';

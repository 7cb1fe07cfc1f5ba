-- What an import asks of the whole register it asks by index: one event is judged in the time of one event. Twins have one birth date; the day
-- until which the register speaks (functions/data_until.sql) is the latest of these.
create index on member (born);
create index on org_version (valid_from);
create index on org_version (valid_to);
create index on village (valid_from);
create index on village (valid_to);
create index on service (valid_from);
create index on service (valid_to);
create index on restructuring (date);

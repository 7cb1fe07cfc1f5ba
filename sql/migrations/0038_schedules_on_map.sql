-- A schedule may ask for reports on today's map: by the units as they stand on the last day of each period. The same report of the same unit and
-- period may be due on either map.
alter table schedule add column on_map boolean not null default false;
alter table obligation add column on_map boolean not null default false;
alter table obligation drop constraint obligation_report_unit_period_from_period_to_key;
alter table obligation add unique (report, unit, period_from, period_to, on_map);

-- What a report shows beside its figures: edition and table of an official form, computed cells, notices, the parts of the unit.
alter table issued_report add column content jsonb not null default '{}';

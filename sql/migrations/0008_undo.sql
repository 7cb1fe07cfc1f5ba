-- An import that gives back what an earlier one changed says which; an import is given back while such a one is not given back itself.
alter table import_run add column undoes bigint references import_run;

-- What an import did is asked when it is shown and when it is given back.
create index on trail (import_id);

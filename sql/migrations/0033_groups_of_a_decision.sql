-- One decision may order several restructurings, each its own group, of organisations of any level or of villages.

alter table restructuring rename column branch to unit;
alter table restructuring
    add column group_name text not null default '',
    drop constraint restructuring_branch_fkey,
    drop constraint restructuring_pkey,
    add primary key (decision, group_name, unit, role),
    drop constraint restructuring_decision_form_excl,
    add exclude using gist (decision with =, group_name with =, form with <>) deferrable initially deferred;

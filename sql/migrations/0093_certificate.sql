-- Whose certificate signed the files; null where the office has none.
alter table signed_report add column certificate text;
drop view standing_report;
create view standing_report with (security_invoker = true) as
    select signed_report.*
    from signed_report
    where not exists (select from signed_report as later where later.replaces = signed_report.signed_id);

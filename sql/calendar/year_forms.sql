-- The official forms of the year, and those issued for the unit.
select
    count(*) filter (where exists (
        select
        from issued_report
        where issued_report.report = form.name and issued_report.unit = @unit and issued_report.period_from = @from and issued_report.period_to = @to))::integer as done,
    count(*)::integer as wanted
from unnest(array['form-1', 'form-2', 'form-2b', 'form-3', 'form-4', 'form-5', 'form-6', 'form-7']) as form (name)

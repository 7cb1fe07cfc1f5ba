-- Whether the month's report of the unit was issued.
select exists (
        select
        from issued_report
        where issued_report.report = 'monthly' and issued_report.unit = @unit and issued_report.period_from = @from and issued_report.period_to = @to)::integer as done,
    1 as wanted

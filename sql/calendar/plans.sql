-- Whether the unit has a plan for the year of the day.
select exists (select from plan where plan.org = @unit and plan.period = extract(year from @to::date)::integer::text)::integer as done, 1 as wanted

-- Organisations of the day down to the grassroots that have no plan for the year of the day.
select
    unit.code::text                                             as unit,
    unit.code::text                                             as code,
    unit.name,
    format('%s · năm %s', unit.level, extract(year from @day::date)::integer) as detail,
    date_trunc('year', @day)::date                              as since
from org_version as unit
where (unit.level_role = 'superior' or is_grassroots(unit.level_role))
    and unit.valid_from <= @day
    and still_holds(unit.valid_to, @day)
    and not exists (
        select
        from plan
        where plan.org = unit.code and plan.period = extract(year from @day::date)::integer::text)

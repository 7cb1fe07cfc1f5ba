-- Grassroots organisations and branches of the last day of the year before, still there on the day, without a rating of that year.
select
    unit.code::text                                             as unit,
    unit.code::text                                             as code,
    unit.name,
    format('%s · năm %s', unit.level, extract(year from @day)::integer - 1) as detail,
    date_trunc('year', @day)::date                              as since
from org_version as unit
where (is_branch(unit.level_role) or is_grassroots(unit.level_role))
    and unit.valid_from <= @day
    and still_holds(unit.valid_to, @day)
    and exists (
        select
        from org_version as former
        where former.code = unit.code
            and former.valid_from < date_trunc('year', @day)
            and still_holds(former.valid_to, date_trunc('year', @day)::date - 1))
    and not exists (
        select
        from rating
        where rating.org = unit.code and rating.year = extract(year from @day)::integer - 1)

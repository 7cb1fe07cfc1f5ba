-- Organisations of the day whose term, as their latest congress says it, has ended or ends within three months.
select
    unit.code::text                                             as unit,
    unit.code::text                                             as code,
    unit.name,
    format('%s · nhiệm kỳ đến %s', unit.level, day_text(latest.valid_until)) as detail,
    latest.valid_until                                          as since
from org_version as unit
cross join lateral (
    select congress.valid_until
    from congress
    where congress.org = unit.code and congress.date <= @day
    order by congress.date desc
    limit 1) as latest
where unit.valid_from <= @day
    and still_holds(unit.valid_to, @day)
    and latest.valid_until <= @day::date + interval '3 months'

-- Organisations under the unit on the last day whose term, as their latest congress by then says it, ends in the period: one row per organisation.
-- source: congress, org_version     rule: docs/spec/figures.md, congress_due
select
    scope.ancestor                                              as unit,
    version.code                                                as place,
    @to                                                         as placed_on,
    version.code,
    version.name,
    version.level::text                                         as level,
    latest.date                                                 as held,
    latest.name                                                 as term,
    latest.valid_until                                          as due,
    true                                                        as congress_due
from org_closure as scope
join org_version as version on version.code = scope.descendant
    and version.valid_from <= @to
    and still_holds(version.valid_to, @to)
cross join lateral (
    select congress.date, congress.name, congress.valid_until
    from congress
    where congress.org = version.code
        and congress.date <= @to
    order by congress.date desc
    limit 1
) as latest
where scope.ancestor = any (@units)
    and scope.valid_from <= @to
    and scope.valid_to > @to
    and latest.valid_until between @from and @to

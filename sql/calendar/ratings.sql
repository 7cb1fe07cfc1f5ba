-- Grassroots organisations and branches under the unit on the last day of the year, and those with a rating of it.
select
    count(*) filter (where exists (
        select from rating where rating.org = unit.code and rating.year = extract(year from @to::date)))::integer as done,
    count(*)::integer as wanted
from org_closure as scope
join org_version as unit on unit.code = scope.descendant
    and (is_branch(unit.level_role) or is_grassroots(unit.level_role))
    and unit.valid_from <= @to
    and still_holds(unit.valid_to, @to)
where scope.ancestor = @unit
    and scope.valid_from <= @to
    and scope.valid_to > @to

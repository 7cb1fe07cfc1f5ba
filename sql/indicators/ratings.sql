-- Yearly ratings of the years that end in the period, the organisation under the unit on 31 December: one row per organisation and year.
-- source: rating, org_version     rule: docs/spec/statistics.md 1.9; a year is rated as of its last day
select
    scope.ancestor                                              as unit,
    rating.org                                                  as place,
    make_date(rating.year, 12, 31)                              as placed_on,
    rating.org                                                  as code,
    rated.name,
    rated.level::text                                           as level,
    rating.year,
    rating.grade::text                                          as grade,
    grassroots and rating.grade = 'Hoàn thành xuất sắc nhiệm vụ' as rated_excellent,
    grassroots and rating.grade = 'Hoàn thành tốt nhiệm vụ'     as rated_good,
    grassroots and rating.grade = 'Hoàn thành nhiệm vụ'         as rated_fair,
    grassroots and rating.grade = 'Không hoàn thành nhiệm vụ'   as rated_poor,
    rating.org = scope.ancestor
        and rating.grade <= 'Hoàn thành tốt nhiệm vụ'           as years_rated_well
from org_closure as scope
join rating on rating.org = scope.descendant
    and make_date(rating.year, 12, 31) between @from and @to
    and make_date(rating.year, 12, 31) >= scope.valid_from
    and make_date(rating.year, 12, 31) < scope.valid_to
join org_version as rated on rated.code = rating.org
    and rated.valid_from <= make_date(rating.year, 12, 31)
    and still_holds(rated.valid_to, make_date(rating.year, 12, 31))
cross join lateral (select is_grassroots(rated.level_role) as grassroots) as reading
where scope.ancestor = any (@units)

-- Organisations below superiors, under the unit on the last day, with their rating for its year: one row per organisation.
-- source: org_version, rating     rule: docs/spec/forms.md, form-6
select
    scope.ancestor                                              as unit,
    version.code                                                as place,
    @to                                                         as placed_on,
    version.code,
    version.name,
    version.level::text                                         as level,
    role_name(version.level_role)                               as role,
    grassroots_type_on(version.code, @to)                       as grassroots_type,
    (
        select rating.grade::text
        from rating
        where rating.org = version.code
            and rating.year = extract(year from @to::date))     as grade,
    (
        select lower(run)
        from (
            select unnest(range_agg(daterange(held.valid_from, held.valid_to))) as run
            from org_version as held
            where held.code = version.code) as life
        where run @> @to::date)                                 as founded,
    case when (
        select lower(run)
        from (
            select unnest(range_agg(daterange(held.valid_from, held.valid_to))) as run
            from org_version as held
            where held.code = version.code) as life
        where run @> @to::date) + interval '6 months' > @to then 'Có' end as is_new,
    version.level_role <> 'superior'                            as organisations_to_rate
from org_closure as scope
join org_version as version on version.code = scope.descendant
    and version.valid_from <= @to
    and still_holds(version.valid_to, @to)
where scope.ancestor = any (@units)
    and scope.valid_from <= @to
    and scope.valid_to > @to

-- People followed for admission on the last day, the branch that follows them under the unit: one row per person.
-- source: source     rule: docs/spec/figures.md, source_people
select
    scope.ancestor                                              as unit,
    source.branch                                               as place,
    @to                                                         as placed_on,
    source.code,
    known_birth(source.born, source.born_precision)             as born,
    source.sex::text                                            as sex,
    source.ethnicity::text                                      as ethnicity,
    source.valid_from                                           as since,
    source.class_date,
    case when source.youth then 'Có' end                        as youth,
    (
        select version.name
        from org_version as version
        where version.code = source.branch
            and version.valid_from <= @to
            and still_holds(version.valid_to, @to)) as branch_name,
    true                                                        as source_people
from org_closure as scope
join source on source.branch = scope.descendant
    and source.valid_from <= @to
    and still_holds(source.valid_to, @to)
where scope.ancestor = any (@units)
    and scope.valid_from <= @to
    and scope.valid_to > @to

-- Members who became official in the period, in a branch under the unit on that day: one row per person and day.
-- source: official_span, membership, member     rule: docs/spec/exchange-workbook.md, Đảng viên; docs/spec/statistics.md 1.10
select
    scope.ancestor                                              as unit,
    membership.branch                                           as place,
    recognised.valid_from                                       as placed_on,
    member.code,
    member.name,
    known_birth(member.born, member.born_precision)             as born,
    member.ethnicity::text                                      as ethnicity,
    recognised.valid_from                                       as date,
    (
        select version.name
        from org_version as version
        where version.code = membership.branch
            and version.valid_from <= recognised.valid_from
            and still_holds(version.valid_to, recognised.valid_from)) as branch_name,
    true                                                        as recognitions
from official_span as recognised
join membership on membership.member = recognised.member
    and membership.valid_from <= recognised.valid_from
    and still_holds(membership.valid_to, recognised.valid_from)
join org_closure as scope on scope.descendant = membership.branch
    and scope.valid_from <= recognised.valid_from
    and scope.valid_to > recognised.valid_from
left join lateral record_on(recognised.member, recognised.valid_from) as member on true
where recognised.valid_from between @from and @to
    and scope.ancestor = any (@units)

-- Members under the unit on a day, from the eve of the period on, that lies before their first admission that is written down: one row per membership.
-- source: membership, official_span (which begins long ago for these days)     rule: docs/spec/exchange-workbook.md, cycles
select
    scope.ancestor                                              as unit,
    membership.branch                                           as place,
    greatest(scope.valid_from, membership.valid_from, @from - 1) as placed_on,
    member.code,
    member.name,
    member.sex::text                                            as sex,
    known_birth(member.born, member.born_precision)             as born,
    membership.valid_from                                       as on_roll_from,
    unknown.valid_to                                            as known_from,
    (
        select version.name
        from org_version as version
        where version.code = membership.branch
            and version.valid_from <= greatest(scope.valid_from, membership.valid_from, @from - 1)
            and still_holds(version.valid_to, greatest(scope.valid_from, membership.valid_from, @from - 1))) as branch_name,
    true                                                        as first_admission_unknown
from org_closure as scope
join membership on membership.branch = scope.descendant
    and membership.valid_from <= @to
    and still_holds(membership.valid_to, @from - 1)
join official_span as unknown on unknown.member = membership.member
    and unknown.valid_from = '-infinity'
    and unknown.valid_to > greatest(scope.valid_from, membership.valid_from, @from - 1)
left join lateral record_on(membership.member, @to) as member on true
where scope.ancestor = any (@units)
    and scope.valid_from <= @to
    and scope.valid_to > @from - 1
    and scope.valid_from < coalesce(membership.valid_to, 'infinity')
    and scope.valid_to > membership.valid_from

-- Admissions whose official date lies in the period, the member in a branch under the unit on that day: one row per admission.
-- source: admission, membership, member     rule: docs/spec/figures.md, recognised
select
    scope.ancestor                                              as unit,
    membership.branch                                           as place,
    admission.official                                          as placed_on,
    member.code,
    member.name,
    known_birth(member.born, member.born_precision)             as born,
    member.ethnicity::text                                      as ethnicity,
    admission.date                                              as joined,
    admission.official                                          as date,
    (
        select version.name
        from org_version as version
        where version.code = membership.branch
            and version.valid_from <= admission.official
            and still_holds(version.valid_to, admission.official)) as branch_name,
    true                                                        as recognised
from admission
join membership on membership.member = admission.member
    and membership.valid_from <= admission.official
    and still_holds(membership.valid_to, admission.official)
join org_closure as scope on scope.descendant = membership.branch
    and scope.valid_from <= admission.official
    and scope.valid_to > admission.official
left join lateral record_on(admission.member, admission.official) as member on true
where admission.official between @from and @to
    and scope.ancestor = any (@units)

-- Members under the unit on the last day with their rating for its year: one row per member.
-- source: membership, member, member_rating     rule: docs/spec/forms.md, form-6
select
    scope.ancestor                                              as unit,
    membership.branch                                           as place,
    @to                                                         as placed_on,
    member.code,
    member.name,
    known_birth(member.born, member.born_precision)             as born,
    member.ethnicity::text                                      as ethnicity,
    joined_on(member.code, @to, member.joined, member.first_joined) as joined,
    case when member.excused then 'Có' end                      as excused,
    rated.grade::text                                           as grade,
    case when joined_on(member.code, @to, member.joined, member.first_joined) <= @to
            and joined_on(member.code, @to, member.joined, member.first_joined) + interval '6 months' > @to
        then 'Có' end                                           as is_new,
    grassroots_type_on(membership.branch, @to)                  as grassroots_type,
    (
        select version.name
        from org_version as version
        where version.code = membership.branch
            and version.valid_from <= @to
            and still_holds(version.valid_to, @to)) as branch_name,
    true                                                        as members_to_rate,
    rated.grade is null and not member.excused                  as members_unrated
from org_closure as scope
join membership on membership.branch = scope.descendant
    and membership.valid_from <= @to
    and still_holds(membership.valid_to, @to)
left join lateral record_on(membership.member, @to) as member on true
left join member_rating as rated on rated.member = membership.member
    and rated.year = extract(year from @to::date)
where scope.ancestor = any (@units)
    and scope.valid_from <= @to
    and scope.valid_to > @to

-- Members whose membership holds on the last day in a branch under the unit: one row per member.
-- source: membership, member, official_span     rule: docs/spec/figures.md, stock figures
select
    scope.ancestor                                              as unit,
    membership.branch                                           as place,
    @to                                                         as placed_on,
    member.code,
    member.name,
    member.sex::text                                            as sex,
    known_birth(member.born, member.born_precision)             as born,
    member.ethnicity::text                                      as ethnicity,
    joined_on(member.code, @to, member.joined, member.first_joined) as joined,
    member.first_joined,
    (
        select version.name
        from org_version as version
        where version.code = membership.branch
            and version.valid_from <= @to
            and still_holds(version.valid_to, @to)) as branch_name,
    completed_years(member.born, @to)                           as age,
    member.religion::text                                       as religion,
    member.occupation::text                                     as occupation,
    member.schooling::text                                      as schooling,
    member.qualification::text                                  as qualification,
    member.title::text                                          as title,
    member.theory::text                                         as theory,
    case when member.youth then 'Có' end                        as youth,
    case when member.owner then 'Có' end                        as owner,
    case when member.foreign_marriage then 'Có' end             as foreign_marriage,
    case when member.excused then 'Có' end                      as excused,
    case when member.away then 'Có' end                         as away,
    grassroots_type_on(membership.branch, @to)                  as grassroots_type,
    true                                                        as members,
    official.member is not null                                 as official_members,
    official.member is null                                     as probationary_members,
    member.sex = 'Nữ'                                           as female_members,
    is_minority(member.ethnicity)                               as minority_members,
    member.youth                                                as youth_members,
    member.religion is not null                                 as religious_members,
    member.away                                                 as away_members
from org_closure as scope
join membership on membership.branch = scope.descendant
    and membership.valid_from <= @to
    and still_holds(membership.valid_to, @to)
left join lateral record_on(membership.member, @to) as member on true
left join official_span as official on official.member = membership.member
    and official.valid_from <= @to
    and official.valid_to > @to
where scope.ancestor = any (@units)
    and scope.valid_from <= @to
    and scope.valid_to > @to

-- Admissions whose ceremony lies in the period, the branch under the unit on that day: one row per admission.
-- source: admission, member, membership, official_span, post     rule: docs/spec/figures.md, flow figures
select
    scope.ancestor                                              as unit,
    admission.branch                                            as place,
    admission.date                                              as placed_on,
    member.code,
    member.name,
    known_birth(member.born, member.born_precision)             as born,
    member.ethnicity::text                                      as ethnicity,
    admission.date,
    admission.decision,
    admission.branch                                            as branch,
    branch.name                                                 as branch_name,
    before.official_count,
    completed_years(member.born, admission.date)                as age,
    member.sex::text                                            as sex,
    member.religion::text                                       as religion,
    -- What somebody was when admitted, whatever became of him since.
    admission.occupation::text                                  as occupation,
    admission.schooling::text                                   as schooling,
    admission.qualification::text                               as qualification,
    case when admission.youth then 'Có' end                     as youth,
    case when admission.readmission then 'Có' end               as readmission,
    true                                                        as admissions,
    member.sex = 'Nữ'                                           as female_admissions,
    is_minority(member.ethnicity)                               as minority_admissions,
    admission.youth                                             as youth_admissions,
    member.religion is not null                                 as religious_admissions,
    admission.local
        and coalesce(is_local_branch(branch.level_role, branch.type), false)
        and before.official_count <= @few_member_max            as few_member_local_admissions,
    exists (
        select
        from post
        where post.member = admission.member
            and post.post = 'Trưởng bản'
            and post.valid_from <= admission.date
            and still_holds(post.valid_to, admission.date)) as village_head_admissions
from org_closure as scope
join admission on admission.branch = scope.descendant
    and admission.date between @from and @to
    and admission.date >= scope.valid_from
    and admission.date < scope.valid_to
left join lateral record_on(admission.member, admission.date) as member on true
left join org_version as branch on branch.code = admission.branch
    and branch.valid_from <= admission.date
    and still_holds(branch.valid_to, admission.date)
-- The day before the ceremony: an admission must not lift its own branch over the threshold.
cross join lateral (
    select count(*)::integer as official_count
    from membership
    join official_span as official on official.member = membership.member
        and official.valid_from <= admission.date - 1
        and official.valid_to > admission.date - 1
    where membership.branch = admission.branch
        and membership.valid_from <= admission.date - 1
        and still_holds(membership.valid_to, admission.date - 1)
) as before
where scope.ancestor = any (@units)
    and scope.valid_from <= @to
    and scope.valid_to > @from

-- Branches (both levels) under the unit on the last day, with what they have that day: one row per branch.
-- source: org_version, membership, official_span, service, meeting, assignment     rule: docs/spec/figures.md
with branch as (
    select
        scope.ancestor                                          as unit,
        version.code,
        version.name,
        version.level_role,
        version.type,
        parent.name                                             as parent_name
    from org_closure as scope
    join org_version as version on version.code = scope.descendant
        and version.valid_from <= @to
        and still_holds(version.valid_to, @to)
        and is_branch(version.level_role)
    left join org_version as parent on parent.code = version.parent
        and parent.valid_from <= @to
        and still_holds(parent.valid_to, @to)
    where scope.ancestor = any (@units)
        and scope.valid_from <= @to
        and scope.valid_to > @to
)
select
    branch.unit,
    branch.code                                                 as place,
    @to                                                         as placed_on,
    branch.code,
    branch.name,
    branch.type::text                                           as type,
    branch.parent_name,
    people.member_count,
    people.official_count,
    linked.village_names,
    committee.member_count                                      as committee_count,
    true                                                        as branches,
    people.official_count < 3                                   as branches_under_3,
    is_local_branch(branch.level_role, branch.type)
        and people.official_count <= @few_member_max            as few_member_branches,
    is_local_branch(branch.level_role, branch.type)
        and linked.village_count >= 2                           as joint_branches,
    exists (
        select
        from meeting
        where meeting.branch = branch.code
            and meeting.date between @from and @to
            and meeting.kind = 'Thường kỳ')                     as branches_met,
    not exists (
        select
        from meeting
        where meeting.branch = branch.code
            and meeting.date between @from and @to
            and meeting.kind = 'Thường kỳ')                     as branches_without_meeting,
    exists (
        select
        from assignment
        where assignment.branch = branch.code
            and assignment.valid_from <= @to
            and still_holds(assignment.valid_to, @to)) as followed_branches,
    committee.member_count > 0                                  as branches_with_committee,
    committee.member_count = 0
        and people.official_count >= 9                          as branches_9_without_committee
from branch
cross join lateral (
    select
        count(*)::integer                                       as member_count,
        count(official.member)::integer                         as official_count
    from membership
    left join official_span as official on official.member = membership.member
        and official.valid_from <= @to
        and official.valid_to > @to
    where membership.branch = branch.code
        and membership.valid_from <= @to
        and still_holds(membership.valid_to, @to)
) as people
cross join lateral (
    select
        count(distinct village.code)::integer                   as village_count,
        string_agg(distinct village.name, ', ')                 as village_names
    from service
    join village on village.code = service.village
        and village.valid_from <= @to
        and still_holds(village.valid_to, @to)
    where service.branch = branch.code
        and service.valid_from <= @to
        and still_holds(service.valid_to, @to)
) as linked
cross join lateral (
    select count(distinct post.member)::integer                 as member_count
    from post
    where post.place = branch.code
        and post.post = 'Chi ủy viên'
        and post.valid_from <= @to
        and still_holds(post.valid_to, @to)
) as committee

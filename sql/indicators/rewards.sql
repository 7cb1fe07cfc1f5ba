-- Rewards in the period, the member or the organisation under the unit on that day: one row per reward.
-- source: reward, membership, org_closure     rule: docs/spec/forms.md, form-7
select
    scope.ancestor                                              as unit,
    held.place                                                  as place,
    reward.date                                                 as placed_on,
    reward.code,
    held.name,
    reward.form::text                                           as form,
    reward.level::text                                          as level,
    reward.date,
    reward.decision,
    held.is_member                                              as rewards_of_members,
    not held.is_member                                          as rewards_of_organisations
from reward
cross join lateral (
    select membership.branch as place, member.name, true as is_member
    from membership
    left join lateral record_on(membership.member, reward.date) as member on true
    where membership.member = reward.code
        and membership.valid_from <= reward.date
        and still_holds(membership.valid_to, reward.date)
    union all
    select version.code, version.name, false
    from org_version as version
    where version.code = reward.code
        and version.valid_from <= reward.date
        and still_holds(version.valid_to, reward.date)
        and not exists (select from member where member.code = reward.code)
) as held
join org_closure as scope on scope.descendant = held.place
    and scope.valid_from <= reward.date
    and scope.valid_to > reward.date
where reward.date between @from and @to
    and scope.ancestor = any (@units)

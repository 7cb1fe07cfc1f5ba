-- Temporary stays that begin in the period: of members under the unit on that day who go, and of guests who come to a branch under it: one row per stay.
-- source: stay, membership, kept_name     rule: docs/spec/forms.md, form-7
select
    scope.ancestor                                              as unit,
    held.branch                                                 as place,
    stay.valid_from                                             as placed_on,
    stay.member                                                 as code,
    held.name,
    stay.direction::text                                        as direction,
    stay.place                                                  as stays_at,
    stay.origin,
    stay.valid_from                                             as since,
    stay.valid_to                                               as until,
    (
        select version.name
        from org_version as version
        where version.code = held.branch
            and version.valid_from <= stay.valid_from
            and still_holds(version.valid_to, stay.valid_from)) as branch_name,
    stay.direction = 'Đi'                                       as stays_away,
    stay.direction = 'Đến'                                      as stays_here
from stay
cross join lateral (
    select membership.branch::text collate "C" as branch, member.name
    from membership
    left join lateral record_on(membership.member, stay.valid_from) as member on true
    where stay.direction = 'Đi'
        and membership.member = stay.member
        and membership.valid_from <= stay.valid_from
        and still_holds(membership.valid_to, stay.valid_from)
    union all
    select stay.place, null
    where stay.direction = 'Đến'
) as held
join org_closure as scope on scope.descendant = held.branch
    and scope.valid_from <= stay.valid_from
    and scope.valid_to > stay.valid_from
where stay.valid_from between @from and @to
    and scope.ancestor = any (@units)

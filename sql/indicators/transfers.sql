-- Official transfers: memberships that end or begin in the period by a transfer whose other end is outside the unit: one row per membership and end.
-- source: membership, org_closure     rule: docs/spec/forms.md, form-7
with ended as (
    select
        scope.ancestor                                          as unit,
        membership.member,
        membership.branch,
        membership.valid_to                                     as date,
        membership.valid_to - 1                                 as seen_on,
        membership.reason_out::text                             as reason,
        true                                                    as goes,
        -- Another province or district is always outside, and so is who has not arrived.
        case when membership.reason_out = 'Chuyển nội bộ' then (
            select next.branch
            from membership as next
            where next.member = membership.member and next.valid_from >= membership.valid_to
            order by next.valid_from
            limit 1)
        end                                                     as other_branch,
        case when membership.reason_out = 'Chuyển nội bộ' then (
            select next.valid_from
            from membership as next
            where next.member = membership.member and next.valid_from >= membership.valid_to
            order by next.valid_from
            limit 1)
        end                                                     as other_day
    from org_closure as scope
    join membership on membership.branch = scope.descendant
        and membership.valid_to between @from and @to
        and membership.valid_to - 1 >= scope.valid_from
        and membership.valid_to - 1 < scope.valid_to
    where scope.ancestor = any (@units)
        and membership.reason_out in ('Chuyển đi tỉnh khác', 'Chuyển đi huyện khác', 'Chuyển nội bộ')
),
begun as (
    select
        scope.ancestor                                          as unit,
        membership.member,
        membership.branch,
        membership.valid_from                                   as date,
        membership.valid_from                                   as seen_on,
        membership.reason_in::text                              as reason,
        false                                                   as goes,
        case when membership.reason_in = 'Chuyển nội bộ' then (
            select last.branch
            from membership as last
            where last.member = membership.member and last.valid_to <= membership.valid_from
            order by last.valid_to desc
            limit 1)
        end                                                     as other_branch,
        case when membership.reason_in = 'Chuyển nội bộ' then (
            select last.valid_to - 1
            from membership as last
            where last.member = membership.member and last.valid_to <= membership.valid_from
            order by last.valid_to desc
            limit 1)
        end                                                     as other_day
    from org_closure as scope
    join membership on membership.branch = scope.descendant
        and membership.valid_from between @from and @to
        and membership.valid_from >= scope.valid_from
        and membership.valid_from < scope.valid_to
    where scope.ancestor = any (@units)
        and membership.reason_in in ('Chuyển đến từ tỉnh khác', 'Chuyển đến từ huyện khác', 'Chuyển nội bộ')
),
moved as (
    select *
    from (select * from ended union all select * from begun) as one
    where not exists (
        select
        from org_closure as inside
        where inside.ancestor = one.unit
            and inside.descendant = one.other_branch
            and inside.valid_from <= one.other_day
            and inside.valid_to > one.other_day)
)
select
    moved.unit,
    moved.branch                                                as place,
    moved.seen_on                                               as placed_on,
    member.code,
    member.name,
    known_birth(member.born, member.born_precision)             as born,
    member.ethnicity::text                                      as ethnicity,
    moved.date,
    moved.reason,
    (
        select version.name
        from org_version as version
        where version.code = moved.branch
            and version.valid_from <= moved.seen_on
            and still_holds(version.valid_to, moved.seen_on)) as branch_name,
    moved.goes                                                  as transfers_out,
    not moved.goes                                              as transfers_in
from moved
left join lateral record_on(moved.member, moved.seen_on) as member on true

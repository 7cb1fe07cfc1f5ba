-- Who was in the unit before the period and at its end, and who came in and went out between: one row per person and edge.
-- Days in the unit form runs: being in several of its branches one after the other, without a gap, is one run.
-- A run that begins in the period is one increase on its first day, a run that ends is one decrease on the first day after.
-- A move within the register between two districts counts as one from another district, unless the branch went on in the one that was reached.
-- source: membership, org_closure, official_span, restructuring     rule: docs/spec/figures.md, Movement
with piece as (
    select
        scope.ancestor                                          as unit,
        membership.member,
        membership.branch,
        greatest(membership.valid_from, scope.valid_from)       as valid_from,
        least(coalesce(membership.valid_to, 'infinity'), scope.valid_to) as valid_to,
        -- Without a reason the member did not move: the branch came under the unit, or left it.
        case when membership.valid_from >= scope.valid_from then membership.reason_in end as reason_in,
        case when membership.valid_to <= scope.valid_to then membership.reason_out end as reason_out
    from org_closure as scope
    join membership on membership.branch = scope.descendant
        and membership.valid_from <= @to
        and still_holds(membership.valid_to, @from - 1)
        and membership.valid_from < scope.valid_to
        and still_holds(membership.valid_to, scope.valid_from)
    where scope.ancestor = any (@units)
        and scope.valid_from <= @to
        and scope.valid_to >= @from
),
linked as (
    select
        piece.*,
        -- Pieces of one member never overlap, so a run goes on exactly where the neighbour touches.
        coalesce(lag(valid_to) over neighbours = valid_from, false) as continues,
        coalesce(lead(valid_from) over neighbours = valid_to, false) as continued
    from piece
    window neighbours as (partition by unit, member order by valid_from)
),
edge as (
    select unit, member, branch, 'opening' as line, @from - 1 as date, null::text as reason, @from - 1 as seen_on
    from linked
    where valid_from < @from and valid_to >= @from
    union all
    select unit, member, branch, 'increase', valid_from, reason_in::text, valid_from
    from linked
    where valid_from between @from and @to and not continues
    union all
    select unit, member, branch, 'decrease', valid_to, reason_out::text, valid_to - 1
    from linked
    where valid_to between @from and @to and not continued
    union all
    select unit, member, branch, 'closing', @to, null, @to
    from linked
    where valid_from <= @to and valid_to > @to
),
-- Both ends of a move within the register: the branch left, by the last membership that ended until then, and the branch reached.
moved as (
    select
        edge.*,
        case
            when edge.reason is distinct from 'Chuyển nội bộ' or other.branch is null then edge.reason
            when superior_on(gone.branch, gone.day - 1) is not distinct from superior_on(come.branch, come.day) then edge.reason
            when goes_on_in(gone.branch, come.branch, gone.day) then null
            when edge.line = 'increase' then 'Chuyển đến từ huyện khác'
            else 'Chuyển đi huyện khác'
        end as cause
    from edge
    left join lateral (
        select
            membership.branch, membership.reason_in,
            case when edge.line = 'increase' then membership.valid_to else membership.valid_from end as day
        from membership
        -- Within, so that nothing is looked for where nobody moved within the register.
        where edge.line in ('increase', 'decrease')
            and edge.reason = 'Chuyển nội bộ'
            and membership.member = edge.member
            and case when edge.line = 'increase' then membership.valid_to <= edge.date else membership.valid_from >= edge.date end
        order by case when edge.line = 'increase' then edge.date - membership.valid_to else membership.valid_from - edge.date end
        limit 1
    -- Who came back in another way did not arrive by this move.
    ) as other on edge.line = 'increase' or other.reason_in = 'Chuyển nội bộ'
    cross join lateral (
        select
            case when edge.line = 'increase' then other.branch else edge.branch end as branch,
            case when edge.line = 'increase' then other.day else edge.date end as day
    ) as gone
    cross join lateral (
        select
            case when edge.line = 'increase' then edge.branch else other.branch end as branch,
            case when edge.line = 'increase' then edge.date else other.day end as day
    ) as come
)
select
    moved.unit,
    moved.branch                                                 as place,
    moved.seen_on                                                as placed_on,
    (moved.record).code                                         as code,
    (moved.record).name                                         as name,
    known_birth((moved.record).born, (moved.record).born_precision) as born,
    (moved.record).ethnicity::text                              as ethnicity,
    moved.date,
    coalesce(moved.cause,
        case when line in ('increase', 'decrease') then 'Sắp xếp tổ chức' end) as reason,
    (
        select version.name
        from org_version as version
        where version.code = moved.branch
            and version.valid_from <= moved.seen_on
            and still_holds(version.valid_to, moved.seen_on)) as branch_name,
    line = 'opening'                                            as opening,
    line = 'increase'                                           as increases,
    line = 'increase' and coalesce(cause in ('Kết nạp', 'Kết nạp lại'), false) as inc_admitted,
    line = 'increase' and cause is not distinct from 'Chuyển đến từ tỉnh khác' as inc_other_province,
    line = 'increase' and cause is not distinct from 'Chuyển đến từ huyện khác' as inc_other_district,
    line = 'increase' and coalesce(cause in ('Chuyển đến từ tỉnh khác', 'Chuyển đến từ huyện khác'), false) as inc_transferred,
    line = 'increase' and cause is not distinct from 'Phục hồi đảng tịch' as inc_restored,
    line = 'increase' and cause is not distinct from 'Đầu kỳ'  as inc_initial,
    line = 'increase' and cause is not distinct from 'Chuyển nội bộ' as inc_internal,
    line = 'increase' and cause is null                        as inc_reorganised,
    line = 'decrease'                                           as decreases,
    line = 'decrease' and cause is not distinct from 'Từ trần' as dec_died,
    line = 'decrease' and cause is not distinct from 'Khai trừ' as dec_expelled,
    line = 'decrease' and cause is not distinct from 'Xóa tên' as dec_struck_off,
    line = 'decrease' and cause is not distinct from 'Xóa tên'
        and not exists (
            select
            from official_span as official
            where official.member = moved.member
                and official.valid_from <= moved.seen_on
                and official.valid_to > moved.seen_on)           as dec_struck_off_probationary,
    line = 'decrease' and cause is not distinct from 'Xin ra khỏi Đảng' as dec_resigned,
    line = 'decrease' and cause is not distinct from 'Chuyển đi tỉnh khác' as dec_other_province,
    line = 'decrease' and cause is not distinct from 'Chuyển đi huyện khác' as dec_other_district,
    line = 'decrease' and coalesce(cause in ('Chuyển đi tỉnh khác', 'Chuyển đi huyện khác'), false) as dec_transferred,
    line = 'decrease' and cause is not distinct from 'Chuyển nội bộ' as dec_internal,
    line = 'decrease' and cause is null                        as dec_reorganised,
    line = 'closing'                                            as closing
-- Looked up once a row for a list, and not at all for a count.
from (select moved.*, (select record from record_on(moved.member, moved.seen_on) as record) as record from moved offset 0) as moved

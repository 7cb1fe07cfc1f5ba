-- Error: entries (the trail of the import) on days that the head of a unit has closed (table period_lock); said of each unit and period once. Who accepts a request writes all the same
-- (sinho.unlocked).
with latest as (
    select distinct on (unit, period_from, period_to) unit::text as unit, period_from, period_to, locked
    from period_lock
    order by unit, period_from, period_to, lock_id desc
),
closed as materialized (
    select unit, period_from, period_to from latest where locked and coalesce(current_setting('sinho.unlocked', true), '') = ''
),
touched as materialized (
    select trail_id, unit, days
    from touched_units(trail_import() - 1, trail_import(), (select array_agg(distinct unit) from closed))
    where exists (select from closed)
)
select
    'Sổ đăng ký' as sheet, null::integer as row_no, null::text as column, closed.unit as value,
    format('%s dòng thuộc kỳ đã khóa của %s (từ %s đến %s); hãy gửi đề nghị để trưởng ban duyệt, hoặc mở khóa kỳ.',
        count(distinct touched.trail_id), closed.unit, day_text(closed.period_from), day_text(closed.period_to)) as message
from touched
join closed on closed.unit = touched.unit and touched.days && daterange(closed.period_from, closed.period_to, '[]')
group by closed.unit, closed.period_from, closed.period_to

-- Warning: entries on days of a signed report without a reason, once for each report and kind. Read from the trail of the import.
with signed as materialized (
    select signed_id, unit::text as unit, period_from, period_to, number
    from standing_report
    where (select reason from import_run where import_id = trail_import()) is null
),
touched as materialized (
    select trail_id, kind, unit, days
    from touched_units(trail_import() - 1, trail_import(), (select array_agg(distinct unit) from signed))
    where exists (select from signed)
),
said as (
    select signed.number, signed.period_from, signed.period_to, touched.kind, count(distinct touched.trail_id) as entries
    from touched
    join signed on signed.unit = touched.unit and touched.days && days_of_report(signed.period_from, signed.period_to)
    group by signed.signed_id, signed.number, signed.period_from, signed.period_to, touched.kind
)
select
    'Sổ đăng ký' as sheet, null::integer as row_no, null::text as column, said.number as value,
    format('%s %s thuộc kỳ đã ký của báo cáo số %s (từ %s đến %s); hãy nêu lý do (dòng lệnh: --reason). Số liệu đã ký vẫn giữ nguyên; xem “Từ khi ký đã khác gì?” ở trang của báo cáo.',
        said.entries, case said.kind when 'late' then 'dòng nhập muộn' else 'dòng sửa' end, said.number, day_text(said.period_from), day_text(said.period_to)) as message
from said

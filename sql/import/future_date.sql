-- Warning: a date later than the day of the import. Terms and the ends of intervals may lie ahead.
with today as materialized (
    select last_entry_day() as day
),
dated as (
    select 'Tổ chức' as sheet, row_no, 'Từ ngày' as from_column, valid_from as day, remove or duplicate or faulty as passed_over from stage_org_version
    union all
    select 'Bản', row_no, 'Từ ngày', valid_from, remove or duplicate or faulty from stage_village
    union all
    select 'Chi bộ - bản', row_no, 'Từ ngày', valid_from, remove or duplicate or faulty from stage_service
    union all
    select 'Đảng viên', row_no, 'Ngày sinh', born, remove or duplicate or faulty from stage_member
    union all
    select 'Đảng viên', row_no, 'Ngày vào Đảng', joined, remove or duplicate or faulty from stage_member
    union all
    select 'Đảng viên', row_no, 'Ngày chính thức', official, remove or duplicate or faulty from stage_member
    union all
    select 'Kết nạp', row_no, 'Ngày kết nạp', date, remove or duplicate or faulty from stage_admission
    union all
    select 'Kết nạp', row_no, 'Ngày quyết định', decided, remove or duplicate or faulty from stage_admission
    union all
    select 'Kết nạp', row_no, 'Ngày chính thức', official, remove or duplicate or faulty from stage_admission
    union all
    select 'Sinh hoạt', row_no, 'Từ ngày', valid_from, remove or duplicate or faulty from stage_membership
    union all
    select 'Chức vụ', row_no, 'Từ ngày', valid_from, remove or duplicate or faulty from stage_post
    union all
    select 'Sắp xếp', row_no, 'Ngày hiệu lực', date, remove or duplicate or faulty from stage_restructuring
    union all
    select 'Họp chi bộ', row_no, 'Ngày họp', date, remove or duplicate or faulty from stage_meeting
    union all
    select 'Phân công', row_no, 'Từ ngày', valid_from, remove or duplicate or faulty from stage_assignment
    union all
    select 'Kiểm tra', row_no, 'Ngày', date, remove or duplicate or faulty from stage_inspection
    union all
    select 'Huy hiệu', row_no, 'Ngày', date, remove or duplicate or faulty from stage_badge
    union all
    select 'Thẻ đảng', row_no, 'Ngày', date, remove or duplicate or faulty from stage_card
    union all
    select 'Khen thưởng', row_no, 'Ngày', date, remove or duplicate or faulty from stage_reward
    union all
    select 'Sinh hoạt tạm thời', row_no, 'Từ ngày', valid_from, remove or duplicate or faulty from stage_stay
    union all
    select 'Nguồn kết nạp', row_no, 'Từ ngày', valid_from, remove or duplicate or faulty from stage_source
    union all
    select 'Nguồn kết nạp', row_no, 'Học lớp nhận thức', class_date, remove or duplicate or faulty from stage_source
    union all
    select 'Đại hội', row_no, 'Ngày', date, remove or duplicate or faulty from stage_congress
)
select dated.sheet, dated.row_no, dated.from_column as column, day_text(dated.day) as value,
    format('Ngày %s ở sau ngày nhập (%s); hãy kiểm tra lại năm.', day_text(dated.day), day_text(today.day)) as message
from dated
cross join today
where dated.day > today.day and not dated.passed_over

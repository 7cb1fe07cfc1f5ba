-- Warning: a new row whose key differs from that of a row that was stored before by a date alone, within 31 days; of a branch's meetings of one
-- kind within 7 days, for they come every month. A corrected date is a new key: the row that was wrong stays until it is removed.
with said as (
    select 'Tổ chức' as sheet, 'Từ ngày' as from_column, 31 as within, row_no, array[code::text] as key, valid_from as day, stored, remove or duplicate or faulty as unused
    from stage_org_version
    union all
    select 'Bản', 'Từ ngày', 31, row_no, array[code::text], valid_from, stored, remove or duplicate or faulty from stage_village
    union all
    select 'Đảng viên', 'Từ ngày', 31, row_no, array[code::text], valid_from, stored, remove or duplicate or faulty or valid_from = '-infinity' from stage_member
    union all
    select 'Chi bộ - bản', 'Từ ngày', 31, row_no, array[branch::text, village::text], valid_from, stored, remove or duplicate or faulty from stage_service
    union all
    select 'Kết nạp', 'Ngày kết nạp', 31, row_no, array[member::text], date, stored, remove or duplicate or faulty from stage_admission
    union all
    select 'Sinh hoạt', 'Từ ngày', 31, row_no, array[member::text, branch::text], valid_from, stored, remove or duplicate or faulty from stage_membership
    union all
    select 'Chức vụ', 'Từ ngày', 31, row_no, array[member::text, post::text, place::text], valid_from, stored, remove or duplicate or faulty from stage_post
    union all
    select 'Họp chi bộ', 'Ngày họp', 7, row_no, array[branch::text, kind::text], date, stored, remove or duplicate or faulty from stage_meeting
    union all
    select 'Phân công', 'Từ ngày', 31, row_no, array[member::text, branch::text], valid_from, stored, remove or duplicate or faulty from stage_assignment
),
fresh as materialized (
    select * from said where not stored and not unused
),
-- What the register holds, the fresh rows among it.
kept as (
    select 'Tổ chức' as sheet, array[code::text] as key, valid_from as day from org_version
    union all
    select 'Bản', array[code::text], valid_from from village
    union all
    select 'Đảng viên', array[code::text], valid_from from member where valid_from > '-infinity'
    union all
    select 'Chi bộ - bản', array[branch::text, village::text], valid_from from service
    union all
    select 'Kết nạp', array[member::text], date from admission
    union all
    select 'Sinh hoạt', array[member::text, branch::text], valid_from from membership
    union all
    select 'Chức vụ', array[member::text, post::text, place::text], valid_from from post
    union all
    select 'Họp chi bộ', array[branch::text, kind::text], date from meeting
    union all
    select 'Phân công', array[member::text, branch::text], valid_from from assignment
)
select distinct on (fresh.sheet, fresh.row_no)
    fresh.sheet, fresh.row_no, fresh.from_column as column, day_text(fresh.day) as value,
    format('Hệ thống đã có một dòng cùng khóa, chỉ khác ngày: %s. Nếu dòng này sửa ngày của dòng đó thì hãy thêm dòng cũ với x ở cột Xóa, nếu không sẽ có hai dòng.',
        day_text(kept.day)) as message
from fresh
join kept on kept.sheet = fresh.sheet and kept.key = fresh.key and kept.day <> fresh.day and abs(kept.day - fresh.day) <= fresh.within
where not exists (select from fresh as own where own.sheet = kept.sheet and own.key = kept.key and own.day = kept.day)
order by fresh.sheet, fresh.row_no, abs(kept.day - fresh.day)

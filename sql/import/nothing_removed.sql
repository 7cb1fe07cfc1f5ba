-- Warning: Xóa on a key that is not stored.
select sheet, row_no, 'Xóa' as column, 'x' as value,
    format('Không có dòng nào với khóa này (%s) trong hệ thống nên không có gì để xóa; hãy kiểm tra lại khóa.', key) as message
from (
    select 'Nhiệm kỳ' as sheet, row_no, name as key, remove, stored, faulty, duplicate from stage_term
    union all
    select 'Tổ chức', row_no, concat_ws(', ', code, day_text(valid_from)), remove, stored, faulty, duplicate from stage_org_version
    union all
    select 'Bản', row_no, concat_ws(', ', code, day_text(valid_from)), remove, stored, faulty, duplicate from stage_village
    union all
    select 'Chi bộ - bản', row_no, concat_ws(', ', branch, village, day_text(valid_from)), remove, stored, faulty, duplicate from stage_service
    union all
    select 'Đảng viên', row_no, concat_ws(', ', code, day_text(nullif(valid_from, '-infinity'))), remove, stored, faulty, duplicate from stage_member
    union all
    select 'Kết nạp', row_no, concat_ws(', ', member, day_text(date)), remove, stored, faulty, duplicate from stage_admission
    union all
    select 'Sinh hoạt', row_no, concat_ws(', ', member, branch, day_text(valid_from)), remove, stored, faulty, duplicate from stage_membership
    union all
    select 'Chức vụ', row_no, concat_ws(', ', member, post, place, day_text(valid_from), nullif(outsider, '')), remove, stored, faulty, duplicate from stage_post
    union all
    select 'Sắp xếp', row_no, concat_ws(', ', decision, nullif(group_name, ''), unit, role), remove, stored, faulty, duplicate from stage_restructuring
    union all
    select 'Xếp loại', row_no, concat_ws(', ', year, org), remove, stored, faulty, duplicate from stage_rating
    union all
    select 'Họp chi bộ', row_no, concat_ws(', ', branch, day_text(date)), remove, stored, faulty, duplicate from stage_meeting
    union all
    select 'Phân công', row_no, concat_ws(', ', member, branch, day_text(valid_from)), remove, stored, faulty, duplicate from stage_assignment
    union all
    select 'Kiểm tra', row_no, concat_ws(', ', document, org), remove, stored, faulty, duplicate from stage_inspection
    union all
    select 'Chỉ tiêu', row_no, concat_ws(', ', org, period, item), remove, stored, faulty, duplicate from stage_plan
    union all
    select 'Huy hiệu', row_no, concat_ws(', ', member, years), remove, stored, faulty, duplicate from stage_badge
    union all
    select 'Thẻ đảng', row_no, concat_ws(', ', member, day_text(date)), remove, stored, faulty, duplicate from stage_card
    union all
    select 'Khen thưởng', row_no, concat_ws(', ', code, form, day_text(date)), remove, stored, faulty, duplicate from stage_reward
    union all
    select 'Sinh hoạt tạm thời', row_no, concat_ws(', ', member, direction, day_text(valid_from)), remove, stored, faulty, duplicate from stage_stay
    union all
    select 'Xếp loại đảng viên', row_no, concat_ws(', ', year, member), remove, stored, faulty, duplicate from stage_member_rating
    union all
    select 'Nguồn kết nạp', row_no, code, remove, stored, faulty, duplicate from stage_source
    union all
    select 'Đại hội', row_no, concat_ws(', ', org, day_text(date)), remove, stored, faulty, duplicate from stage_congress
    union all
    select 'Mã cũ', row_no, alias, remove, stored, faulty, duplicate from stage_former_code
) as said
where remove and not stored and not faulty and not duplicate

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
    select 'Chức vụ', row_no, concat_ws(', ', member, post, place, day_text(valid_from)), remove, stored, faulty, duplicate from stage_post
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
    select 'Mã cũ', row_no, alias, remove, stored, faulty, duplicate from stage_former_code
) as said
where remove and not stored and not faulty and not duplicate

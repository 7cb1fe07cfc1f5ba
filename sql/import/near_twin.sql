-- Warning: a new row whose key differs from that of a row that was stored before by a date alone, within 31 days; of a branch's meetings of one
-- kind within 7 days, for they come every month. A corrected date is a new key: the row that was wrong stays until it is removed.
with twin as (
    select 'Tổ chức' as sheet, stage.row_no, 'Từ ngày' as from_column, stage.valid_from as day, kept.valid_from as other
    from stage_org_version as stage
    join org_version as kept on kept.code = stage.code and kept.valid_from <> stage.valid_from and abs(kept.valid_from - stage.valid_from) <= 31
    where not stage.stored and not stage.remove and not stage.duplicate and not stage.faulty
        and not exists (select from stage_org_version as own where own.code = kept.code and own.valid_from = kept.valid_from and not own.stored)
    union all
    select 'Bản', stage.row_no, 'Từ ngày', stage.valid_from, kept.valid_from
    from stage_village as stage
    join village as kept on kept.code = stage.code and kept.valid_from <> stage.valid_from and abs(kept.valid_from - stage.valid_from) <= 31
    where not stage.stored and not stage.remove and not stage.duplicate and not stage.faulty
        and not exists (select from stage_village as own where own.code = kept.code and own.valid_from = kept.valid_from and not own.stored)
    union all
    select 'Đảng viên', stage.row_no, 'Từ ngày', stage.valid_from, kept.valid_from
    from stage_member as stage
    join member as kept on kept.code = stage.code
        and kept.valid_from <> stage.valid_from
        and kept.valid_from between stage.valid_from - 31 and stage.valid_from + 31
    where not stage.stored and not stage.remove and not stage.duplicate and not stage.faulty
        and not exists (select from stage_member as own where own.code = kept.code and own.valid_from = kept.valid_from and not own.stored)
    union all
    select 'Chi bộ - bản', stage.row_no, 'Từ ngày', stage.valid_from, kept.valid_from
    from stage_service as stage
    join service as kept on kept.branch = stage.branch and kept.village = stage.village
        and kept.valid_from <> stage.valid_from and abs(kept.valid_from - stage.valid_from) <= 31
    where not stage.stored and not stage.remove and not stage.duplicate and not stage.faulty
        and not exists (
            select from stage_service as own
            where own.branch = kept.branch and own.village = kept.village and own.valid_from = kept.valid_from and not own.stored)
    union all
    select 'Kết nạp', stage.row_no, 'Ngày kết nạp', stage.date, kept.date
    from stage_admission as stage
    join admission as kept on kept.member = stage.member and kept.date <> stage.date and abs(kept.date - stage.date) <= 31
    where not stage.stored and not stage.remove and not stage.duplicate and not stage.faulty
        and not exists (select from stage_admission as own where own.member = kept.member and own.date = kept.date and not own.stored)
    union all
    select 'Sinh hoạt', stage.row_no, 'Từ ngày', stage.valid_from, kept.valid_from
    from stage_membership as stage
    join membership as kept on kept.member = stage.member and kept.branch = stage.branch
        and kept.valid_from <> stage.valid_from and abs(kept.valid_from - stage.valid_from) <= 31
    where not stage.stored and not stage.remove and not stage.duplicate and not stage.faulty
        and not exists (
            select from stage_membership as own
            where own.member = kept.member and own.branch = kept.branch and own.valid_from = kept.valid_from and not own.stored)
    union all
    select 'Chức vụ', stage.row_no, 'Từ ngày', stage.valid_from, kept.valid_from
    from stage_post as stage
    join post as kept on kept.member = stage.member and kept.post::text = stage.post and kept.place = stage.place
        and kept.valid_from <> stage.valid_from and abs(kept.valid_from - stage.valid_from) <= 31
    where not stage.stored and not stage.remove and not stage.duplicate and not stage.faulty
        and not exists (
            select from stage_post as own
            where own.member = kept.member and own.post = kept.post::text and own.place = kept.place and own.valid_from = kept.valid_from and not own.stored)
    union all
    select 'Họp chi bộ', stage.row_no, 'Ngày họp', stage.date, kept.date
    from stage_meeting as stage
    join meeting as kept on kept.branch = stage.branch and kept.kind::text = stage.kind
        and kept.date <> stage.date and kept.date between stage.date - 7 and stage.date + 7
    where not stage.stored and not stage.remove and not stage.duplicate and not stage.faulty
        and not exists (select from stage_meeting as own where own.branch = kept.branch and own.date = kept.date and not own.stored)
    union all
    select 'Phân công', stage.row_no, 'Từ ngày', stage.valid_from, kept.valid_from
    from stage_assignment as stage
    join assignment as kept on kept.member = stage.member and kept.branch = stage.branch
        and kept.valid_from <> stage.valid_from and abs(kept.valid_from - stage.valid_from) <= 31
    where not stage.stored and not stage.remove and not stage.duplicate and not stage.faulty
        and not exists (
            select from stage_assignment as own
            where own.member = kept.member and own.branch = kept.branch and own.valid_from = kept.valid_from and not own.stored)
)
select distinct on (sheet, row_no)
    sheet, row_no, from_column as column, day_text(day) as value,
    format('Hệ thống đã có một dòng cùng khóa, chỉ khác ngày: %s. Nếu dòng này sửa ngày của dòng đó thì hãy thêm dòng cũ với x ở cột Xóa, nếu không sẽ có hai dòng.',
        day_text(other)) as message
from twin
order by sheet, row_no, abs(other - day)

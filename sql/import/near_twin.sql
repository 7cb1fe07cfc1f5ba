-- Warning: a new row whose key differs from that of a row that was stored before by a date alone, within 31 days; of a branch's meetings of one
-- kind within 7 days, for they come every month. A corrected date is a new key: the row that was wrong stays until it is removed.
with near as (
    select 'Tổ chức' as sheet, 'Từ ngày' as from_column, fresh.row_no, fresh.valid_from as day, kept.valid_from as twin
    from stage_org_version as fresh
    join org_version as kept on kept.code = fresh.code and kept.valid_from between fresh.valid_from - 31 and fresh.valid_from + 31 and kept.valid_from <> fresh.valid_from
    where not (fresh.stored or fresh.remove or fresh.duplicate or fresh.faulty)
        and not exists (select from stage_org_version as own where own.code = kept.code and own.valid_from = kept.valid_from and not (own.stored or own.remove or own.duplicate or own.faulty))
    union all
    select 'Bản', 'Từ ngày', fresh.row_no, fresh.valid_from, kept.valid_from
    from stage_village as fresh
    join village as kept on kept.code = fresh.code and kept.valid_from between fresh.valid_from - 31 and fresh.valid_from + 31 and kept.valid_from <> fresh.valid_from
    where not (fresh.stored or fresh.remove or fresh.duplicate or fresh.faulty)
        and not exists (select from stage_village as own where own.code = kept.code and own.valid_from = kept.valid_from and not (own.stored or own.remove or own.duplicate or own.faulty))
    union all
    select 'Đảng viên', 'Từ ngày', fresh.row_no, fresh.valid_from, kept.valid_from
    from stage_member as fresh
    join member as kept on kept.code = fresh.code and kept.valid_from between fresh.valid_from - 31 and fresh.valid_from + 31 and kept.valid_from <> fresh.valid_from
    where not (fresh.stored or fresh.remove or fresh.duplicate or fresh.faulty) and kept.valid_from > '-infinity' and fresh.valid_from > '-infinity'
        and not exists (select from stage_member as own where own.code = kept.code and own.valid_from = kept.valid_from and not (own.stored or own.remove or own.duplicate or own.faulty))
    union all
    select 'Chi bộ - bản', 'Từ ngày', fresh.row_no, fresh.valid_from, kept.valid_from
    from stage_service as fresh
    join service as kept on kept.branch = fresh.branch and kept.village = fresh.village and kept.valid_from between fresh.valid_from - 31 and fresh.valid_from + 31 and kept.valid_from <> fresh.valid_from
    where not (fresh.stored or fresh.remove or fresh.duplicate or fresh.faulty)
        and not exists (select from stage_service as own where own.branch = kept.branch and own.village = kept.village and own.valid_from = kept.valid_from and not (own.stored or own.remove or own.duplicate or own.faulty))
    union all
    select 'Kết nạp', 'Ngày kết nạp', fresh.row_no, fresh.date, kept.date
    from stage_admission as fresh
    join admission as kept on kept.member = fresh.member and kept.date between fresh.date - 31 and fresh.date + 31 and kept.date <> fresh.date
    where not (fresh.stored or fresh.remove or fresh.duplicate or fresh.faulty)
        and not exists (select from stage_admission as own where own.member = kept.member and own.date = kept.date and not (own.stored or own.remove or own.duplicate or own.faulty))
    union all
    select 'Sinh hoạt', 'Từ ngày', fresh.row_no, fresh.valid_from, kept.valid_from
    from stage_membership as fresh
    join membership as kept on kept.member = fresh.member and kept.branch = fresh.branch and kept.valid_from between fresh.valid_from - 31 and fresh.valid_from + 31 and kept.valid_from <> fresh.valid_from
    where not (fresh.stored or fresh.remove or fresh.duplicate or fresh.faulty)
        and not exists (select from stage_membership as own where own.member = kept.member and own.branch = kept.branch and own.valid_from = kept.valid_from and not (own.stored or own.remove or own.duplicate or own.faulty))
    union all
    select 'Chức vụ', 'Từ ngày', fresh.row_no, fresh.valid_from, kept.valid_from
    from stage_post as fresh
    join post as kept on kept.member is not distinct from fresh.member and kept.outsider = fresh.outsider and kept.post::text = fresh.post and kept.place = fresh.place and kept.valid_from between fresh.valid_from - 31 and fresh.valid_from + 31 and kept.valid_from <> fresh.valid_from
    where not (fresh.stored or fresh.remove or fresh.duplicate or fresh.faulty)
        and not exists (select from stage_post as own where own.member is not distinct from kept.member and own.outsider = kept.outsider and own.post = kept.post::text and own.place = kept.place and own.valid_from = kept.valid_from and not (own.stored or own.remove or own.duplicate or own.faulty))
    union all
    select 'Họp chi bộ', 'Ngày họp', fresh.row_no, fresh.date, kept.date
    from stage_meeting as fresh
    join meeting as kept on kept.branch = fresh.branch and kept.kind::text = fresh.kind and kept.date between fresh.date - 7 and fresh.date + 7 and kept.date <> fresh.date
    where not (fresh.stored or fresh.remove or fresh.duplicate or fresh.faulty)
        and not exists (select from stage_meeting as own where own.branch = kept.branch and own.kind = kept.kind::text and own.date = kept.date and not (own.stored or own.remove or own.duplicate or own.faulty))
    union all
    select 'Phân công', 'Từ ngày', fresh.row_no, fresh.valid_from, kept.valid_from
    from stage_assignment as fresh
    join assignment as kept on kept.member = fresh.member and kept.branch = fresh.branch and kept.valid_from between fresh.valid_from - 31 and fresh.valid_from + 31 and kept.valid_from <> fresh.valid_from
    where not (fresh.stored or fresh.remove or fresh.duplicate or fresh.faulty)
        and not exists (select from stage_assignment as own where own.member = kept.member and own.branch = kept.branch and own.valid_from = kept.valid_from and not (own.stored or own.remove or own.duplicate or own.faulty))
    union all
    select 'Thẻ đảng', 'Ngày', fresh.row_no, fresh.date, kept.date
    from stage_card as fresh
    join card as kept on kept.member = fresh.member and kept.date between fresh.date - 31 and fresh.date + 31 and kept.date <> fresh.date
    where not (fresh.stored or fresh.remove or fresh.duplicate or fresh.faulty)
        and not exists (select from stage_card as own where own.member = kept.member and own.date = kept.date and not (own.stored or own.remove or own.duplicate or own.faulty))
    union all
    select 'Khen thưởng', 'Ngày', fresh.row_no, fresh.date, kept.date
    from stage_reward as fresh
    join reward as kept on kept.code = fresh.code and kept.form::text = fresh.form and kept.date between fresh.date - 31 and fresh.date + 31 and kept.date <> fresh.date
    where not (fresh.stored or fresh.remove or fresh.duplicate or fresh.faulty)
        and not exists (select from stage_reward as own where own.code = kept.code and own.form = kept.form::text and own.date = kept.date and not (own.stored or own.remove or own.duplicate or own.faulty))
    union all
    select 'Sinh hoạt tạm thời', 'Từ ngày', fresh.row_no, fresh.valid_from, kept.valid_from
    from stage_stay as fresh
    join stay as kept on kept.member = fresh.member and kept.direction::text = fresh.direction and kept.valid_from between fresh.valid_from - 31 and fresh.valid_from + 31 and kept.valid_from <> fresh.valid_from
    where not (fresh.stored or fresh.remove or fresh.duplicate or fresh.faulty)
        and not exists (select from stage_stay as own where own.member = kept.member and own.direction = kept.direction::text and own.valid_from = kept.valid_from and not (own.stored or own.remove or own.duplicate or own.faulty))
    union all
    select 'Đại hội', 'Ngày', fresh.row_no, fresh.date, kept.date
    from stage_congress as fresh
    join congress as kept on kept.org = fresh.org and kept.date between fresh.date - 31 and fresh.date + 31 and kept.date <> fresh.date
    where not (fresh.stored or fresh.remove or fresh.duplicate or fresh.faulty)
        and not exists (select from stage_congress as own where own.org = kept.org and own.date = kept.date and not (own.stored or own.remove or own.duplicate or own.faulty))
)
select distinct on (sheet, row_no)
    sheet, row_no, from_column as column, day_text(day) as value,
    format('Hệ thống đã có một dòng cùng khóa, chỉ khác ngày: %s. Nếu dòng này sửa ngày của dòng đó thì hãy thêm dòng cũ với x ở cột Xóa, nếu không sẽ có hai dòng.',
        day_text(twin)) as message
from near
order by sheet, row_no, abs(twin - day)

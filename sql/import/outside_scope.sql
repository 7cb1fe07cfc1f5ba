-- What an account of a unit writes and is not his unit's: a row may be written when its branch, unit or village is under the unit on all days on which it
-- changes, before and after; a person's record when he is on that roll today. Nothing for who writes for the whole register (sinho.scope_units is empty).
with scope as materialized (
    select unnest(nullif(current_setting('sinho.scope_units', true), '')::text[]) as unit
),
done as materialized (
    select table_name, before, after, coalesce(after, before) as said
    from trail
    where import_id = trail_import() and exists (select from scope)
),
-- A change of nothing but the official date is of the person: the branch that admitted him may be another's by now.
of_person as (
    select 'Đảng viên' as sheet, 'Mã đảng viên' as column, stage.row_no, said ->> 'code' as person
    from done
    left join stage_member as stage on stage.code = said ->> 'code' and stage.valid_from = (said ->> 'valid_from')::date
    where table_name = 'member'
    union all
    select 'Kết nạp', 'Mã đảng viên', stage.row_no, said ->> 'member'
    from done
    left join stage_admission as stage on stage.member = said ->> 'member' and stage.date = (said ->> 'date')::date
    where table_name = 'admission' and before - 'official' = after - 'official'
    union all
    select 'Huy hiệu', 'Mã đảng viên', stage.row_no, said ->> 'member'
    from done
    left join stage_badge as stage on stage.member = said ->> 'member' and stage.years = (said ->> 'years')::integer
    where table_name = 'badge'
    union all
    select 'Thẻ đảng', 'Mã đảng viên', stage.row_no, said ->> 'member'
    from done
    left join stage_card as stage on stage.member = said ->> 'member' and stage.date = (said ->> 'date')::date
    where table_name = 'card'
    union all
    select 'Khen thưởng', 'Mã', stage.row_no, said ->> 'code'
    from done
    left join stage_reward as stage on stage.code = said ->> 'code' and stage.form = said ->> 'form' and stage.date = (said ->> 'date')::date
    where table_name = 'reward' and exists (select from person where code = said ->> 'code')
    union all
    select 'Sinh hoạt tạm thời', 'Mã đảng viên', stage.row_no, said ->> 'member'
    from done
    left join stage_stay as stage on stage.member = said ->> 'member' and stage.direction = said ->> 'direction' and stage.valid_from = (said ->> 'valid_from')::date
    where table_name = 'stay' and said ->> 'direction' = 'Đi'
    union all
    select 'Xếp loại đảng viên', 'Mã đảng viên', stage.row_no, said ->> 'member'
    from done
    left join stage_member_rating as stage on stage.member = said ->> 'member' and stage.year = (said ->> 'year')::integer
    where table_name = 'member_rating'
),
of_place as (
    select 'Sinh hoạt' as sheet, 'Mã chi bộ' as column, stage.row_no, said ->> 'branch' as place, changed_days(before, after) as days
    from done
    left join stage_membership as stage on stage.member = said ->> 'member' and stage.branch = said ->> 'branch' and stage.valid_from = (said ->> 'valid_from')::date
    where table_name = 'membership'
    union all
    select 'Kết nạp', 'Mã chi bộ', stage.row_no, side.branch, daterange((said ->> 'date')::date, (said ->> 'date')::date, '[]')
    from done
    cross join lateral (select before ->> 'branch' as branch union select after ->> 'branch') as side
    left join stage_admission as stage on stage.member = said ->> 'member' and stage.date = (said ->> 'date')::date
    where table_name = 'admission' and side.branch is not null and before - 'official' is distinct from after - 'official'
    union all
    select 'Chức vụ', 'Nơi giữ chức', stage.row_no, coalesce(village.commune, said ->> 'place'), changed_days(before, after)
    from done
    left join stage_post as stage on stage.member is not distinct from said ->> 'member' and stage.outsider = coalesce(said ->> 'outsider', '') and stage.post = said ->> 'post' and stage.place = said ->> 'place' and stage.valid_from = (said ->> 'valid_from')::date
    left join lateral (
        select version.commune::text from village as version where version.code = said ->> 'village' order by version.valid_from desc limit 1
    ) as village on true
    where table_name = 'post'
    union all
    select 'Phân công', 'Mã chi bộ', stage.row_no, said ->> 'branch', changed_days(before, after)
    from done
    left join stage_assignment as stage on stage.member = said ->> 'member' and stage.branch = said ->> 'branch' and stage.valid_from = (said ->> 'valid_from')::date
    where table_name = 'assignment'
    union all
    select 'Chi bộ - bản', 'Mã chi bộ', stage.row_no, said ->> 'branch', changed_days(before, after)
    from done
    left join stage_service as stage on stage.branch = said ->> 'branch' and stage.village = said ->> 'village' and stage.valid_from = (said ->> 'valid_from')::date
    where table_name = 'service'
    union all
    select 'Họp chi bộ', 'Mã chi bộ', stage.row_no, said ->> 'branch', daterange((said ->> 'date')::date, (said ->> 'date')::date, '[]')
    from done
    left join stage_meeting as stage on stage.branch = said ->> 'branch' and stage.date = (said ->> 'date')::date
    where table_name = 'meeting'
    union all
    select 'Xếp loại', 'Mã tổ chức', stage.row_no, said ->> 'org', daterange(last.day, last.day, '[]')
    from done
    cross join lateral (select least(make_date((said ->> 'year')::integer, 12, 31), last_entry_day()) as day) as last
    left join stage_rating as stage on stage.org = said ->> 'org' and stage.year = (said ->> 'year')::integer
    where table_name = 'rating'
    union all
    select 'Chỉ tiêu', 'Mã tổ chức', stage.row_no, said ->> 'org', daterange(last_entry_day(), last_entry_day(), '[]')
    from done
    left join stage_plan as stage on stage.org = said ->> 'org' and stage.period = said ->> 'period' and stage.item = said ->> 'item'
    where table_name = 'plan'
    union all
    select 'Đại hội', 'Mã tổ chức', stage.row_no, said ->> 'org', daterange((said ->> 'date')::date, (said ->> 'date')::date, '[]')
    from done
    left join stage_congress as stage on stage.org = said ->> 'org' and stage.date = (said ->> 'date')::date
    where table_name = 'congress'
    union all
    select 'Khen thưởng', 'Mã', stage.row_no, said ->> 'code', daterange((said ->> 'date')::date, (said ->> 'date')::date, '[]')
    from done
    left join stage_reward as stage on stage.code = said ->> 'code' and stage.form = said ->> 'form' and stage.date = (said ->> 'date')::date
    where table_name = 'reward' and not exists (select from person where code = said ->> 'code')
    union all
    select 'Sinh hoạt tạm thời', 'Nơi', stage.row_no, side.place, changed_days(before, after)
    from done
    cross join lateral (select before ->> 'place' as place union select after ->> 'place') as side
    left join stage_stay as stage on stage.member = said ->> 'member' and stage.direction = said ->> 'direction' and stage.valid_from = (said ->> 'valid_from')::date
    where table_name = 'stay' and said ->> 'direction' = 'Đến' and side.place is not null
    union all
    select 'Nguồn kết nạp', 'Mã chi bộ', stage.row_no, side.branch, daterange(last_entry_day(), last_entry_day(), '[]')
    from done
    cross join lateral (select before ->> 'branch' as branch union select after ->> 'branch') as side
    left join stage_source as stage on stage.code = said ->> 'code'
    where table_name = 'source' and side.branch is not null
    union all
    select 'Kiểm tra', 'Mã tổ chức', stage.row_no, said ->> 'org', daterange((said ->> 'date')::date, (said ->> 'date')::date, '[]')
    from done
    left join stage_inspection as stage on stage.org = said ->> 'org' and stage.document = said ->> 'document'
    where table_name = 'inspection'
)
select
    sheet, row_no, of_person.column, person as value,
    format('%s hiện không có trong danh sách của đơn vị bạn: có ở đơn vị khác, hãy gửi đề nghị.', person) as message
from of_person
where not exists (
    select
    from membership
    join scope on stands_in(membership.branch, array[scope.unit], daterange(last_entry_day(), last_entry_day(), '[]'))
    where membership.member = of_person.person and still_holds(membership.valid_to, last_entry_day()))
union all
select
    sheet, row_no, of_place.column, place,
    format('%s không thuộc đơn vị bạn vào những ngày đó; việc của đơn vị khác cần gửi đề nghị.', place)
from of_place
where not stands_in(place, array(select unit from scope), days)
union all
-- The tree and the map are the board's.
select
    case table_name when 'org_version' then 'Tổ chức' when 'village' then 'Bản' when 'term' then 'Nhiệm kỳ' when 'former_code' then 'Mã cũ' else 'Sắp xếp' end, null, null,
    coalesce(said ->> 'code', said ->> 'unit', said ->> 'name', said ->> 'alias'),
    'Tổ chức, bản, nhiệm kỳ, sắp xếp và gộp người do ban tổ chức ghi; hãy gửi đề nghị.'
from done
where table_name in ('org_version', 'village', 'term', 'restructuring', 'former_code')

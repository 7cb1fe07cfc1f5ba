-- What an account of a unit writes although the board wants to accept its kind first (table approval). Nothing for who writes for the whole register.
-- A row that goes is of the kind of the row that it was: what is taken away is as much a change as what is written.
with wanted as (
    select kind
    from (select distinct on (kind) kind, needed from approval order by kind, approval_id desc) as latest
    where needed and coalesce(current_setting('sinho.scope_units', true), '') <> ''
),
done as materialized (
    select table_name, before, after, coalesce(after, before) as said
    from trail
    where import_id = trail_import() and exists (select from wanted)
),
-- Who is admitted by this import gets dates and a record with it; who leaves the roll leaves his posts with it.
admitted as (
    select after ->> 'member' as member from done where table_name = 'admission' and before is null
),
left_roll as (
    select after ->> 'member' as member, after ->> 'valid_to' as day from done where table_name = 'membership' and after ->> 'valid_to' is not null and before ->> 'valid_to' is null
),
entry as (
    select
        case
            when side.said ->> 'reason_in' in ('Kết nạp', 'Kết nạp lại') then 'Kết nạp'
            when side.said ->> 'reason_in' = 'Chuyển nội bộ' then 'Chuyển nội bộ'
            else 'Chuyển đến'
        end as kind,
        'Sinh hoạt' as sheet, 'Mã đảng viên' as column, side.said ->> 'member' as value
    from done
    cross join lateral (values (before), (after)) as side (said)
    where table_name = 'membership' and side.said is not null and (before is null or after is null or before ->> 'reason_in' is distinct from after ->> 'reason_in')
    union all
    select case when 'Chuyển nội bộ' in (before ->> 'reason_out', after ->> 'reason_out') then 'Chuyển nội bộ' else 'Thôi sinh hoạt' end, 'Sinh hoạt', 'Mã đảng viên', said ->> 'member'
    from done
    where table_name = 'membership' and before is not null
        and (after is null or (before ->> 'reason_out', before ->> 'valid_to') is distinct from (after ->> 'reason_out', after ->> 'valid_to'))
    union all
    select case when before - 'official' = after - 'official' then 'Công nhận chính thức' else 'Kết nạp' end, 'Kết nạp', 'Mã đảng viên', said ->> 'member'
    from done
    where table_name = 'admission'
    union all
    select 'Công nhận chính thức', 'Đảng viên', 'Mã đảng viên', said ->> 'code'
    from done
    where table_name = 'member' and before is not null and after is not null and before ->> 'official' is distinct from after ->> 'official'
        and said ->> 'code' not in (select member from admitted)
    union all
    select 'Sửa hồ sơ', 'Đảng viên', 'Mã đảng viên', said ->> 'code'
    from done
    where table_name = 'member' and before is not null and after is not null
        and before - '{official,joined,first_joined,first_official}'::text[] is distinct from after - '{official,joined,first_joined,first_official}'::text[]
    union all
    select 'Sửa hồ sơ', 'Đảng viên', 'Mã đảng viên', said ->> 'code'
    from done
    where table_name = 'member' and before is not null and after is not null and said ->> 'code' not in (select member from admitted)
        and (before ->> 'joined', before ->> 'first_joined', before ->> 'first_official') is distinct from (after ->> 'joined', after ->> 'first_joined', after ->> 'first_official')
    union all
    -- A version that comes or goes; the only record of a person comes and goes with his first membership.
    select 'Sửa hồ sơ', 'Đảng viên', 'Mã đảng viên', said ->> 'code'
    from done
    where table_name = 'member' and (before is null or after is null)
        and exists (select from member where code = said ->> 'code' and valid_from <> coalesce(said ->> 'valid_from', '-infinity')::date)
    union all
    select 'Chức vụ', 'Chức vụ', 'Mã đảng viên', said ->> 'member'
    from done
    where table_name = 'post'
        and not (before is not null and after is not null and before - 'valid_to' = after - 'valid_to'
            and exists (select from left_roll where left_roll.member = said ->> 'member' and left_roll.day = after ->> 'valid_to'))
    union all
    select 'Xếp loại', 'Xếp loại', 'Mã tổ chức', said ->> 'org' from done where table_name = 'rating'
    union all
    -- The kind in brackets: it is no sheet whose columns are named here.
    select ('Xếp loại'), 'Xếp loại đảng viên', 'Mã đảng viên', said ->> 'member' from done where table_name = 'member_rating'
)
select distinct on (entry.kind, entry.value)
    entry.sheet, stage.row_no, entry.column, entry.value,
    format('%s của %s cần ban tổ chức duyệt trước; hãy ghi ở trang Ghi sự kiện rồi gửi đề nghị.', entry.kind, entry.value) as message
from entry
join wanted on wanted.kind = entry.kind
left join lateral (
    select row_no from stage_membership where entry.sheet = 'Sinh hoạt' and member = entry.value
    union all
    select row_no from stage_admission where entry.sheet = 'Kết nạp' and member = entry.value
    union all
    select row_no from stage_member where entry.sheet = 'Đảng viên' and code = entry.value
    union all
    select row_no from stage_post where entry.sheet = 'Chức vụ' and member = entry.value
    union all
    select row_no from stage_rating where entry.sheet = 'Xếp loại' and org = entry.value
    union all
    select row_no from stage_member_rating where entry.sheet = 'Xếp loại đảng viên' and member = entry.value
    limit 1
) as stage on true
order by entry.kind, entry.value, stage.row_no

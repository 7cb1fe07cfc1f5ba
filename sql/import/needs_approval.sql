-- What an account of a unit writes although the board wants to accept its kind first (table approval). Nothing for who writes for the whole register.
with done as materialized (
    select table_name, before, after, coalesce(after, before) as said
    from trail
    where import_id = trail_import() and coalesce(current_setting('sinho.scope_units', true), '') <> '' and exists (select from approval)
),
entry as (
    select
        case
            when said ->> 'reason_in' in ('Kết nạp', 'Kết nạp lại') then 'Kết nạp'
            when said ->> 'reason_in' = 'Chuyển nội bộ' then 'Chuyển nội bộ'
            else 'Chuyển đến'
        end as kind,
        'Sinh hoạt' as sheet, 'Mã đảng viên' as column, said ->> 'member' as value
    from done
    where table_name = 'membership' and before is null
    union all
    select case when after ->> 'reason_out' = 'Chuyển nội bộ' then 'Chuyển nội bộ' else 'Thôi sinh hoạt' end, 'Sinh hoạt', 'Mã đảng viên', said ->> 'member'
    from done
    where table_name = 'membership' and after is not null and before is not null and before ->> 'reason_out' is distinct from after ->> 'reason_out'
    union all
    select 'Công nhận chính thức', 'Đảng viên', 'Mã đảng viên', said ->> 'code'
    from done
    where table_name = 'member' and before is not null and before ->> 'official' is null and after ->> 'official' is not null
    union all
    select 'Sửa hồ sơ', 'Đảng viên', 'Mã đảng viên', said ->> 'code'
    from done
    where table_name = 'member' and (before is null) = (after is null) and before - 'official' is distinct from after - 'official'
    union all
    select 'Sửa hồ sơ', 'Đảng viên', 'Mã đảng viên', said ->> 'code'
    from done
    where table_name = 'member' and before is null and exists (select from member where code = said ->> 'code' and valid_from <> (said ->> 'valid_from')::date)
    union all
    select 'Chức vụ', 'Chức vụ', 'Mã đảng viên', said ->> 'member' from done where table_name = 'post'
    union all
    select 'Xếp loại', 'Xếp loại', 'Mã tổ chức', said ->> 'org' from done where table_name = 'rating'
)
select distinct on (entry.kind, entry.value)
    entry.sheet, stage.row_no, entry.column, entry.value,
    format('%s của %s cần ban tổ chức duyệt trước; hãy ghi ở trang Ghi sự kiện rồi gửi đề nghị.', entry.kind, entry.value) as message
from entry
join approval on approval.kind = entry.kind
left join lateral (
    select row_no from stage_membership where entry.sheet = 'Sinh hoạt' and member = entry.value
    union all
    select row_no from stage_member where entry.sheet = 'Đảng viên' and code = entry.value
    union all
    select row_no from stage_post where entry.sheet = 'Chức vụ' and member = entry.value
    union all
    select row_no from stage_rating where entry.sheet = 'Xếp loại' and org = entry.value
    limit 1
) as stage on true
order by entry.kind, entry.value, stage.row_no

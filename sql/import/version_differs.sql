-- What is of the person is the same in all versions: sex, birth and the dates of both admissions. The version that the file does not touch is
-- believed, else the earliest.
with several as materialized (
    select member.code
    from touched_member as touched
    join member on member.code = touched.code
    where touched.member_row is not null and not touched.faulty_member
    group by member.code
    having count(*) > 1
),
version as (
    select member.*, stage.row_no
    from several
    join member on member.code = several.code
    left join stage_member as stage on stage.code = member.code and stage.valid_from = member.valid_from
        and not stage.remove and not stage.duplicate and not stage.faulty
),
believed as (
    select distinct on (code) *
    from version
    order by code, row_no is not null, held_from
)
select 'Đảng viên' as sheet, version.row_no, fault.column, fault.value,
    format('%s của đảng viên %s ở dòng này là %s, ở dòng khác của người này là %s; đây là điều của người, không đổi theo thời gian: hãy sửa cho giống nhau ở mọi dòng của mã này.',
        fault.column, version.code, coalesce(fault.value, '(trống)'), coalesce(fault.other, '(trống)')) as message
from version
join believed on believed.code = version.code
cross join lateral (
    select 'Giới tính' as column, version.sex::text as value, believed.sex::text as other
    union all
    select 'Ngày sinh', known_birth(version.born, version.born_precision), known_birth(believed.born, believed.born_precision)
    union all
    select 'Ngày vào Đảng', day_text(version.joined), day_text(believed.joined)
    union all
    select 'Ngày chính thức', day_text(version.official), day_text(believed.official)
    union all
    select 'Ngày vào Đảng lần đầu', day_text(version.first_joined), day_text(believed.first_joined)
    union all
    select 'Ngày chính thức lần đầu', day_text(version.first_official), day_text(believed.first_official)
) as fault
where version.row_no is not null
    and fault.value is distinct from fault.other

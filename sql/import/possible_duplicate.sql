-- Warning: the same name without marks and the same birth date under two codes.
with named as materialized (
    select code, born, bare_name(name) as bare from member where born in (select born from stage_member)
)
select distinct on (stage.row_no)
    'Đảng viên' as sheet, stage.row_no, 'Họ và tên' as column, stage.name as value,
    format('Trùng tên (không kể dấu) và ngày sinh với đảng viên %s; có thể là một người có hai mã.', twin.code) as message
from stage_member as stage
join named as own on own.code = stage.code
join named as twin on twin.born = own.born and twin.bare = own.bare and twin.code <> own.code
where not stage.remove and not stage.duplicate and not stage.faulty
order by stage.row_no, twin.code

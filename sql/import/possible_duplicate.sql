-- Warning: the same name without marks and the same birth date under two codes.
select distinct on (stage.row_no)
    'Đảng viên' as sheet, stage.row_no, 'Họ và tên' as column, stage.name as value,
    format('Trùng tên (không kể dấu) và ngày sinh với đảng viên %s; có thể là một người có hai mã.', twin.code) as message
from stage_member as stage
join member as twin on twin.born = stage.born
    and twin.code <> stage.code
    and bare_name(twin.name) = bare_name(stage.name)
where not stage.remove and not stage.duplicate and not stage.faulty
order by stage.row_no, twin.code

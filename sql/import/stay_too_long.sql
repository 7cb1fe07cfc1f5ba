-- A temporary stay of more than two years.
select 'Sinh hoạt tạm thời' as sheet, row_no, 'Thôi từ ngày' as column, day_text(valid_to) as value,
    format('Sinh hoạt tạm thời từ %s đến trước %s là quá hai năm; ở lâu hơn thì chuyển sinh hoạt chính thức (trang Sinh hoạt).', day_text(valid_from), day_text(valid_to)) as message
from stage_stay
where not remove and not duplicate and not faulty
    and valid_to > valid_from + interval '24 months'

-- One number of a card for two people.
select distinct on (stage.row_no) 'Thẻ đảng' as sheet, stage.row_no, 'Số thẻ' as column, stage.number as value,
    format('Số thẻ %s đã là của %s (ngày %s); mỗi số thẻ chỉ của một người, hãy kiểm tra lại số hoặc mã đảng viên.', stage.number, other.member, day_text(other.date)) as message
from stage_card as stage
join card as other on other.number = stage.number and other.member <> stage.member
where not stage.remove and not stage.duplicate and not stage.faulty
order by stage.row_no, other.date, other.member

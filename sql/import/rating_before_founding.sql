-- A rating of a year at whose end the organisation, or the member, was not there yet.
select 'Xếp loại' as sheet, stage.row_no, 'Năm' as column, stage.year::text as value,
    format('%s có từ ngày %s nên năm %s chưa được xếp loại; hãy kiểm tra lại năm hoặc mã tổ chức.', stage.org, day_text(life.since), stage.year) as message
from stage_rating as stage
cross join lateral (select min(valid_from) as since from org_version where code = stage.org) as life
where not stage.remove and not stage.duplicate and not stage.faulty
    and stage.org not in (select code from described_org where faulty)
    and life.since > make_date(stage.year, 12, 31)
union all
select 'Xếp loại đảng viên', stage.row_no, 'Năm', stage.year::text,
    format('%s có trong danh sách từ ngày %s nên năm %s chưa được xếp loại; hãy kiểm tra lại năm hoặc mã đảng viên.', stage.member, day_text(life.since), stage.year)
from stage_member_rating as stage
cross join lateral (select min(valid_from) as since from membership where member = stage.member) as life
where not stage.remove and not stage.duplicate and not stage.faulty
    and stage.member not in (select code from touched_member where faulty_member or faulty_membership)
    and life.since > make_date(stage.year, 12, 31)

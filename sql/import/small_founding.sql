-- Warning: a branch founded with fewer than 3 official members (docs/spec/statistics.md 2.2).
select 'Sắp xếp' as sheet, stage.row_no, 'Mã chi bộ' as column, stage.unit as value,
    format('Chi bộ %s thành lập ngày %s chỉ có %s đảng viên chính thức; theo Điều lệ phải có ít nhất 3.',
        stage.unit, day_text(stage.date), people.official_count) as message
from stage_restructuring as stage
cross join lateral (
    select count(*) as official_count
    from membership
    join official_span as official on official.member = membership.member
        and official.valid_from <= stage.date
        and official.valid_to > stage.date
    where membership.branch = stage.unit
        and membership.valid_from <= stage.date
        and still_holds(membership.valid_to, stage.date)
) as people
where stage.form = 'Thành lập' and stage.role = 'Sau'
    and exists (select from org_version where org_version.code = stage.unit and org_version.valid_from <= stage.date and still_holds(org_version.valid_to, stage.date) and is_branch(org_version.level_role))
    and not stage.remove and not stage.duplicate and not stage.faulty
    and people.official_count < 3

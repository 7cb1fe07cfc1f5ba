-- Versions of one organisation or village, or memberships of one member, that hold on the same day: one fault for each row that is in the way.
-- What is stored may be in the way only because a faulty row would have moved it.
with version as (
    select 'Tổ chức' as sheet, kept.code, kept.valid_from, kept.valid_to, stage.row_no, described_org.faulty
    from org_version as kept
    join described_org on described_org.code = kept.code
    left join stage_org_version as stage on stage.code = kept.code and stage.valid_from = kept.valid_from
        and not stage.duplicate and not stage.faulty
    union all
    select 'Bản', kept.code, kept.valid_from, kept.valid_to, stage.row_no, described.faulty
    from village as kept
    join (select code, bool_or(faulty) as faulty from stage_village group by code) as described on described.code = kept.code
    left join stage_village as stage on stage.code = kept.code and stage.valid_from = kept.valid_from
        and not stage.duplicate and not stage.faulty
),
stay as (
    select kept.member, kept.branch, kept.valid_from, kept.valid_to, stage.row_no, touched.faulty_membership as faulty
    from membership as kept
    join touched_member as touched on touched.code = kept.member
    left join stage_membership as stage on stage.member = kept.member and stage.branch = kept.branch
        and stage.valid_from = kept.valid_from and not stage.duplicate and not stage.faulty
)
(
    select distinct on (blamed.sheet, blamed.row_no)
        blamed.sheet, blamed.row_no, 'Từ ngày' as column, day_text(blamed.valid_from) as value,
        format('%s %s đã có một dòng từ %s %s; các giai đoạn của một %s không được chồng nhau.',
            blamed.sheet, blamed.code, day_text(other.valid_from), coalesce('đến trước ' || day_text(other.valid_to), 'chưa kết thúc'), lower(blamed.sheet)) as message
    from version as blamed
    join version as other on other.sheet = blamed.sheet and other.code = blamed.code
        and other.valid_from <> blamed.valid_from
        and daterange(other.valid_from, other.valid_to) && daterange(blamed.valid_from, blamed.valid_to)
    where blamed.row_no is not null
        and (other.valid_from < blamed.valid_from or other.row_no is null)
        and (other.row_no is not null or not blamed.faulty)
    order by blamed.sheet, blamed.row_no, other.valid_from
)
union all
(
    select distinct on (blamed.row_no)
        'Sinh hoạt', blamed.row_no, 'Từ ngày', day_text(blamed.valid_from),
        format('Đảng viên %s đã sinh hoạt tại %s từ %s %s; hai khoảng sinh hoạt của một người không được chồng nhau.',
            blamed.member, other.branch, day_text(other.valid_from), coalesce('đến trước ' || day_text(other.valid_to), 'chưa kết thúc'))
    from stay as blamed
    join stay as other on other.member = blamed.member
        and (other.valid_from, other.branch) <> (blamed.valid_from, blamed.branch)
        and daterange(other.valid_from, other.valid_to) && daterange(blamed.valid_from, blamed.valid_to)
    where blamed.row_no is not null
        and ((other.valid_from, other.branch) < (blamed.valid_from, blamed.branch) or other.row_no is null)
        and (other.row_no is not null or not blamed.faulty)
    order by blamed.row_no, other.valid_from
)

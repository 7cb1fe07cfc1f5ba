-- A type that its level takes only below certain parents: a village's own branch stands right below a commune.
with child as (
    select version.*, stage.row_no, level.types, level.below
    from stage_org_version as stage
    join org_version as version on version.code = stage.code and version.valid_from = stage.valid_from
    join level on level.name = version.level
    where not stage.remove and not stage.duplicate and not stage.faulty
        and version.parent not in (select code from described_org where faulty)
)
select 'Tổ chức' as sheet, child.row_no, 'Loại hình' as column, child.type::text as value,
    format('Loại hình “%s” của %s (%s) chỉ dùng khi trực thuộc %s; %s là %s.', child.type, child.code, child.level,
        (select string_agg(parent, ', ') from jsonb_object_keys(child.below) as parent), child.parent,
        (select string_agg(distinct held.level, ', ') from org_version as held where held.code = child.parent)) as message
from child
where child.type::text <> all (child.types)
    and exists (
        select
        from org_version as held
        where held.code = child.parent
            and daterange(held.valid_from, held.valid_to) && daterange(child.valid_from, child.valid_to)
            and not coalesce(child.below -> held.level ? child.type::text, false))
union all
-- A code that people have is nobody's former code: its rows would be nobody's.
(
    select distinct on (kept.alias)
        case when stage.row_no is null then 'Đảng viên' else 'Mã cũ' end,
        coalesce(stage.row_no, own.row_no),
        case when stage.row_no is null then 'Mã đảng viên' else 'Mã cũ' end,
        kept.alias::text,
        format('Mã %s đang là mã của một đảng viên trong hệ thống (%s) nên chưa thể là mã cũ của %s; nếu là một người, hãy gộp hai mã (sự kiện merge): các dòng của %s sẽ chuyển sang %s.',
            kept.alias, person.name, kept.member, kept.alias, kept.member)
    from former_code as kept
    join member as person on person.code = kept.alias and person.held_until = 'infinity'
    left join stage_former_code as stage on stage.alias = kept.alias and not stage.remove and not stage.duplicate and not stage.faulty
    left join stage_member as own on own.code = kept.alias and not own.remove and not own.duplicate and not own.faulty
    where stage.row_no is not null or own.row_no is not null
    order by kept.alias, own.row_no
)

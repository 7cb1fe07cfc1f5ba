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

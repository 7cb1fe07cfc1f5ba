-- A parent whose level does not fit, or that does not hold on every day on which the child holds; a village outside a commune.
with child as (
    select version.*, stage.row_no
    -- Found from the file, so that what it costs does not grow with the register: its own rows, and what stands below what it describes.
    from (
        select code, valid_from from stage_org_version where not duplicate and not faulty
        union
        select below.code, below.valid_from from described_org join org_version as below on below.parent = described_org.code
    ) as asked
    join org_version as version on version.code = asked.code and version.valid_from = asked.valid_from
    left join stage_org_version as stage on stage.code = version.code and stage.valid_from = version.valid_from
        and not stage.duplicate and not stage.faulty
    where version.parent not in (select code from described_org where faulty)
        and (stage.row_no is not null
            or version.parent in (select code from described_org) and version.code not in (select code from described_org where faulty))
),
judged as (
    select child.*, parent.levels, parent.unfit
    from child
    cross join lateral (
        select
            range_agg(daterange(held.valid_from, held.valid_to)) as life,
            string_agg(distinct held.level::text, ', ') as levels,
            bool_or(daterange(held.valid_from, held.valid_to) && daterange(child.valid_from, child.valid_to) and not exists (
                select from level where level.name = child.level and (held.level_role = any (level.under) or held.level = any (level.under)))) as unfit
        from org_version as held
        where held.code = child.parent
    ) as parent
    -- A parent that nobody has gives null here: it is an unknown reference.
    where parent.unfit or not parent.life @> daterange(child.valid_from, child.valid_to)
),
homeless as (
    select
        village.*,
        stage.row_no,
        exists (
            select
            from org_version as held
            where held.code = village.commune
                and daterange(held.valid_from, held.valid_to) && daterange(village.valid_from, village.valid_to)
                and not is_commune_committee(held.level_role, held.type)) as unfit
    from (
        select code, valid_from from stage_village where not duplicate and not faulty
        union
        select within.code, within.valid_from from described_org join village as within on within.commune = described_org.code
    ) as asked
    join village on village.code = asked.code and village.valid_from = asked.valid_from
    left join stage_village as stage on stage.code = village.code and stage.valid_from = village.valid_from
        and not stage.duplicate and not stage.faulty
    where (stage.row_no is not null
            or village.commune in (select code from described_org) and village.code not in (select code from stage_village where faulty and code is not null))
        and village.commune not in (select code from described_org where faulty)
        and exists (select from org_version where org_version.code = village.commune)
        and not exists (
            select
            from org_version as commune
            where commune.code = village.commune
                and is_commune_committee(commune.level_role, commune.type)
            having range_agg(daterange(commune.valid_from, commune.valid_to)) @> daterange(village.valid_from, village.valid_to))
)
select
    'Tổ chức' as sheet,
    row_no,
    'Trực thuộc' as column,
    parent::text as value,
    case
        when unfit then format('%s (%s) không thể trực thuộc %s (%s); %s.', code, level, parent, levels,
            (
                select format('%s đứng dưới %s', judged.level, string_agg(above.name, ', ' order by above.place))
                from level as own
                join level as above on above.role = any (own.under) or above.name = any (own.under)
                where own.name = judged.level))
        else format('Tổ chức cấp trên %s không tồn tại suốt thời gian của %s (từ %s %s); hãy sửa ngày hoặc tách dòng theo từng cấp trên.',
            parent, code, day_text(valid_from), coalesce('đến trước ' || day_text(valid_to), 'đến nay'))
    end as message
from judged
where row_no is not null
union all
select
    'Tổ chức',
    described_org.row_no,
    case when bool_or(judged.unfit) then 'Cấp' else 'Thôi từ ngày' end,
    case when bool_or(judged.unfit) then described_org.level else day_text(described_org.valid_to) end,
    format('%s không thể là cấp trên suốt thời gian của %s tổ chức trực thuộc đã có trong hệ thống (ví dụ: %s); hãy sửa cấp, sửa ngày hoặc chuyển các tổ chức đó trong cùng sổ.',
        described_org.code, count(*), min(judged.code))
from judged
join described_org on described_org.code = judged.parent
where judged.row_no is null
group by described_org.code, described_org.row_no, described_org.level, described_org.valid_to
union all
select
    'Bản', row_no, 'Thuộc', commune::text,
    format('Bản %s phải thuộc một đảng bộ xã, phường, thị trấn, đặc khu có suốt thời gian của bản (từ %s %s); %s không phải thế.',
        code, day_text(valid_from), coalesce('đến trước ' || day_text(valid_to), 'đến nay'), commune)
from homeless
where row_no is not null
union all
select
    'Tổ chức', described_org.row_no,
    case when bool_or(homeless.unfit) then 'Loại hình' else 'Thôi từ ngày' end,
    case when bool_or(homeless.unfit) then described_org.type else day_text(described_org.valid_to) end,
    format('%s phải là đảng bộ xã, phường, thị trấn suốt thời gian của %s bản thuộc tổ chức này đã có trong hệ thống (ví dụ: %s); hãy ghi xã mới của các bản đó trong cùng sổ.',
        described_org.code, count(*), min(homeless.code))
from homeless
join described_org on described_org.code = homeless.commune
where homeless.row_no is null
    -- Where organisations below lose the same days, one sentence is enough.
    and (homeless.unfit or not exists (select from judged where judged.row_no is null and judged.parent = homeless.commune and not judged.unfit))
group by described_org.code, described_org.row_no, described_org.type, described_org.valid_to

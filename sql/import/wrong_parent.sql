-- A parent whose level does not fit, or that does not hold on every day on which the child holds; a village outside a commune.
with child as (
    select version.*, stage.row_no
    from org_version as version
    left join stage_org_version as stage on stage.code = version.code and stage.valid_from = version.valid_from
        and not stage.duplicate and not stage.faulty
    where version.parent is not null
        and (stage.row_no is not null or version.parent in (select code from described_org))
        and version.parent not in (select code from described_org where faulty)
),
judged as (
    select
        child.*,
        parent.known,
        parent.levels,
        parent.unfit,
        coalesce(parent.life @> daterange(child.valid_from, child.valid_to), false) as throughout
    from child
    cross join lateral (
        select
            count(*) > 0 as known,
            range_agg(daterange(held.valid_from, held.valid_to)) as life,
            string_agg(distinct held.level::text, ', ') as levels,
            bool_or(daterange(held.valid_from, held.valid_to) && daterange(child.valid_from, child.valid_to) and not (case child.level
                when 'Đảng bộ cơ sở' then held.level = 'Đảng bộ huyện'
                when 'Chi bộ cơ sở' then held.level = 'Đảng bộ huyện'
                when 'Đảng bộ bộ phận' then held.level = 'Đảng bộ cơ sở'
                when 'Chi bộ trực thuộc' then held.level in ('Đảng bộ cơ sở', 'Đảng bộ bộ phận')
                else false
            end)) as unfit
        from org_version as held
        where held.code = child.parent
    ) as parent
)
select
    'Tổ chức' as sheet,
    coalesce(judged.row_no, described_org.row_no) as row_no,
    'Trực thuộc' as column,
    judged.parent::text as value,
    case
        when unfit then format('%s (%s) không thể trực thuộc %s (%s); %s.', judged.code, judged.level, judged.parent, levels,
            case judged.level
                when 'Chi bộ trực thuộc' then 'Chi bộ trực thuộc đứng dưới Đảng bộ cơ sở hoặc Đảng bộ bộ phận'
                when 'Đảng bộ bộ phận' then 'Đảng bộ bộ phận đứng dưới Đảng bộ cơ sở'
                else 'tổ chức cơ sở đảng đứng dưới Đảng bộ huyện'
            end)
        else format('Tổ chức cấp trên %s không tồn tại suốt thời gian của %s (từ %s %s); hãy sửa ngày hoặc tách dòng theo từng cấp trên.',
            judged.parent, judged.code, day_text(judged.valid_from),
            coalesce('đến trước ' || day_text(judged.valid_to), 'đến nay'))
    end as message
from judged
left join described_org on described_org.code = judged.parent
where known and (unfit or not throughout)
union all
select
    case when stage.row_no is null then 'Tổ chức' else 'Bản' end,
    coalesce(stage.row_no, described_org.row_no),
    case when stage.row_no is null then 'Loại hình' else 'Thuộc' end,
    village.commune::text,
    format('Bản %s phải thuộc một Đảng bộ cơ sở loại hình Xã, Phường hoặc Thị trấn; %s không phải.', village.code, village.commune)
from village
left join stage_village as stage on stage.code = village.code and not stage.duplicate and not stage.faulty
left join described_org on described_org.code = village.commune
where (stage.row_no is not null or described_org.row_no is not null)
    and not coalesce(described_org.faulty, false)
    and exists (select from org_version where org_version.code = village.commune)
    and not exists (
        select
        from org_version as commune
        where commune.code = village.commune
            and commune.level = 'Đảng bộ cơ sở'
            and commune.type in ('Xã', 'Phường', 'Thị trấn'))

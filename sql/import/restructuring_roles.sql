-- A decision has one date, each group of it one form and units of one kind; every form but Thành lập and Giải thể names units before and after.
with touched as (
    select decision, bool_or(faulty) as faulty from stage_restructuring where decision is not null group by decision
),
line as (
    select
        kept.*,
        stage.row_no,
        exists (select from org_version where org_version.code = kept.unit) as is_organisation,
        exists (select from village where village.code = kept.unit) as is_village,
        first_value(kept.date) over by_decision as first_date,
        first_value(kept.form) over by_group as first_form
    from restructuring as kept
    join touched on touched.decision = kept.decision
    left join stage_restructuring as stage on stage.decision = kept.decision and stage.group_name = kept.group_name
        and stage.unit = kept.unit and stage.role = kept.role::text and not stage.duplicate and not stage.faulty
    where stage.row_no is not null or not touched.faulty
    -- What is stored was there first; the rows of the file follow in their order.
    window
        by_decision as (partition by kept.decision order by stage.row_no nulls first),
        by_group as (partition by kept.decision, kept.group_name order by stage.row_no nulls first)
),
restructured as (
    select
        line.decision,
        line.group_name,
        format('%s%s', line.decision, case when line.group_name <> '' then format(', nhóm %s', line.group_name) end) as called,
        min(line.row_no) as row_no,
        min(line.form::text) as form,
        count(distinct line.form) as forms,
        bool_or(line.role = 'Trước') as has_before,
        bool_or(line.role = 'Sau') as has_after,
        bool_or(line.is_organisation) and bool_or(line.is_village and not line.is_organisation) as is_mixed
    from line
    group by line.decision, line.group_name
)
select 'Sắp xếp' as sheet, line.row_no, 'Ngày hiệu lực' as column, day_text(line.date) as value,
    format('Quyết định %s đã có ngày hiệu lực %s; một quyết định chỉ có một ngày.', line.decision, day_text(line.first_date)) as message
from line
where line.date <> line.first_date
union all
select 'Sắp xếp', line.row_no, 'Hình thức', line.form::text,
    format('Quyết định %s đã có hình thức %s; mỗi nhóm của một quyết định chỉ có một hình thức: hãy ghi nhóm khác ở cột Nhóm.', line.decision, line.first_form)
from line
where line.form <> line.first_form
union all
select 'Sắp xếp', coalesce(restructured.row_no, removed.row_no), 'Vai trò', case when has_before then 'Trước' else 'Sau' end,
    format('Quyết định %s (%s) phải có ít nhất một dòng Trước và một dòng Sau; còn thiếu dòng %s.',
        called, form, case when has_before then 'Sau' else 'Trước' end)
from restructured
join touched on touched.decision = restructured.decision and not touched.faulty
left join lateral (
    select min(row_no) as row_no
    from stage_restructuring as stage
    where stage.decision = restructured.decision and stage.group_name = restructured.group_name
) as removed on true
where forms = 1
    and form not in ('Thành lập', 'Giải thể')
    and not (has_before and has_after)
    and coalesce(restructured.row_no, removed.row_no) is not null
union all
select 'Sắp xếp', restructured.row_no, 'Mã chi bộ', null,
    format('Quyết định %s có cả tổ chức và bản; mỗi nhóm chỉ gồm tổ chức hoặc chỉ gồm bản: hãy ghi nhóm khác ở cột Nhóm.', called)
from restructured
where is_mixed and row_no is not null

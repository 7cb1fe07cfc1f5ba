-- A decision has one date and one form; every form but Thành lập and Giải thể names branches before and after.
with touched as (
    select decision, bool_or(faulty) as faulty from stage_restructuring where decision is not null group by decision
),
line as (
    select
        kept.*,
        stage.row_no,
        first_value(kept.date) over by_decision as first_date,
        first_value(kept.form) over by_decision as first_form
    from restructuring as kept
    join touched on touched.decision = kept.decision
    left join stage_restructuring as stage on stage.decision = kept.decision and stage.branch = kept.branch
        and stage.role = kept.role::text and not stage.duplicate and not stage.faulty
    where stage.row_no is not null or not touched.faulty
    -- What is stored was there first; the rows of the file follow in their order.
    window by_decision as (partition by kept.decision order by stage.row_no nulls first)
),
decision as (
    select
        line.decision,
        min(line.row_no) as row_no,
        min(line.form::text) as form,
        count(distinct line.form) as forms,
        bool_or(line.role = 'Trước') as has_before,
        bool_or(line.role = 'Sau') as has_after
    from line
    group by line.decision
)
select 'Sắp xếp' as sheet, line.row_no, 'Ngày hiệu lực' as column, day_text(line.date) as value,
    format('Quyết định %s đã có ngày hiệu lực %s; một quyết định chỉ có một ngày.', line.decision, day_text(line.first_date)) as message
from line
where line.date <> line.first_date
union all
select 'Sắp xếp', line.row_no, 'Hình thức', line.form::text,
    format('Quyết định %s đã có hình thức %s; một quyết định chỉ có một hình thức.', line.decision, line.first_form)
from line
where line.form <> line.first_form
union all
select 'Sắp xếp', coalesce(decision.row_no, removed.row_no), 'Vai trò', case when has_before then 'Trước' else 'Sau' end,
    format('Quyết định %s (%s) phải có ít nhất một dòng Trước và một dòng Sau; còn thiếu dòng %s.',
        decision.decision, form, case when has_before then 'Sau' else 'Trước' end)
from decision
join touched on touched.decision = decision.decision and not touched.faulty
left join lateral (
    select min(row_no) as row_no from stage_restructuring as stage where stage.decision = decision.decision
) as removed on true
where forms = 1
    and form not in ('Thành lập', 'Giải thể')
    and not (has_before and has_after)

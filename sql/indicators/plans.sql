-- Plans of the unit itself: of the term whose days are the period's, else of the year in which the whole period lies. A unit that begins within the
-- period is asked about from its first day, for the plan of the whole.
-- source: plan, term     rule: docs/spec/figures.md, plan_admissions
select
    plan.org                                                    as unit,
    plan.org                                                    as place,
    @to                                                         as placed_on,
    plan.org                                                    as code,
    (
        select version.name
        from org_version as version
        where version.code = plan.org
            and version.valid_from <= @to
        order by version.valid_from desc
        limit 1)                                                as name,
    plan.period,
    plan.item::text                                             as item,
    plan.number,
    plan.document,
    plan.item = 'Kết nạp đảng viên'                             as plan_admissions,
    plan.item = 'Công nhận chính thức'                          as plan_recognised,
    plan.item = 'Phát triển tổ chức đảng'                       as plan_branches,
    plan.item = 'Bản có chi bộ'                                 as plan_villages
from plan
where plan.org = any (@units)
    and plan.period = coalesce(
        (
            select term.name
            from term
            where term.valid_until = @to
                and (term.valid_from = @from
                    or term.valid_from < @from
                        and not exists (select from org_version as version where version.code = plan.org and version.valid_from < @from))
            order by term.valid_from desc
            limit 1),
        case when extract(year from @from::date) = extract(year from @to::date) then extract(year from @to::date)::text end)

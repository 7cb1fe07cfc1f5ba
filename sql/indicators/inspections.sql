-- Inspections and supervisions in the period, the organisation under the unit on that day: one row per document and organisation.
-- source: inspection, org_version     rule: docs/spec/figures.md
select
    scope.ancestor                                              as unit,
    inspection.org                                              as place,
    inspection.date                                             as placed_on,
    inspection.org                                              as code,
    inspected.name,
    inspection.date,
    inspection.form::text                                       as form,
    inspection.document,
    inspection.subject,
    inspection.result,
    true                                                        as inspections
from org_closure as scope
join inspection on inspection.org = scope.descendant
    and inspection.date between @from and @to
    and inspection.date >= scope.valid_from
    and inspection.date < scope.valid_to
-- On today's map too only while the organisation was there.
join org_version as inspected on inspected.code = inspection.org
    and inspected.valid_from <= inspection.date
    and still_holds(inspected.valid_to, inspection.date)
where scope.ancestor = any (@units)

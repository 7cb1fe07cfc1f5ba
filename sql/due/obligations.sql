-- Reports of schedules that are due by the day and not done.
select
    obligation.unit::text                                       as unit,
    obligation.obligation_id::text                              as code,
    coalesce((
        select name from org_version where org_version.code = obligation.unit and valid_from <= @day order by valid_from desc limit 1), obligation.unit) as name,
    concat_ws(' · ', obligation.period_name, 'đến hạn ' || day_text(obligation.due_on), obligation.error) as detail,
    obligation.due_on                                           as since
from obligation
where obligation.state <> 'done' and obligation.due_on <= @day

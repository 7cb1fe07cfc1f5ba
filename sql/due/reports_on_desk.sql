-- Drafts whose latest step is neither taken back nor signed.
select
    issued.unit::text                                           as unit,
    issued.issued_id::text                                      as code,
    issued.title                                                as name,
    concat_ws(' · ', issued.period_name, case last.step when 'sent' then 'chờ duyệt' when 'returned' then 'trả lại' else 'đã duyệt, chờ ký' end, last.by, nullif(last.remark, '')) as detail,
    (last.at at time zone 'Asia/Ho_Chi_Minh')::date             as since
from issued_report as issued
join lateral (
    select step, by, remark, at from desk_step where desk_step.issued_id = issued.issued_id order by step_id desc limit 1
) as last on true
where last.step in ('sent', 'returned', 'approved')
    and (last.at at time zone 'Asia/Ho_Chi_Minh')::date <= @day

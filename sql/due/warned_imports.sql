-- Workbooks brought in with warnings whose page nobody opened since: opening it acknowledges the job.
select
    null::text                                                  as unit,
    job.job_id::text                                            as code,
    coalesce(job.request ->> 'fileName', '')                    as name,
    format('%s lưu ý · %s', job.outcome ->> 'warnings', job.requested_by) as detail,
    (job.finished_at at time zone 'Asia/Ho_Chi_Minh')::date     as since
from job
where job.kind = 'import'
    and job.state = 'done'
    and job.acknowledged_at is null
    and job.request ->> 'dryRun' = 'false'
    and job.outcome ->> 'accepted' = 'true'
    and (job.outcome ->> 'warnings')::integer > 0
    and (job.finished_at at time zone 'Asia/Ho_Chi_Minh')::date between @from and @day

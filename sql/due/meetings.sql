-- Branches of the day without a regular meeting from the first of its month to the day.
select
    branch.code::text                                           as unit,
    branch.code::text                                           as code,
    branch.name,
    coalesce('họp gần nhất ' || day_text((
        select max(date) from meeting where meeting.branch = branch.code and kind = 'Thường kỳ' and date <= @day)), 'chưa có buổi nào') as detail,
    date_trunc('month', @day)::date                             as since
from org_version as branch
where is_branch(branch.level_role)
    and branch.valid_from <= @day
    and still_holds(branch.valid_to, @day)
    and not exists (
        select
        from meeting
        where meeting.branch = branch.code
            and kind = 'Thường kỳ'
            and date between date_trunc('month', @day)::date and @day)

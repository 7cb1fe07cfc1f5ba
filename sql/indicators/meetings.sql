-- Branch meetings held in the period, the branch under the unit on that day: one row per meeting.
-- source: meeting, org_version     rule: docs/spec/figures.md
select
    scope.ancestor                                              as unit,
    meeting.branch                                              as place,
    meeting.date                                                as placed_on,
    meeting.branch                                              as code,
    (
        select branch.name
        from org_version as branch
        where branch.code = meeting.branch
            and branch.valid_from <= meeting.date
            and still_holds(branch.valid_to, meeting.date)) as name,
    (
        select parent.name
        from org_version as branch
        join org_version as parent on parent.code = branch.parent
            and parent.valid_from <= meeting.date
            and still_holds(parent.valid_to, meeting.date)
        where branch.code = meeting.branch
            and branch.valid_from <= meeting.date
            and still_holds(branch.valid_to, meeting.date)) as parent_name,
    meeting.date,
    meeting.kind::text                                          as kind,
    meeting.due,
    meeting.present,
    true                                                        as branch_meetings,
    meeting.kind = 'Chuyên đề'                                  as topical_meetings,
    meeting.kind = 'Sinh hoạt mẫu'                              as model_meetings
from org_closure as scope
join meeting on meeting.branch = scope.descendant
    and meeting.date between @from and @to
    and meeting.date >= scope.valid_from
    and meeting.date < scope.valid_to
where scope.ancestor = any (@units)

-- Warning: what goes on although that to which it belongs has ended: posts and assignments of who left the roll, posts at a unit or village
-- that no longer holds, links and residences in a village that no longer holds.
with today as materialized (
    select last_entry_day() as day
),
-- Whoever left the roll for good: the last membership ended, and not by a move that is still under way.
left_roll as (
    select touched.code as member, last.valid_to as day, last.reason_out, stage.row_no
    from touched_person as touched
    cross join lateral (
        select membership.*
        from membership
        where membership.member = touched.code
        order by membership.valid_from desc
        limit 1
    ) as last
    cross join today
    left join stage_membership as stage on stage.member = last.member and stage.branch = last.branch
        and stage.valid_from = last.valid_from and not stage.remove and not stage.duplicate and not stage.faulty
    where last.valid_to <= today.day and last.reason_out <> 'Chuyển nội bộ' and not touched.faulty_membership
),
-- Places of which the file speaks, and where what it says is.
spoken as materialized (
    select code from described_org
    union select code from stage_village
    union select place from stage_post
    union select village from stage_service
    union select residence from stage_member
),
-- Organisations and villages that are no more; the name of their sheet is what a sentence calls them.
ended as (
    select 'Tổ chức' as sheet, version.code, max(version.valid_to) as day, min(described_org.row_no) as row_no
    from org_version as version
    cross join today
    left join described_org on described_org.code = version.code and not described_org.faulty
    where version.code in (select code from spoken)
    group by version.code, today.day
    having count(*) = count(version.valid_to) and max(version.valid_to) <= today.day
    union all
    select 'Bản', gone.code, gone.day, stage.row_no
    from (
        select village.code, max(village.valid_from) as since, max(village.valid_to) as day
        from village
        cross join today
        where village.code in (select code from spoken)
        group by village.code, today.day
        having count(*) = count(village.valid_to) and max(village.valid_to) <= today.day
    ) as gone
    left join stage_village as stage on stage.code = gone.code and stage.valid_from = gone.since and not stage.remove and not stage.duplicate and not stage.faulty
),
-- Posts with the row of the file that says them.
told_post as not materialized (
    select post.*, stage.row_no
    from post
    left join stage_post as stage on stage.member is not distinct from post.member and stage.outsider = post.outsider and stage.post = post.post::text and stage.place = post.place
        and stage.valid_from = post.valid_from and not stage.remove and not stage.duplicate and not stage.faulty
),
held as (
    select
        post.place, post.valid_to, post.row_no, left_roll.day, left_roll.row_no as cause_row, 'Chức vụ' as sheet, 'Sinh hoạt' as cause_sheet,
        format('Đảng viên %s thôi sinh hoạt từ ngày %s nhưng chức %s tại %s chưa thôi từ ngày đó; hãy ghi Thôi từ ngày của chức vụ.',
            post.member, day_text(left_roll.day), post.post, post.place) as message
    from left_roll
    join told_post as post on post.member = left_roll.member and still_holds(post.valid_to, left_roll.day)
    -- What begins after a death is an error of its own (after_death).
    where post.valid_from < left_roll.day or left_roll.reason_out <> 'Từ trần'
    union all
    select
        assignment.branch, assignment.valid_to, stage.row_no, left_roll.day, left_roll.row_no, 'Phân công', 'Sinh hoạt',
        format('Đảng viên %s thôi sinh hoạt từ ngày %s nhưng phân công theo dõi %s chưa thôi từ ngày đó; hãy ghi Thôi từ ngày của phân công.',
            assignment.member, day_text(left_roll.day), assignment.branch)
    from left_roll
    join assignment on assignment.member = left_roll.member and still_holds(assignment.valid_to, left_roll.day)
    left join stage_assignment as stage on stage.member = assignment.member and stage.branch = assignment.branch
        and stage.valid_from = assignment.valid_from and not stage.remove and not stage.duplicate and not stage.faulty
    union all
    select
        post.place, post.valid_to, post.row_no, ended.day, ended.row_no, 'Chức vụ', ended.sheet,
        format('%s %s kết thúc ngày %s nhưng %s giữ chức %s ở đó chưa thôi; hãy ghi Thôi từ ngày của chức vụ.',
            ended.sheet, post.place, day_text(ended.day), coalesce(post.member, post.outsider), post.post)
    from ended
    join told_post as post on post.place = ended.code and (post.village is not null) = (ended.sheet = 'Bản') and still_holds(post.valid_to, ended.day)
    union all
    select
        service.village, service.valid_to, stage.row_no, ended.day, ended.row_no, 'Chi bộ - bản', ended.sheet,
        format('Bản %s kết thúc ngày %s nhưng chi bộ %s phụ trách bản đó chưa thôi; hãy ghi Thôi từ ngày ở trang Chi bộ - bản.',
            service.village, day_text(ended.day), service.branch)
    from ended
    join service on service.village = ended.code and still_holds(service.valid_to, ended.day)
    left join stage_service as stage on stage.branch = service.branch and stage.village = service.village
        and stage.valid_from = service.valid_from and not stage.remove and not stage.duplicate and not stage.faulty
    where ended.sheet = 'Bản'
    union all
    select
        member.residence, null, stage.row_no, ended.day, ended.row_no, 'Đảng viên', ended.sheet,
        format('Bản %s kết thúc ngày %s nhưng đảng viên %s vẫn ghi cư trú ở đó; hãy ghi mã bản nơi cư trú hiện nay.',
            member.residence, day_text(ended.day), member.code)
    from ended
    join member on member.residence = ended.code and member.held_until = 'infinity'
    left join stage_member as stage on stage.code = member.code and stage.valid_from = member.valid_from and not stage.remove and not stage.duplicate and not stage.faulty
    where ended.sheet = 'Bản' and exists (
        select
        from membership
        where membership.member = member.code and still_holds(membership.valid_to, ended.day))
)
select
    case when row_no is null then cause_sheet else sheet end as sheet,
    coalesce(row_no, cause_row) as row_no,
    case when row_no is not null and sheet = 'Đảng viên' then 'Mã bản cư trú' else 'Thôi từ ngày' end as column,
    case when row_no is null then day_text(day) when sheet = 'Đảng viên' then place::text else day_text(valid_to) end as value,
    message
from held
where coalesce(row_no, cause_row) is not null

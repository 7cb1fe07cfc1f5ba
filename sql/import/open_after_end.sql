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
ended_org as (
    select version.code, max(version.valid_to) as day
    from org_version as version
    cross join today
    group by version.code, today.day
    having count(*) = count(version.valid_to) and max(version.valid_to) <= today.day
),
ended_village as (
    select village.code, village.valid_to as day, stage.row_no
    from village
    join today on village.valid_to <= today.day
    left join stage_village as stage on stage.code = village.code and not stage.remove and not stage.duplicate and not stage.faulty
),
held as (
    select
        post.member, post.post::text as what, post.place, post.valid_to, post.valid_from, stage.row_no, left_roll.day, left_roll.row_no as cause_row,
        'Chức vụ' as sheet, 'Sinh hoạt' as cause_sheet,
        format('Đảng viên %s thôi sinh hoạt từ ngày %s nhưng chức %s tại %s chưa thôi từ ngày đó; hãy ghi Thôi từ ngày của chức vụ.',
            post.member, day_text(left_roll.day), post.post, post.place) as message
    from left_roll
    join post on post.member = left_roll.member and still_holds(post.valid_to, left_roll.day)
    left join stage_post as stage on stage.member = post.member and stage.post = post.post::text and stage.place = post.place
        and stage.valid_from = post.valid_from and not stage.remove and not stage.duplicate and not stage.faulty
    -- What begins after a death is an error of its own (after_death).
    where post.valid_from < left_roll.day or left_roll.reason_out <> 'Từ trần'
    union all
    select
        assignment.member, assignment.role::text, assignment.branch, assignment.valid_to, assignment.valid_from, stage.row_no, left_roll.day, left_roll.row_no,
        'Phân công', 'Sinh hoạt',
        format('Đảng viên %s thôi sinh hoạt từ ngày %s nhưng phân công theo dõi %s chưa thôi từ ngày đó; hãy ghi Thôi từ ngày của phân công.',
            assignment.member, day_text(left_roll.day), assignment.branch)
    from left_roll
    join assignment on assignment.member = left_roll.member and still_holds(assignment.valid_to, left_roll.day)
    left join stage_assignment as stage on stage.member = assignment.member and stage.branch = assignment.branch
        and stage.valid_from = assignment.valid_from and not stage.remove and not stage.duplicate and not stage.faulty
    union all
    select
        post.member, post.post::text, post.place, post.valid_to, post.valid_from, stage.row_no, ended_org.day, described_org.row_no,
        'Chức vụ', 'Tổ chức',
        format('Tổ chức %s kết thúc ngày %s nhưng %s giữ chức %s ở đó chưa thôi; hãy ghi Thôi từ ngày của chức vụ.',
            post.place, day_text(ended_org.day), post.member, post.post)
    from ended_org
    join post on post.org = ended_org.code and still_holds(post.valid_to, ended_org.day)
    left join described_org on described_org.code = ended_org.code and not described_org.faulty
    left join stage_post as stage on stage.member = post.member and stage.post = post.post::text and stage.place = post.place
        and stage.valid_from = post.valid_from and not stage.remove and not stage.duplicate and not stage.faulty
    union all
    select
        post.member, post.post::text, post.place, post.valid_to, post.valid_from, stage.row_no, ended_village.day, ended_village.row_no,
        'Chức vụ', 'Bản',
        format('Bản %s kết thúc ngày %s nhưng %s giữ chức %s ở đó chưa thôi; hãy ghi Thôi từ ngày của chức vụ.',
            post.place, day_text(ended_village.day), post.member, post.post)
    from ended_village
    join post on post.village = ended_village.code and still_holds(post.valid_to, ended_village.day)
    left join stage_post as stage on stage.member = post.member and stage.post = post.post::text and stage.place = post.place
        and stage.valid_from = post.valid_from and not stage.remove and not stage.duplicate and not stage.faulty
    union all
    select
        service.branch, 'Chi bộ - bản', service.village, service.valid_to, service.valid_from, stage.row_no, ended_village.day, ended_village.row_no,
        'Chi bộ - bản', 'Bản',
        format('Bản %s kết thúc ngày %s nhưng chi bộ %s phụ trách bản đó chưa thôi; hãy ghi Thôi từ ngày ở trang Chi bộ - bản.',
            service.village, day_text(ended_village.day), service.branch)
    from ended_village
    join service on service.village = ended_village.code and still_holds(service.valid_to, ended_village.day)
    left join stage_service as stage on stage.branch = service.branch and stage.village = service.village
        and stage.valid_from = service.valid_from and not stage.remove and not stage.duplicate and not stage.faulty
    union all
    select
        member.code, 'Đảng viên', member.residence, null, null, stage.row_no, ended_village.day, ended_village.row_no,
        'Đảng viên', 'Bản',
        format('Bản %s kết thúc ngày %s nhưng đảng viên %s vẫn ghi cư trú ở đó; hãy ghi mã bản nơi cư trú hiện nay.',
            member.residence, day_text(ended_village.day), member.code)
    from ended_village
    join member on member.residence = ended_village.code
    left join stage_member as stage on stage.code = member.code and not stage.remove and not stage.duplicate and not stage.faulty
    where exists (
        select
        from membership
        where membership.member = member.code and still_holds(membership.valid_to, ended_village.day))
)
select
    case when row_no is null then cause_sheet else sheet end as sheet,
    coalesce(row_no, cause_row) as row_no,
    case when row_no is not null and sheet = 'Đảng viên' then 'Mã bản cư trú' else 'Thôi từ ngày' end as column,
    case when row_no is null then day_text(day) when sheet = 'Đảng viên' then place::text else day_text(valid_to) end as value,
    message
from held
where coalesce(row_no, cause_row) is not null

-- A badge before its Party age; given early, more than a year before, two for those of 70 years and more.
with given as (
    select stage.row_no, badge.member, badge.years, badge.date, badge.early
    from stage_badge as stage
    join badge on badge.member = stage.member and badge.years = stage.years
    where not stage.remove and not stage.duplicate and not stage.faulty
        and stage.member not in (select code from touched_member where faulty_member or faulty_admission or faulty_membership)
),
-- As Party age is counted on the day of the badge; before any admission, from the first.
counted as (
    select distinct on (given.row_no) given.*, anniversary(party.counted_from, given.years) as due
    from given
    join party_count_of(array(select member from given)) as party on party.member = given.member
    order by given.row_no, party.began <= given.date desc, case when party.began <= given.date then party.began end desc nulls last, party.began
)
select 'Huy hiệu' as sheet, row_no, 'Ngày' as column, day_text(date) as value,
    format('%s đủ %s năm tuổi Đảng ngày %s; Huy hiệu ngày %s %s, hãy kiểm tra lại ngày, loại hoặc ngày vào Đảng.', member, years, day_text(due), day_text(date),
        case when early then format('sớm hơn %s tháng', case when years >= 70 then 24 else 12 end) else 'là trước ngày đó (tặng sớm thì ghi Có ở cột Tặng sớm)' end) as message
from counted
where date < case when not early then due when years >= 70 then due - interval '24 months' else due - interval '12 months' end

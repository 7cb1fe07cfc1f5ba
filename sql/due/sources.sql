-- People followed for admission on the day whose class ends (60 months after it), or who turn 60, within six months or already. Source: Hướng dẫn 01-HD/TW.
select
    source.branch::text                                         as unit,
    source.code::text                                           as code,
    coalesce(name_kept(source.name), purged_name())             as name,
    concat_ws('; ',
        case when ends.class_until <= ahead.day then format('giấy chứng nhận lớp nhận thức đến %s', day_text(ends.class_until)) end,
        case when ends.age_until <= ahead.day then format('đủ 60 tuổi ngày %s', day_text(ends.age_until)) end) as detail,
    least(ends.class_until, ends.age_until)                     as since
from source
cross join lateral (select (@day::date + interval '6 months')::date as day) as ahead
cross join lateral (
    select
        (source.class_date + interval '60 months')::date as class_until,
        (source.born + interval '60 years')::date as age_until) as ends
where source.valid_from <= @day
    and still_holds(source.valid_to, @day)
    and least(ends.class_until, ends.age_until) <= ahead.day

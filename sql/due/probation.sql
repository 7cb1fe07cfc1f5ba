-- People on the roll on the day who are not official, twelve months after the cycle of the day began. Source: Điều lệ Đảng, Điều 5.
select
    held.branch::text                                           as unit,
    person.code::text                                           as code,
    person.name,
    'kết nạp ' || day_text(began.day)                           as detail,
    (began.day + interval '12 months')::date                    as since
from membership as held
join member as person on person.code = held.member and person.held_from <= @day and person.held_until > @day
cross join lateral (select joined_on(person.code, @day, person.joined, person.first_joined) as day) as began
where held.valid_from <= @day
    and still_holds(held.valid_to, @day)
    and began.day + interval '12 months' < @day
    and not exists (
        select
        from official_span as span
        where span.member = person.code and span.valid_from <= @day and span.valid_to > @day)

-- People who left for another branch of the register within a year and have arrived nowhere by the day.
select
    left_from.branch::text                                      as unit,
    person.code::text                                           as code,
    person.name,
    'thôi sinh hoạt từ ' || day_text(left_from.valid_to)        as detail,
    left_from.valid_to                                          as since
from membership as left_from
join member as person on person.code = left_from.member and person.held_from <= @day and person.held_until > @day
where left_from.reason_out = 'Chuyển nội bộ'
    and left_from.valid_to between @from and @day
    and not exists (
        select
        from membership as later
        where later.member = left_from.member and later.valid_from >= left_from.valid_to and later.valid_from <= @day)

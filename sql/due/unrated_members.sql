-- Members on the roll on the day who were so on the last day of the year before too, not excused then, without a rating of that year.
select
    held.branch::text                                           as unit,
    person.code::text                                           as code,
    person.name,
    format('năm %s', extract(year from @day::date)::integer - 1) as detail,
    date_trunc('year', @day)::date                              as since
from membership as held
join member as person on person.code = held.member and person.held_from <= @day and person.held_until > @day
where held.valid_from <= @day
    and still_holds(held.valid_to, @day)
    and exists (
        select
        from membership as former
        join member as record on record.code = former.member
            and record.held_from < date_trunc('year', @day)
            and record.held_until >= date_trunc('year', @day)
            and not record.excused
        where former.member = held.member
            and former.valid_from < date_trunc('year', @day)
            and still_holds(former.valid_to, date_trunc('year', @day)::date - 1))
    and not exists (
        select
        from member_rating as rated
        where rated.member = held.member and rated.year = extract(year from @day::date)::integer - 1)

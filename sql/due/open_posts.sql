-- Posts that hold on the day while their holder is on no roll, or the organisation or village of the post is no more.
select
    coalesce(post.org, place.commune)::text                     as unit,
    person.code::text                                           as code,
    person.name,
    format('%s, từ %s: %s', post.post, day_text(post.valid_from),
        case when not on_roll(post.member, @day) then 'không còn sinh hoạt' else 'nơi giữ chức vụ không còn' end) as detail,
    post.valid_from                                             as since
from post
join member as person on person.code = post.member and person.held_from <= @day and person.held_until > @day
left join lateral (
    select commune
    from village
    where village.code = post.village and village.valid_from <= @day
    order by village.valid_from desc
    limit 1) as place on true
where post.valid_from <= @day
    and still_holds(post.valid_to, @day)
    and (not on_roll(post.member, @day)
        or post.org is not null and not exists (
            select from org_version as held where held.code = post.org and held.valid_from <= @day and still_holds(held.valid_to, @day))
        or post.village is not null and not exists (
            select from village as held where held.code = post.village and held.valid_from <= @day and still_holds(held.valid_to, @day)))

-- People respected in a village whose commune is under the unit on the last day, who are members that day, wherever: one row per person and village.
-- source: post, village, membership, member     rule: docs/spec/figures.md, respected_members
select
    scope.ancestor                                              as unit,
    village.commune                                             as place,
    @to                                                         as placed_on,
    member.code,
    member.name,
    known_birth(member.born, member.born_precision)             as born,
    member.ethnicity::text                                      as ethnicity,
    village.name                                                as village_name,
    post.valid_from                                             as since,
    true                                                        as respected_members
from org_closure as scope
join village on village.commune = scope.descendant
    and village.valid_from <= @to
    and still_holds(village.valid_to, @to)
join post on post.place = village.code
    and post.post = 'Người có uy tín'
    and post.valid_from <= @to
    and still_holds(post.valid_to, @to)
left join lateral record_on(post.member, @to) as member on true
where scope.ancestor = any (@units)
    and scope.valid_from <= @to
    and scope.valid_to > @to
    and on_roll(post.member, @to)

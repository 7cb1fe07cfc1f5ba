-- Cards given out in the period, the member in a branch under the unit on that day: one row per card.
-- source: card, membership, member     rule: docs/spec/forms.md, form-7
select
    scope.ancestor                                              as unit,
    membership.branch                                           as place,
    card.date                                                   as placed_on,
    member.code,
    member.name,
    known_birth(member.born, member.born_precision)             as born,
    member.ethnicity::text                                      as ethnicity,
    card.form::text                                             as form,
    card.date,
    card.number                                                 as card_number,
    (
        select version.name
        from org_version as version
        where version.code = membership.branch
            and version.valid_from <= card.date
            and still_holds(version.valid_to, card.date)) as branch_name,
    true                                                        as cards
from card
join membership on membership.member = card.member
    and membership.valid_from <= card.date
    and still_holds(membership.valid_to, card.date)
join org_closure as scope on scope.descendant = membership.branch
    and scope.valid_from <= card.date
    and scope.valid_to > card.date
left join lateral record_on(card.member, card.date) as member on true
where card.date between @from and @to
    and scope.ancestor = any (@units)

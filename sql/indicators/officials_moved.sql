-- Commune officials brought into village branches under Resolution 26-NQ/TW: one row per membership that began so.
-- source: membership, post, org_version     rule: docs/spec/figures.md, flow figures
select
    scope.ancestor                                              as unit,
    membership.branch                                           as place,
    membership.valid_from                                       as placed_on,
    member.code,
    member.name,
    known_birth(member.born, member.born_precision)             as born,
    member.ethnicity::text                                      as ethnicity,
    membership.valid_from                                       as date,
    branch.name                                                 as branch_name,
    membership.basis,
    true                                                        as officials_to_village_branches
from org_closure as scope
join membership on membership.branch = scope.descendant
    and membership.valid_from between @from and @to
    and membership.valid_from >= scope.valid_from
    and membership.valid_from < scope.valid_to
    and membership.reason_in = 'Chuyển nội bộ'
    and membership.basis = '26-NQ/TW'
join org_version as branch on branch.code = membership.branch
    and branch.valid_from <= membership.valid_from
    and still_holds(branch.valid_to, membership.valid_from)
    and branch.type in ('Bản', 'Khu phố')
join lateral record_on(membership.member, membership.valid_from) as member on true
where scope.ancestor = any (@units)
    and exists (
        select
        from post
        where post.member = membership.member
            and post.post = 'Cán bộ, công chức xã'
            and post.valid_from <= membership.valid_from
            and still_holds(post.valid_to, membership.valid_from))

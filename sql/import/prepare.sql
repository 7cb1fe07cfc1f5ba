-- Run after the rows of the file have been put into the register and before anything is judged.
-- stage_<table> holds the rows of the file: row_no, remove, faulty (the row broke a rule of its own and was left out, or it refers to
-- nothing), duplicate (a later row with the same key, left out too), then the columns of the table.
-- A rule is silent about what a faulty row touches: that row has its own error already.

-- Where in the file an organisation is described, for faults whose own row is not in the file: a removal, else the last version.
create temp table described_org on commit drop as
select distinct on (code)
    code, row_no, level, type, valid_to, bool_or(faulty) over (partition by code) as faulty
from stage_org_version
where code is not null
order by code, remove desc, valid_from desc nulls last, row_no;

-- Everything that needs a branch to be there, when it is in the file (row_no) or, though stored, its branch is.
create temp table use_of_branch on commit drop as
select 'Sinh hoạt' as sheet, stage.row_no, kept.branch, kept.valid_from, kept.valid_to,
    'Từ ngày' as from_column, 'Thôi từ ngày' as to_column, kept.member as who
from membership as kept
left join stage_membership as stage on stage.member = kept.member and stage.branch = kept.branch
    and stage.valid_from = kept.valid_from and not stage.duplicate and not stage.faulty
where stage.row_no is not null
    or kept.branch in (select code from described_org)
        and not exists (select from stage_membership as lost where lost.faulty and lost.member = kept.member)
union all
select 'Kết nạp', stage.row_no, kept.branch, kept.date, kept.date + 1, 'Ngày kết nạp', 'Ngày kết nạp', kept.member
from admission as kept
left join stage_admission as stage on stage.member = kept.member and stage.date = kept.date and not stage.duplicate and not stage.faulty
where stage.row_no is not null
    or kept.branch in (select code from described_org)
        and not exists (select from stage_admission as lost where lost.faulty and lost.member = kept.member)
union all
select 'Chi bộ - bản', stage.row_no, kept.branch, kept.valid_from, kept.valid_to, 'Từ ngày', 'Thôi từ ngày', kept.village
from service as kept
left join stage_service as stage on stage.branch = kept.branch and stage.village = kept.village
    and stage.valid_from = kept.valid_from and not stage.duplicate and not stage.faulty
where stage.row_no is not null
    or kept.branch in (select code from described_org)
        and not exists (select from stage_service as lost where lost.faulty and lost.branch = kept.branch)
union all
select 'Họp chi bộ', stage.row_no, kept.branch, kept.date, kept.date + 1, 'Ngày họp', 'Ngày họp', kept.branch
from meeting as kept
left join stage_meeting as stage on stage.branch = kept.branch and stage.date = kept.date and not stage.duplicate and not stage.faulty
where stage.row_no is not null
    or kept.branch in (select code from described_org)
        and not exists (select from stage_meeting as lost where lost.faulty and lost.branch = kept.branch)
union all
select 'Phân công', stage.row_no, kept.branch, kept.valid_from, kept.valid_to, 'Từ ngày', 'Thôi từ ngày', kept.member
from assignment as kept
left join stage_assignment as stage on stage.member = kept.member and stage.branch = kept.branch
    and stage.valid_from = kept.valid_from and not stage.duplicate and not stage.faulty
where stage.row_no is not null
    or kept.branch in (select code from described_org)
        and not exists (select from stage_assignment as lost where lost.faulty and lost.member = kept.member);

create temp table branch_life on commit drop as
select
    code,
    range_agg(daterange(valid_from, valid_to)) filter (where level in ('Chi bộ trực thuộc', 'Chi bộ cơ sở')) as as_branch,
    range_agg(daterange(valid_from, valid_to)) filter (where level not in ('Chi bộ trực thuộc', 'Chi bộ cơ sở')) as as_other
from org_version
where code in (select branch from use_of_branch)
group by code;

create temp table touched_member on commit drop as
select code, bool_or(faulty_member) as faulty_member, bool_or(faulty_admission) as faulty_admission,
    bool_or(faulty_membership) as faulty_membership
from (
    select code, faulty as faulty_member, false as faulty_admission, false as faulty_membership from stage_member
    union all
    select member, false, faulty, false from stage_admission
    union all
    select member, false, false, faulty from stage_membership
) as touched
where code is not null
group by code;

analyze use_of_branch;
analyze described_org;
analyze branch_life;
analyze touched_member;

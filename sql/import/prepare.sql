-- Run after the rows of the file have been put into the register and before anything is judged.
-- stage_<table> holds the rows of the file: row_no, remove, faulty (the row broke a rule of its own and was left out, or it refers to
-- nothing), duplicate (a later row with the same key, left out too), stored (its key was there before the import), then the columns of the table,
-- of which those that the file does not have are as they are stored.
-- A rule is silent about what a faulty row touches: that row has its own error already.

-- Where in the file an organisation is described, for faults whose own row is not in the file: a removal, else the last version.
create temp table described_org on commit drop as
select distinct on (code)
    code, row_no, level, type, valid_to, bool_or(faulty) over (partition by code) as faulty
from stage_org_version
where code is not null
order by code, remove desc, valid_from desc nulls last, row_no;

-- Members of whom the file says something: which of its sheets hold a faulty row, and where each sheet speaks of them first.
create temp table touched_member on commit drop as
select
    code,
    coalesce(bool_or(faulty) filter (where sheet = 'Đảng viên'), false) as faulty_member,
    coalesce(bool_or(faulty) filter (where sheet = 'Kết nạp'), false) as faulty_admission,
    coalesce(bool_or(faulty) filter (where sheet = 'Sinh hoạt'), false) as faulty_membership,
    min(row_no) filter (where sheet = 'Đảng viên') as member_row,
    min(row_no) filter (where sheet = 'Kết nạp') as admission_row,
    min(row_no) filter (where sheet = 'Sinh hoạt') as membership_row
from (
    select 'Đảng viên' as sheet, code, faulty, row_no from stage_member
    union all
    select 'Kết nạp', member, faulty, row_no from stage_admission
    union all
    select 'Sinh hoạt', member, faulty, row_no from stage_membership
) as said
where code is not null
group by code;

-- The same people, and those of whom the sheets Chức vụ and Phân công speak.
create temp table touched_person on commit drop as
select said.code, coalesce(touched.faulty_membership, false) as faulty_membership
from (
    select code from touched_member
    union
    select member from stage_post where member is not null
    union
    select member from stage_assignment where member is not null
) as said
left join touched_member as touched on touched.code = said.code;

-- Whose rows nobody can be sure of, sheet by sheet: one of them is faulty.
create temp table doubtful on commit drop as
select distinct sheet, owner
from (
    select 'Sinh hoạt' as sheet, member as owner from stage_membership where faulty
    union all
    select 'Kết nạp', member from stage_admission where faulty
    union all
    select 'Chi bộ - bản', branch from stage_service where faulty
    union all
    select 'Họp chi bộ', branch from stage_meeting where faulty
    union all
    select 'Phân công', member from stage_assignment where faulty
) as lost
where owner is not null;

analyze described_org;
analyze touched_member;
analyze touched_person;
analyze doubtful;

-- Everything that needs a branch to be there: what is in the file (row_no), and what is stored of a branch that is. Each is found from the file:
-- what it costs grows with the file, not with the register.
create temp table use_of_branch on commit drop as
with described as materialized (
    select code from described_org
),
used as (
    select 'Sinh hoạt' as sheet, stage.row_no, kept.branch, kept.valid_from, kept.valid_to, 'Từ ngày' as from_column, 'Thôi từ ngày' as to_column, kept.member::text as who, kept.member::text as owner
    from stage_membership as stage
    join membership as kept on kept.member = stage.member and kept.branch = stage.branch and kept.valid_from = stage.valid_from
    where not stage.duplicate and not stage.faulty
    union all
    select 'Sinh hoạt', null, kept.branch, kept.valid_from, kept.valid_to, 'Từ ngày', 'Thôi từ ngày', kept.member, kept.member
    from described
    join membership as kept on kept.branch = described.code
    where not exists (select from stage_membership as stage where kept.member = stage.member and kept.branch = stage.branch and kept.valid_from = stage.valid_from and not stage.duplicate and not stage.faulty)
    union all
    select 'Kết nạp', stage.row_no, kept.branch, kept.date, kept.date + 1, 'Ngày kết nạp', 'Ngày kết nạp', kept.member, kept.member
    from stage_admission as stage
    join admission as kept on kept.member = stage.member and kept.date = stage.date
    where not stage.duplicate and not stage.faulty
    union all
    select 'Kết nạp', null, kept.branch, kept.date, kept.date + 1, 'Ngày kết nạp', 'Ngày kết nạp', kept.member, kept.member
    from described
    join admission as kept on kept.branch = described.code
    where not exists (select from stage_admission as stage where kept.member = stage.member and kept.date = stage.date and not stage.duplicate and not stage.faulty)
    union all
    select 'Chi bộ - bản', stage.row_no, kept.branch, kept.valid_from, kept.valid_to, 'Từ ngày', 'Thôi từ ngày', kept.village, kept.branch
    from stage_service as stage
    join service as kept on kept.branch = stage.branch and kept.village = stage.village and kept.valid_from = stage.valid_from
    where not stage.duplicate and not stage.faulty
    union all
    select 'Chi bộ - bản', null, kept.branch, kept.valid_from, kept.valid_to, 'Từ ngày', 'Thôi từ ngày', kept.village, kept.branch
    from described
    join service as kept on kept.branch = described.code
    where not exists (select from stage_service as stage where kept.branch = stage.branch and kept.village = stage.village and kept.valid_from = stage.valid_from and not stage.duplicate and not stage.faulty)
    union all
    select 'Họp chi bộ', stage.row_no, kept.branch, kept.date, kept.date + 1, 'Ngày họp', 'Ngày họp', kept.branch, kept.branch
    from stage_meeting as stage
    join meeting as kept on kept.branch = stage.branch and kept.date = stage.date
    where not stage.duplicate and not stage.faulty
    union all
    select 'Họp chi bộ', null, kept.branch, kept.date, kept.date + 1, 'Ngày họp', 'Ngày họp', kept.branch, kept.branch
    from described
    join meeting as kept on kept.branch = described.code
    where not exists (select from stage_meeting as stage where kept.branch = stage.branch and kept.date = stage.date and not stage.duplicate and not stage.faulty)
    union all
    select 'Phân công', stage.row_no, kept.branch, kept.valid_from, kept.valid_to, 'Từ ngày', 'Thôi từ ngày', kept.member, kept.member
    from stage_assignment as stage
    join assignment as kept on kept.member = stage.member and kept.branch = stage.branch and kept.valid_from = stage.valid_from
    where not stage.duplicate and not stage.faulty
    union all
    select 'Phân công', null, kept.branch, kept.valid_from, kept.valid_to, 'Từ ngày', 'Thôi từ ngày', kept.member, kept.member
    from described
    join assignment as kept on kept.branch = described.code
    where not exists (select from stage_assignment as stage where kept.member = stage.member and kept.branch = stage.branch and kept.valid_from = stage.valid_from and not stage.duplicate and not stage.faulty)
)
select used.sheet, used.row_no, used.branch, used.valid_from, used.valid_to, used.from_column, used.to_column, used.who
from used
left join doubtful on doubtful.sheet = used.sheet and doubtful.owner = used.owner
where used.row_no is not null or doubtful.owner is null;

analyze use_of_branch;

create temp table branch_life on commit drop as
select
    code,
    range_agg(daterange(valid_from, valid_to)) filter (where is_branch(level_role)) as as_branch,
    range_agg(daterange(valid_from, valid_to)) filter (where not is_branch(level_role)) as as_other
from org_version
where code in (select branch from use_of_branch)
group by code;

analyze branch_life;

-- The register in time. Source of every name, key and rule: docs/spec/exchange-workbook.md.
-- Intervals are half-open: a row holds on day d when valid_from <= d and (valid_to is null or d < valid_to).
-- Rows are known by the codes that people use; a code compares byte by byte, whatever the locale.
-- Where a key is excluded as (key || ''), its GiST index serves the constraint alone: the planner would else take it for look-ups
-- by key, where it reads many times the pages of the primary key's.
-- Constraints between rows are deferred: an import judges the state after it, and names each fault in words before it commits.

create extension if not exists btree_gist;

create domain code as text collate "C" check (value ~ '^\S{1,64}$');

-- Vocabularies, in official order (C#: Exchange/Vocabulary.cs; `sinho check` compares the two).
create type org_level as enum (
    'Đảng bộ huyện', 'Đảng bộ cơ sở', 'Chi bộ cơ sở', 'Đảng bộ bộ phận', 'Chi bộ trực thuộc');
create type org_type as enum (
    'Xã', 'Phường', 'Thị trấn', 'Cơ quan Đảng, đoàn thể', 'Cơ quan Nhà nước',
    'Sự nghiệp công lập', 'Sự nghiệp ngoài công lập', 'Quân đội', 'Công an',
    'Doanh nghiệp Nhà nước', 'Doanh nghiệp ngoài Nhà nước', 'Hợp tác xã', 'Khác', 'Bản',
    'Khu phố', 'Trường học', 'Quân sự', 'Cơ quan xã', 'Trạm y tế', 'Doanh nghiệp');
create type village_kind as enum (
    'Bản', 'Khu phố');
create type sex as enum (
    'Nam', 'Nữ');
create type ethnicity as enum (
    'Kinh', 'Tày', 'Thái', 'Hoa', 'Khơ-me', 'Mường', 'Nùng', 'Mông', 'Dao', 'Gia Rai', 'Ê-đê',
    'Ngái', 'Ba-Na', 'Xơ-Đăng', 'Sán Chay', 'Cơ Ho', 'Chăm', 'Sán Dìu', 'HRê', 'M.Nông',
    'Raglai', 'XTiêng', 'Bru - Vân Kiều', 'Thổ', 'Giáy', 'Cơ Tu', 'Giẻ Triêng', 'Mạ', 'Khơ Mú',
    'Co', 'Tà Ôi', 'Chơ-Ro', 'Kháng', 'Xinh Mun', 'Hà Nhì', 'Chu Ru', 'Lào', 'La Chí', 'La Ha',
    'Phù Lá', 'La Hủ', 'Lự', 'Lô Lô', 'Chứt', 'Mảng', 'Pà Thẻn', 'Cơ Lao', 'Cống', 'Bố Y',
    'Si La', 'Pu Péo', 'BRâu', 'Ơ Đu', 'Rơ-Măm', 'Dân tộc khác', 'Quốc tịch gốc nước ngoài');
create type religion as enum (
    'Phật giáo', 'Công giáo', 'Phật giáo Hòa Hảo', 'Cao Đài', 'Tin Lành', 'Hồi giáo',
    'Đạo khác');
create type schooling as enum (
    'Biết đọc, biết viết', 'Tiểu học', 'Trung học cơ sở', 'Trung học phổ thông');
create type qualification as enum (
    'Sơ cấp', 'Trung cấp', 'Cao đẳng', 'Đại học', 'Thạc sỹ', 'Tiến sỹ');
create type academic_title as enum (
    'Phó Giáo sư', 'Giáo sư');
create type theory as enum (
    'Sơ cấp', 'Trung cấp', 'Cao cấp, cử nhân');
create type occupation as enum (
    'Cán bộ, công chức cơ quan Nhà nước', 'Cán bộ, công chức cơ quan Đảng, đoàn thể',
    'Cán bộ, công chức xã', 'Hoạt động không chuyên trách thôn, bản', 'Viên chức công lập',
    'Lao động ngoài công lập', 'Lãnh đạo, quản lý doanh nghiệp', 'Nhân viên doanh nghiệp',
    'Công nhân', 'Nông, lâm, ngư nghiệp', 'Quân đội, công an', 'Sinh viên', 'Học sinh', 'Khác',
    'Nghỉ hưu, nghỉ công tác');
create type reason_in as enum (
    'Đầu kỳ', 'Kết nạp', 'Kết nạp lại', 'Chuyển đến từ tỉnh khác', 'Chuyển đến từ huyện khác',
    'Phục hồi đảng tịch', 'Chuyển nội bộ');
create type reason_out as enum (
    'Từ trần', 'Khai trừ', 'Xóa tên', 'Xin ra khỏi Đảng', 'Chuyển đi tỉnh khác',
    'Chuyển đi huyện khác', 'Chuyển nội bộ');
create type post_name as enum (
    'Bí thư chi bộ', 'Phó bí thư chi bộ', 'Trưởng bản', 'Cán bộ, công chức xã',
    'Huyện ủy viên', 'Đảng ủy viên');
create type restructuring_form as enum (
    'Thành lập', 'Giải thể', 'Sáp nhập', 'Chia tách', 'Kiện toàn', 'Đổi tên',
    'Chuyển trực thuộc');
create type restructuring_role as enum (
    'Trước', 'Sau');
create type grade as enum (
    'Hoàn thành xuất sắc nhiệm vụ', 'Hoàn thành tốt nhiệm vụ', 'Hoàn thành nhiệm vụ',
    'Không hoàn thành nhiệm vụ');
create type meeting_kind as enum (
    'Thường kỳ', 'Chuyên đề', 'Sinh hoạt mẫu');
create type assignment_role as enum (
    'Huyện ủy viên', 'Đảng ủy viên', 'Cán bộ xã phụ trách');
create type inspection_form as enum (
    'Kiểm tra', 'Giám sát');

create table setting (
    name    text primary key,
    value   integer not null check (value >= 0),
    caption text not null
);
insert into setting values ('few_member_max', 5, 'Chi bộ có ít đảng viên: nhiều nhất từng này đảng viên chính thức');

-- valid_until is the last day, included: the only inclusive end in the register.
create table term (
    name        text primary key,
    valid_from  date not null,
    valid_until date not null,
    check (valid_from <= valid_until)
);

-- One row per organisation there ever was, so that others can refer to it whatever its versions.
create table org (
    code code primary key check (code ~ '^[A-Z0-9.-]{1,32}$')
);

create table org_version (
    code       code not null references org deferrable initially deferred,
    name       text not null,
    level      org_level not null,
    type       org_type not null,
    parent     code references org deferrable initially deferred,
    valid_from date not null,
    valid_to   date,
    primary key (code, valid_from),
    check (valid_from < valid_to),
    check ((level = 'Đảng bộ huyện') = (parent is null)),
    check (case
        when level in ('Đảng bộ cơ sở', 'Chi bộ cơ sở') then type <= 'Khác'
        when level = 'Chi bộ trực thuộc' then
            type in ('Bản', 'Khu phố', 'Trường học', 'Quân sự', 'Công an', 'Cơ quan xã', 'Trạm y tế', 'Doanh nghiệp', 'Khác')
        else type = 'Khác'
    end),
    exclude using gist ((code || '') with =, daterange(valid_from, valid_to) with &&) deferrable initially deferred
);
create index on org_version (parent);

create table village (
    code       code primary key,
    name       text not null,
    kind       village_kind not null,
    commune    code not null references org deferrable initially deferred,
    valid_from date not null,
    valid_to   date,
    check (valid_from < valid_to)
);
create index on village (commune);

create table service (
    branch     code not null references org deferrable initially deferred,
    village    code not null references village deferrable initially deferred,
    valid_from date not null,
    valid_to   date,
    primary key (branch, village, valid_from),
    check (valid_from < valid_to)
);
create index on service (village);

-- born is the first day that the given birth date can mean; born_precision says how much of it was given.
create table member (
    code             code primary key,
    name             text not null,
    sex              sex not null,
    born             date not null,
    born_precision   text not null check (born_precision in ('day', 'month', 'year')),
    ethnicity        ethnicity not null,
    religion         religion,
    residence        code references village deferrable initially deferred,
    joined           date not null,
    official         date,
    schooling        schooling not null,
    qualification    qualification,
    title            academic_title,
    theory           theory,
    occupation       occupation not null,
    youth            boolean not null,
    owner            boolean not null,
    foreign_marriage boolean not null,
    excused          boolean not null,
    check (born <= joined),
    check (joined <= official)
);
create index on member (residence);

create table admission (
    member        code not null references member deferrable initially deferred,
    date          date not null,
    decision      text not null,
    decided       date not null,
    official      date,
    branch        code not null references org deferrable initially deferred,
    readmission   boolean not null,
    local         boolean not null,
    occupation    occupation not null,
    schooling     schooling not null,
    qualification qualification,
    youth         boolean not null,
    primary key (member, date),
    check (decided <= date),
    check (date <= official)
);
create index on admission (branch, date);

create table membership (
    member     code not null references member deferrable initially deferred,
    branch     code not null references org deferrable initially deferred,
    valid_from date not null,
    valid_to   date,
    reason_in  reason_in not null,
    reason_out reason_out,
    basis      text,
    primary key (member, branch, valid_from),
    check (valid_from < valid_to),
    check ((valid_to is null) = (reason_out is null)),
    -- 64 bits stand for the code: an index of this kind fills more than three times as fast over numbers as over texts.
    exclude using gist (hashtextextended(member, 0) with =, daterange(valid_from, valid_to) with &&) deferrable initially deferred
);
create index on membership (branch, valid_from) include (valid_to, member);

-- place is a village for Trưởng bản, an organisation for every other post.
create table post (
    member     code not null references member deferrable initially deferred,
    post       post_name not null,
    place      code not null,
    valid_from date not null,
    valid_to   date,
    village    code generated always as (case when post = 'Trưởng bản' then place end) stored
        references village deferrable initially deferred,
    org        code generated always as (case when post <> 'Trưởng bản' then place end) stored
        references org deferrable initially deferred,
    primary key (member, post, place, valid_from),
    check (valid_from < valid_to)
);
create index on post (place, post);

create table restructuring (
    decision text not null,
    date     date not null,
    form     restructuring_form not null,
    branch   code not null references org deferrable initially deferred,
    role     restructuring_role not null,
    primary key (decision, branch, role),
    check (form <> 'Thành lập' or role = 'Sau'),
    check (form <> 'Giải thể' or role = 'Trước'),
    exclude using gist (decision with =, date with <>) deferrable initially deferred,
    exclude using gist (decision with =, form with <>) deferrable initially deferred
);
create index on restructuring (branch, date);

create table rating (
    year  integer not null check (year between 1900 and 2100),
    org   code not null references org deferrable initially deferred,
    grade grade not null,
    primary key (org, year)
);

create table meeting (
    branch  code not null references org deferrable initially deferred,
    date    date not null,
    kind    meeting_kind not null,
    due     integer not null check (due >= 0),
    present integer not null check (present between 0 and due),
    primary key (branch, date)
);

-- A committee member who follows a branch: not a membership, it moves nobody.
create table assignment (
    member     code not null references member deferrable initially deferred,
    branch     code not null references org deferrable initially deferred,
    role       assignment_role not null,
    valid_from date not null,
    valid_to   date,
    primary key (member, branch, valid_from),
    check (valid_from < valid_to)
);
create index on assignment (branch);

create table inspection (
    document text not null,
    org      code not null references org deferrable initially deferred,
    date     date not null,
    form     inspection_form not null,
    subject  text,
    result   text,
    primary key (document, org)
);
create index on inspection (org, date);

-- Derived, rebuildable (functions/derived.sql): which organisation was under which, day by day. Everything is under itself.
-- valid_to is 'infinity' where it still holds, so that "d < valid_to" needs no second case.
create table org_closure (
    ancestor   code not null,
    descendant code not null,
    valid_from date not null,
    valid_to   date not null,
    primary key (ancestor, descendant, valid_from)
);
create index on org_closure (descendant);

-- Derived, rebuildable: the days on which a member is official (the others are probationary).
create table official_span (
    member     code not null,
    valid_from date not null,
    valid_to   date not null,
    primary key (member, valid_from)
);

create table import_run (
    import_id  bigint generated always as identity primary key,
    at         timestamptz not null default now(),
    by         text not null,
    file_name  text not null,
    sha256     text not null,
    outcome    jsonb not null
);

-- Append-only: what changed, when, by whom, by which import, before and after.
create table trail (
    trail_id   bigint generated always as identity primary key,
    at         timestamptz not null default now(),
    by         text not null,
    import_id  bigint,
    table_name text not null,
    before     jsonb,
    after      jsonb
);
create index on trail using brin (at);

-- What the search of functions/search.sql goes through: every name that somebody or something ever had in the register. Derived: the triggers
-- there keep it, refresh_search() makes it anew.

create extension if not exists pg_trgm;

-- key: the name without marks, in lower case, between two spaces, so that " do" begins a word. sound: the same as it sounds (sounds.yaml).
-- code_key: the code in lower case; empty where nobody would look for one.
create table search_entry (
    kind     text collate "C" not null check (kind in ('person', 'unit', 'village', 'decision', 'import', 'report')),
    code     text collate "C" not null,
    name     text not null,
    key      text collate "C" not null,
    sound    text collate "C" not null,
    code_key text collate "C" not null,
    primary key (kind, code, name)
);
create index on search_entry (kind, key);
create index on search_entry (kind, code_key);
-- One for each kind: what is common among people would else be gone through for every unit.
create index on search_entry using gin (key gin_trgm_ops, sound gin_trgm_ops, code_key gin_trgm_ops) where kind = 'person';
create index on search_entry using gin (key gin_trgm_ops, sound gin_trgm_ops, code_key gin_trgm_ops) where kind = 'unit';
create index on search_entry using gin (key gin_trgm_ops, sound gin_trgm_ops, code_key gin_trgm_ops) where kind = 'village';
create index on search_entry using gin (key gin_trgm_ops, sound gin_trgm_ops, code_key gin_trgm_ops) where kind = 'decision';
create index on search_entry using gin (key gin_trgm_ops, sound gin_trgm_ops, code_key gin_trgm_ops) where kind = 'import';
create index on search_entry using gin (key gin_trgm_ops, sound gin_trgm_ops, code_key gin_trgm_ops) where kind = 'report';

-- The words of people's names, few beside the names, and after "#" the pairs of characters in their codes: two letters within a word are looked for
-- here, where no trigram helps. Words that no name has any more do no harm.
create table search_word (
    word text collate "C" primary key
);

-- A search that showed people is an opening of them, by their codes; a unit's page names who holds its posts.
alter table reading
    drop constraint reading_kind_check,
    add constraint reading_kind_check check (kind in ('list', 'evidence', 'report', 'trail', 'person', 'village', 'search', 'unit'));

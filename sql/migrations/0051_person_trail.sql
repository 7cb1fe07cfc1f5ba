-- What the trail says of one person beside the record: admissions, memberships, posts and assignments.
create index on trail ((coalesce(after, before) ->> 'member')) where table_name in ('admission', 'membership', 'post', 'assignment');

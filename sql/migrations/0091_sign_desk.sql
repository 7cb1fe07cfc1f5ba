-- The way of a report to its signature: what was done with a draft, in the order of time; the latest step says where it is.
create table desk_step (
    step_id   bigint generated always as identity primary key,
    issued_id uuid not null references issued_report,
    step      text not null check (step in ('sent', 'withdrawn', 'returned', 'approved', 'signed')),
    remark    text not null default '',
    signed_id uuid unique references signed_report,
    at        timestamptz not null default clock_timestamp(),
    by        text not null,
    check ((step = 'signed') = (signed_id is not null)),
    check (step <> 'returned' or remark <> '')
);
create index on desk_step (issued_id);
create trigger append_only before update or delete or truncate on desk_step for each statement execute function refuse_change();

-- A scan of the paper, and whatever else is kept beside a signed report; it proves nothing and changes nothing.
create table signed_attachment (
    file_id   uuid primary key references stored_file,
    signed_id uuid not null references signed_report,
    at        timestamptz not null default clock_timestamp(),
    by        text not null
);
create trigger append_only before update or delete or truncate on signed_attachment for each statement execute function refuse_change();

insert into setting values ('approve_own', 0, 'Người lập báo cáo được tự duyệt và ký (0: không, 1: được)');

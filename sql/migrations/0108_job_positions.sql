-- Which server showed the snapshot from which a job made a report or a list, and how far its log went; in no file.
alter table job
    add column snapshot_server text,
    add column snapshot_position pg_lsn;

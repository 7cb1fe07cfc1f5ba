-- Past one machine: figures may be counted on another server than the one that is written to.

-- How far the log went when the work was asked for: whoever does it reads from no server that is behind that.
alter table job add column asked_position pg_lsn not null default pg_current_wal_flush_lsn();

-- Which server showed the snapshot of an issued report, and how far its log went; unknown for reports from before.
alter table issued_report
    add column snapshot_server text,
    add column snapshot_position pg_lsn;

-- Whose certificate signed the file of figures, its SHA-256 (of the certificate), and the signature; null where it came without.
alter table received_report
    add column certificate text,
    add column certificate_sha256 text check (certificate_sha256 ~ '^[0-9a-f]{64}$'),
    add column signature bytea,
    add check (num_nulls(certificate, certificate_sha256, signature) in (0, 3));

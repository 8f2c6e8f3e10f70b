-- The register's extract, handed in by a page: kept in the data folder, tried, taken in by a job.

create schema installation;
grant usage on schema installation to dinhdanh_app, dinhdanh_maintenance;

create table installation.extract (
  id         uuid        not null primary key,
  as_of      date        not null,
  bytes      bigint      not null check (bytes >= 0),
  sha256     bytea       not null check (length(sha256) = 32),
  state      text        not null check (state in ('trying', 'tried', 'taking', 'taken', 'failed', 'dropped')),
  share      real        not null default 0 check (share between 0 and 1),
  rows_read  integer     not null default 0 check (rows_read >= 0),
  counts     jsonb,
  refusal    text        check (refusal <> ''),
  handed_by  uuid        not null,
  handed_for uuid,
  handed_at  timestamptz not null,
  taken_by   uuid,
  changed_at timestamptz not null,
  check ((state in ('tried', 'taking', 'taken')) <= (counts is not null)),
  check ((state = 'failed') = (refusal is not null)),
  check ((state in ('taking', 'taken')) <= (taken_by is not null))
);
-- One is under way at a time: another takes the place of one that waits.
create unique index one_open_extract on installation.extract ((true)) where state in ('trying', 'tried', 'taking', 'failed');

comment on schema installation is 'How an installation begins.';
comment on table  installation.extract            is 'An extract of the register that an officer handed in by a page.';
comment on column installation.extract.id         is 'The extract; its file lies under this name in the data folder. [public]';
comment on column installation.extract.as_of      is 'The day of which it tells. [public]';
comment on column installation.extract.bytes      is 'How long its file is. [public]';
comment on column installation.extract.sha256     is 'SHA-256 of its file, to be compared with what the sender says. [public]';
comment on column installation.extract.state      is 'trying, tried, taking, taken, failed, or dropped. [public]';
comment on column installation.extract.share      is 'How far it is read and written, 0 to 1. [public]';
comment on column installation.extract.rows_read  is 'Rows read so far. [public]';
comment on column installation.extract.counts     is 'How many rows it has, adds, changes and are not taken, by reason. [public]';
comment on column installation.extract.refusal    is 'The code of why it failed. [public]';
comment on column installation.extract.handed_by  is 'Who handed it in. [personal]';
comment on column installation.extract.handed_for is 'In whose stead. [personal]';
comment on column installation.extract.handed_at  is 'When. [public]';
comment on column installation.extract.taken_by   is 'Who had it taken in. [personal]';
comment on column installation.extract.changed_at is 'When its state changed last. [public]';

alter table installation.extract enable row level security;
alter table installation.extract force  row level security;
create policy house on installation.extract to dinhdanh_app
  using ((select platform.sees_house())) with check ((select platform.sees_house()));
create policy maintenance on installation.extract to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update on installation.extract to dinhdanh_app, dinhdanh_maintenance;

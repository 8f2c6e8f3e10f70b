-- Several processes may serve one installation. Each says that it lives, and tells the others what it counts of whoever
-- comes near a limit of a minute, so that nobody gets more by spreading requests over them.

create table platform.server_process (
  id       uuid        not null primary key,
  place    text        not null,
  began_at timestamptz not null,
  seen_at  timestamptz not null
);
comment on table  platform.server_process          is 'A process that serves the installation, as it says so every few seconds.';
comment on column platform.server_process.id       is 'Of one run of the process. [public]';
comment on column platform.server_process.place    is 'Machine and port at which it serves. [public]';
comment on column platform.server_process.began_at is 'When it began, by the clock of the database. [public]';
comment on column platform.server_process.seen_at  is 'When it last said so, by the clock of the database. [public]';

-- Of a minute: what a crash takes is over before anybody could use it.
create unlogged table platform.minute_count (
  name       text        not null,
  process_id uuid        not null,
  count      integer     not null check (count > 0),
  until      timestamptz not null,
  primary key (name, process_id)
);
create index on platform.minute_count (until);
comment on table  platform.minute_count            is 'What a process counted within a minute, of whoever comes near a limit.';
comment on column platform.minute_count.name       is 'What was counted and of whom: a code that only a holder of the sealing key can make. [public]';
comment on column platform.minute_count.process_id is 'The process that counted. [public]';
comment on column platform.minute_count.count      is 'How many. [public]';
comment on column platform.minute_count.until      is 'When that minute is over, by the clock of the database. [public]';

alter table platform.server_process enable row level security;
alter table platform.server_process force  row level security;
alter table platform.minute_count   enable row level security;
alter table platform.minute_count   force  row level security;
create policy maintenance on platform.server_process to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on platform.minute_count   to dinhdanh_maintenance using (true) with check (true);
create policy house on platform.server_process to dinhdanh_app
  using ((select platform.sees_house())) with check ((select platform.sees_house()));
create policy house on platform.minute_count   to dinhdanh_app
  using ((select platform.sees_house())) with check ((select platform.sees_house()));
grant select, insert, update, delete on platform.server_process, platform.minute_count to dinhdanh_app, dinhdanh_maintenance;

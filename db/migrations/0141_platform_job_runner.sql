-- Who runs jobs now: what a process had begun when it ended is taken up by another within a minute, also while others
-- go on. The queue itself would wait for four hours.

create table platform.job_runner (
  id       uuid        not null primary key,
  lockers  text[]      not null,
  seen_at  timestamptz not null
);
comment on table  platform.job_runner         is 'A process that runs jobs, as it says so every few seconds.';
comment on column platform.job_runner.id      is 'Of one run of the process; its connections are called by it. [public]';
comment on column platform.job_runner.lockers is 'The names under which it holds jobs in the queue. [public]';
comment on column platform.job_runner.seen_at is 'When it last said so, by the clock of the database. [public]';

alter table platform.job_runner enable row level security;
alter table platform.job_runner force  row level security;
create policy maintenance on platform.job_runner to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update, delete on platform.job_runner to dinhdanh_maintenance;

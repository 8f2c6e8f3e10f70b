-- A clock that was set far ahead removes by its date what is kept for years, and no later look brings that back. What
-- the installation does by the date goes on by itself only while the time follows on the last one that it saw.

create table platform.believed_time (
  only_one boolean     not null primary key default true check (only_one),
  at       timestamptz not null
);
comment on table  platform.believed_time          is 'The latest time of which nobody doubts that it was.';
comment on column platform.believed_time.only_one is 'There is one row. [public]';
comment on column platform.believed_time.at       is 'By the clock of the server that ran a job then, or of the operator who confirmed it. [public]';

alter table platform.believed_time enable row level security;
alter table platform.believed_time force  row level security;
create policy maintenance on platform.believed_time to dinhdanh_maintenance using (true) with check (true);
create policy house       on platform.believed_time to dinhdanh_app
  using ((select platform.sees_house())) with check ((select platform.sees_house()));
grant select, insert, update on platform.believed_time to dinhdanh_app, dinhdanh_maintenance;

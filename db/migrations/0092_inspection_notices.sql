-- What came back to an officer, or came to their unit, is derived from deeds each time. Kept is only until when somebody
-- has looked: nothing of the things themselves, and nobody's data.
create table inspection.notice_seen (
  officer_id uuid        not null primary key,
  until      timestamptz not null
);

comment on table  inspection.notice_seen            is 'Until when an officer has looked at what came to them.';
comment on column inspection.notice_seen.officer_id is 'The officer. [personal]';
comment on column inspection.notice_seen.until      is 'What came up to this moment was seen. [personal]';

alter table inspection.notice_seen enable row level security;
alter table inspection.notice_seen force  row level security;
create policy house       on inspection.notice_seen to dinhdanh_app using ((select platform.sees_house()));
create policy maintenance on inspection.notice_seen to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update on inspection.notice_seen to dinhdanh_app, dinhdanh_maintenance;

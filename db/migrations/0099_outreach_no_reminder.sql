-- Who objected to the use of their data, or asked to restrict it, is not reminded from the day on which they ask, whatever
-- is answered later; a request that is refused or withdrawn ends it.
create table outreach.no_reminder (
  person_id  uuid        not null,
  request_id uuid        not null,
  since      timestamptz not null,
  primary key (person_id, request_id)
);
create index no_reminder_by_request on outreach.no_reminder (request_id);
comment on table  outreach.no_reminder            is 'People who are sent no reminders, since they asked so.';
comment on column outreach.no_reminder.person_id  is 'Who. [personal]';
comment on column outreach.no_reminder.request_id is 'The request about their own data by which they asked. [public]';
comment on column outreach.no_reminder.since      is 'Since when. [public]';

alter table outreach.no_reminder enable row level security;
alter table outreach.no_reminder force  row level security;
create policy house       on outreach.no_reminder to dinhdanh_app using ((select platform.sees_house()));
create policy maintenance on outreach.no_reminder to dinhdanh_maintenance using (true) with check (true);
grant select, insert, delete         on outreach.no_reminder to dinhdanh_app;
grant select, insert, update, delete on outreach.no_reminder to dinhdanh_maintenance;

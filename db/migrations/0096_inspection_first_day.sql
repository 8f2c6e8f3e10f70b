-- The guide of an officer's first day. What they have done is read from their own deeds each time; kept is only what no
-- deed tells: that they want no guide, which duties they read, and which pages of the guide they opened.
create table inspection.first_day (
  officer_id   uuid not null primary key,
  dismissed_at timestamptz,
  duties_basis text,
  duties_at    timestamptz,
  opened       text[] not null default '{}',
  check ((duties_basis is null) = (duties_at is null)),
  check (cardinality(opened) <= 100)
);
-- Whoever works here already is not offered a first day.
insert into inspection.first_day (officer_id, dismissed_at) select officer_id, now() from staff.credential;

comment on table  inspection.first_day              is 'What an officer did with the guide of their first day.';
comment on column inspection.first_day.officer_id   is 'The officer. [personal]';
comment on column inspection.first_day.dismissed_at is 'When they put the guide away; it is not offered again. [personal]';
comment on column inspection.first_day.duties_basis is 'Article and act of the duties on personal data that they read. [public]';
comment on column inspection.first_day.duties_at    is 'When they said that they had read them. [personal]';
comment on column inspection.first_day.opened       is 'Steps of the guide whose page they have opened. [personal]';

alter table inspection.first_day enable row level security;
alter table inspection.first_day force  row level security;
create policy own on inspection.first_day to dinhdanh_app
  using (officer_id::text = (select platform.actor())) with check (officer_id::text = (select platform.actor()));
create policy maintenance on inspection.first_day to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update on inspection.first_day to dinhdanh_app, dinhdanh_maintenance;

-- Each unit chooses the campaign of its first page: a new one does not take it over. Officers keep filters of lists by
-- name. Which campaigns mean somebody is asked by person.

create table campaign.first_page (
  unit_id     uuid primary key references units.unit (id),
  campaign_id uuid not null references campaign.campaign (id),
  chosen_by   text not null check (chosen_by <> ''),
  chosen_at   timestamptz not null
);
comment on table  campaign.first_page             is 'Which campaign the first page of a unit shows, where the unit has chosen one.';
comment on column campaign.first_page.unit_id     is 'The unit. [public]';
comment on column campaign.first_page.campaign_id is 'The campaign that its first page shows. [public]';
comment on column campaign.first_page.chosen_by   is 'Who chose it. [personal]';
comment on column campaign.first_page.chosen_at   is 'When; a campaign made later is offered. [public]';
alter table campaign.first_page enable row level security;
alter table campaign.first_page force row level security;
create policy maintenance on campaign.first_page to dinhdanh_maintenance using (true) with check (true);
create policy unit on campaign.first_page to dinhdanh_app
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
grant select, insert, update on campaign.first_page to dinhdanh_app, dinhdanh_maintenance;

create table campaign.saved_filter (
  id         uuid primary key,
  officer_id uuid not null,
  list       text not null check (list in ('needs', 'people')),
  name       text not null check (name <> ''),
  filter     text not null check (length(filter) <= 1000),
  saved_at   timestamptz not null,
  unique (officer_id, list, name)
);
comment on table  campaign.saved_filter            is 'A filter of a list that an officer keeps by name. Nothing of a person is in it.';
comment on column campaign.saved_filter.id         is 'The filter. [public]';
comment on column campaign.saved_filter.officer_id is 'Whose it is. [personal]';
comment on column campaign.saved_filter.list       is 'Of which list. [public]';
comment on column campaign.saved_filter.name       is 'What the officer calls it. [public]';
comment on column campaign.saved_filter.filter     is 'The filter as an address of the list has it: needs, years, schools, classes. [public]';
comment on column campaign.saved_filter.saved_at   is 'When it was saved last. [public]';
alter table campaign.saved_filter enable row level security;
alter table campaign.saved_filter force row level security;
create policy maintenance on campaign.saved_filter to dinhdanh_maintenance using (true) with check (true);
create policy own on campaign.saved_filter to dinhdanh_app
  using ((select platform.sees_house()) or officer_id::text = (select platform.actor()))
  with check ((select platform.sees_house()) or officer_id::text = (select platform.actor()));
grant select, insert, update, delete on campaign.saved_filter to dinhdanh_app, dinhdanh_maintenance;

-- Public information: what was done to tell people (assemblies, letters, texts for loudspeakers, visits by groups), for
-- which campaign, where, to whom, by whom. What moved there afterwards is counted from the milestones, not kept here.
create schema awareness;
comment on schema awareness is 'Public information: what was done to tell people of a campaign, and where.';
grant usage on schema awareness to dinhdanh_app, dinhdanh_maintenance;

create table awareness.activity (
  id               uuid        not null primary key,
  campaign_id      uuid        not null,
  unit_id          uuid        not null,
  kind             text        not null
    check (kind in ('assembly', 'parents-meeting', 'letter', 'leaflet', 'loudspeaker', 'group-visit', 'online-group', 'other')),
  audiences        text[]      not null
    check (cardinality(audiences) > 0 and audiences <@ array['pupils', 'parents', 'teachers', 'residents']),
  held_on          date        not null,
  people           integer     not null check (people >= 0),
  counted          boolean     not null,
  done_by          text[]      not null
    check (cardinality(done_by) > 0 and done_by <@ array['police', 'school', 'group', 'committee', 'association']),
  told             text        check (told <> ''),
  written_by       text        not null check (written_by <> ''),
  written_at       timestamptz not null,
  withdrawn_at     timestamptz,
  withdrawn_by     text,
  withdrawn_reason text        check (withdrawn_reason <> ''),
  check ((withdrawn_at is null) = (withdrawn_by is null)),
  check ((withdrawn_at is null) = (withdrawn_reason is null))
);
create index activity_by_campaign on awareness.activity (campaign_id, held_on);

comment on table  awareness.activity                  is 'One thing that was done to tell people of a campaign. Nobody who was told is named.';
comment on column awareness.activity.id               is 'The activity. [public]';
comment on column awareness.activity.campaign_id      is 'Of which campaign people were told. [public]';
comment on column awareness.activity.unit_id          is 'In which unit it was entered. [public]';
comment on column awareness.activity.kind             is 'What was done. [public]';
comment on column awareness.activity.audiences        is 'Whom it addressed. [public]';
comment on column awareness.activity.held_on          is 'On which day. [public]';
comment on column awareness.activity.people           is 'How many people it reached. [public]';
comment on column awareness.activity.counted          is 'Whether these were counted; else estimated. [public]';
comment on column awareness.activity.done_by          is 'Which bodies did it. [public]';
comment on column awareness.activity.told             is 'What was told, in words, without a person. [public]';
comment on column awareness.activity.written_by       is 'The officer who entered it. [personal]';
comment on column awareness.activity.written_at       is 'When. [public]';
comment on column awareness.activity.withdrawn_at     is 'When it was withdrawn, being entered wrongly. [public]';
comment on column awareness.activity.withdrawn_by     is 'The officer who withdrew it. [personal]';
comment on column awareness.activity.withdrawn_reason is 'Why, in words. [public]';

-- Where: a commune as a whole, or one school that stands in it.
create table awareness.activity_place (
  activity_id uuid not null references awareness.activity (id),
  unit_id     uuid not null,
  school_id   uuid,
  unique nulls not distinct (activity_id, unit_id, school_id)
);
create index activity_place_by_unit on awareness.activity_place (unit_id, activity_id);

comment on table  awareness.activity_place             is 'Where an activity was held.';
comment on column awareness.activity_place.activity_id is 'Which activity. [public]';
comment on column awareness.activity_place.unit_id     is 'In which commune. [public]';
comment on column awareness.activity_place.school_id   is 'At which school; empty = for the whole commune. [public]';

alter table awareness.activity       enable row level security;
alter table awareness.activity       force  row level security;
alter table awareness.activity_place enable row level security;
alter table awareness.activity_place force  row level security;

-- Whoever sees a commune sees what was done there; a school, what was done at it.
create policy scope on awareness.activity_place to dinhdanh_app
  using ((select platform.sees_house())
      or unit_id   = any ((select platform.scope())::uuid[])
      or school_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house())
      or unit_id   = any ((select platform.scope())::uuid[])
      or school_id = any ((select platform.scope())::uuid[]));
create policy scope on awareness.activity to dinhdanh_app
  using ((select platform.sees_house())
      or exists (select from awareness.activity_place p where p.activity_id = activity.id))
  with check (true);
create policy maintenance on awareness.activity       to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on awareness.activity_place to dinhdanh_maintenance using (true) with check (true);

grant select, insert on awareness.activity to dinhdanh_app;
grant update (withdrawn_at, withdrawn_by, withdrawn_reason) on awareness.activity to dinhdanh_app;
grant select, insert on awareness.activity_place to dinhdanh_app;
grant select, insert, update, delete on awareness.activity, awareness.activity_place to dinhdanh_maintenance;

-- A plan that is made again after an event, or to see what would be (docs/planning.md, "Replanning").
alter table planning.plan
  add column based_on uuid references planning.plan (id),
  add column events   jsonb not null default '[]',
  add column base     jsonb,
  add check ((based_on is null) = (base is null)),
  add check ((based_on is null) = (events = '[]'));

create index plan_based_on on planning.plan (based_on) where based_on is not null;

comment on column planning.plan.based_on is 'The plan that it was made from; none where it was made anew. [public]';
comment on column planning.plan.events   is 'After which events it was made again, as docs/interfaces.md has them; with ids of officers. [personal]';
comment on column planning.plan.base     is 'What it was made from as that stood then: its instance and routes, with the ids of officers. [personal]';

-- Plans of teams (docs/planning.md): what was to be solved, what came of it, and what became of it.
create table planning.plan (
  id          uuid        not null primary key,
  unit_id     uuid        not null,
  campaign_id uuid        not null,
  from_on     date        not null,
  to_on       date        not null check (from_on <= to_on),
  state       text        not null check (state in ('draft', 'accepted', 'dropped')),
  solving     text        not null check (solving in ('waiting', 'running', 'done', 'stopped', 'failed')),
  stop_asked  boolean     not null default false,
  progress    jsonb       not null default '{}',
  request     jsonb       not null,
  instance    jsonb       not null,
  notes       jsonb       not null,
  plan        jsonb,
  objective   double precision,
  bound       double precision,
  made_by     text        not null,
  made_at     timestamptz not null,
  decided_by  text,
  decided_at  timestamptz,
  version     integer     not null check (version > 0),
  check ((plan is not null) = (solving in ('done', 'stopped'))),
  check ((plan is null) = (objective is null)),
  check (state <> 'accepted' or plan is not null),
  check ((state = 'draft') = (decided_by is null)),
  check ((decided_by is null) = (decided_at is null))
);
create index plan_by_unit on planning.plan (unit_id, made_at);
-- One plan a unit is sought at a time: each takes a processor for as long as it may.
create unique index one_plan_sought_a_unit on planning.plan (unit_id) where solving in ('waiting', 'running') and state = 'draft';

comment on table  planning.plan             is 'A plan: which team goes where on which day.';
comment on column planning.plan.id          is 'The plan. [public]';
comment on column planning.plan.unit_id     is 'Of which unit and those below it. [public]';
comment on column planning.plan.campaign_id is 'For which campaign. [public]';
comment on column planning.plan.from_on     is 'The first day. [public]';
comment on column planning.plan.to_on       is 'The last day. [public]';
comment on column planning.plan.state       is 'draft, accepted or dropped. [public]';
comment on column planning.plan.solving     is 'Whether it waits, is being sought, was found, was stopped with the best so far, or failed. [public]';
comment on column planning.plan.stop_asked  is 'Somebody asked to stop seeking. [public]';
comment on column planning.plan.progress    is 'How far the solver is, in its own numbers. [public]';
comment on column planning.plan.request     is 'Orders for overtime, seed, and how long is sought. [public]';
comment on column planning.plan.instance    is 'What was to be solved, with the names of officers. [personal]';
comment on column planning.plan.notes       is 'What of it is measured and what assumed. [public]';
comment on column planning.plan.plan        is 'What was found, with the ids of officers. [personal]';
comment on column planning.plan.objective   is 'What it costs, in officer-minutes. [public]';
comment on column planning.plan.bound       is 'No plan costs less. [public]';
comment on column planning.plan.made_by     is 'Who asked for it. [personal]';
comment on column planning.plan.made_at     is 'When. [public]';
comment on column planning.plan.decided_by  is 'Who accepted or dropped it. [personal]';
comment on column planning.plan.decided_at  is 'When. [public]';
comment on column planning.plan.version     is 'Grows with each change. [public]';

alter table planning.plan enable row level security;
alter table planning.plan force  row level security;
create policy scope on planning.plan to dinhdanh_app
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
create policy maintenance on planning.plan to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update on planning.plan to dinhdanh_app;
grant select, insert, update on planning.plan to dinhdanh_maintenance;

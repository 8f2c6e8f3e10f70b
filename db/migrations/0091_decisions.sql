-- What an officer decided and may still take back: nothing of it has left the house, and nothing has changed yet.
create schema decisions;
comment on schema decisions is 'Decisions of officers that wait for the end of the time in which they may be undone.';
grant usage on schema decisions to dinhdanh_app, dinhdanh_maintenance;

create table decisions.held_decision (
  unit_id          uuid not null,
  id               uuid not null,
  batch_id         uuid not null,
  kind             text not null check (kind <> ''),
  subject_kind     text not null check (subject_kind <> ''),
  subject_id       uuid not null,
  person_id        uuid,
  input            jsonb,
  decided_by       text not null check (decided_by <> ''),
  decided_at       timestamptz not null,
  acts_in_id       uuid,
  authority        jsonb,
  takes_effect_at  timestamptz not null,
  state            text not null default 'held' check (state in ('held', 'carried-out', 'undone', 'not-carried-out')),
  ended_at         timestamptz,
  ended_by         text check (ended_by <> ''),
  problem          text check (problem <> ''),
  primary key (unit_id, id),
  check (takes_effect_at > decided_at),
  check ((state = 'held') = (ended_at is null)),
  check ((ended_at is null) = (ended_by is null)),
  check ((state = 'not-carried-out') = (problem is not null)),
  check (state = 'held' or (input is null and authority is null))
);
-- One thing is decided once at a time.
create unique index one_held_decision on decisions.held_decision (unit_id, subject_id) where state = 'held';
create index held_decision_by_batch   on decisions.held_decision (batch_id);
create index held_decision_by_subject on decisions.held_decision (subject_id, decided_at);
create index held_decision_due        on decisions.held_decision (takes_effect_at) where state = 'held';
create index held_decision_by_officer on decisions.held_decision (decided_by, decided_at);

comment on table  decisions.held_decision                 is 'One decision of an officer that takes effect when the time to undo it has run out.';
comment on column decisions.held_decision.unit_id         is 'The unit or school whose officers see it. [public]';
comment on column decisions.held_decision.id              is 'The decision. [public]';
comment on column decisions.held_decision.batch_id        is 'Decisions of one press, undone together. [public]';
comment on column decisions.held_decision.kind            is 'What was decided, such as approve-account. [public]';
comment on column decisions.held_decision.subject_kind    is 'What it is about: account, application, card or errand. [public]';
comment on column decisions.held_decision.subject_id      is 'The account, application, card or follow-up. [public]';
comment on column decisions.held_decision.person_id       is 'Whose it is, where it is a person''s. [personal]';
comment on column decisions.held_decision.input           is 'What the officer gave with it, until it ends. [personal]';
comment on column decisions.held_decision.decided_by      is 'The officer who decided. [personal]';
comment on column decisions.held_decision.decided_at      is 'When. [public]';
comment on column decisions.held_decision.acts_in_id      is 'The unit in which the officer acted. [public]';
comment on column decisions.held_decision.authority       is 'Whose rows the officer saw, and for whom they stood in, until it ends: it is carried out with no more. [personal]';
comment on column decisions.held_decision.takes_effect_at is 'Until when it may be undone, and from when it is carried out. [public]';
comment on column decisions.held_decision.state           is 'held, carried-out, undone, or not-carried-out because something stood against it by then. [public]';
comment on column decisions.held_decision.ended_at        is 'When it was carried out or undone. [public]';
comment on column decisions.held_decision.ended_by        is 'Who undid it, or the installation. [personal]';
comment on column decisions.held_decision.problem         is 'The code of what stood against it. [public]';

alter table decisions.held_decision enable row level security;
alter table decisions.held_decision force  row level security;
create policy house       on decisions.held_decision to dinhdanh_app using ((select platform.sees_house()));
create policy unit        on decisions.held_decision to dinhdanh_app using (unit_id = any ((select platform.scope())::uuid[]));
create policy own         on decisions.held_decision to dinhdanh_app
  using (decided_by = (select platform.actor()) and cardinality((select platform.scope())) > 0);
create policy maintenance on decisions.held_decision to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update on decisions.held_decision to dinhdanh_app, dinhdanh_maintenance;

-- What higher floors read: their queues leave out what was decided.
create view decisions.published_held with (security_invoker = true) as
select subject_id, kind from decisions.held_decision where state = 'held';
comment on view decisions.published_held is 'What was decided and has not taken effect yet, for the contexts above.';
grant select on decisions.published_held to dinhdanh_app, dinhdanh_maintenance;

-- What people ask about their own data (NĐ13/2023 from 1 July 2023; Law 91/2025/QH15 and NĐ356/2025 from 2026): each request with its clock and its answer.

create schema data_protection;
grant usage on schema data_protection to dinhdanh_app, dinhdanh_maintenance;

create table data_protection.request (
  person_id        uuid        not null,
  id               uuid        not null,
  unit_id          uuid        not null,
  kind             text        not null check (kind in ('see', 'copy', 'correct', 'erase', 'restrict', 'object', 'withdraw', 'complain')),
  way              text        not null check (way in ('own-page', 'counter')),
  words            text        not null check (words <> ''),
  filed_by         text        not null,
  received_at      timestamptz not null,
  received_on      date        not null,
  acknowledge_by   date        not null,
  due_on           date        not null,
  due_at           timestamptz,
  state            text        not null check (state in ('received', 'under-way', 'answered', 'withdrawn')),
  acknowledged_at  timestamptz,
  assigned_to      uuid,
  extended_at      timestamptz,
  extended_by      text,
  extension_reason text        check (extension_reason <> ''),
  outcome          text        check (outcome in ('granted', 'partly', 'refused')),
  ground           text        check (ground <> ''),
  answer           text        check (answer <> ''),
  answered_by      text,
  ended_at         timestamptz,
  ended_on         date,
  primary key (person_id, id),
  constraint answer_has_outcome   check ((state = 'answered') = (outcome is not null) and (outcome is null) = (answer is null)),
  constraint refusal_has_ground   check (outcome is null or (outcome = 'granted') = (ground is null)),
  constraint end_has_moment       check ((state in ('answered', 'withdrawn')) = (ended_at is not null) and (ended_at is null) = (ended_on is null)),
  constraint work_is_acknowledged check (state <> 'under-way' or acknowledged_at is not null),
  constraint extension_has_reason check ((extended_at is null) = (extension_reason is null) and (extended_at is null) = (extended_by is null)),
  constraint due_not_before_day   check (due_on >= received_on and acknowledge_by >= received_on)
);
create index request_by_id   on data_protection.request (id);
create index request_open    on data_protection.request (unit_id, due_on) where state in ('received', 'under-way');
create index request_by_unit on data_protection.request (unit_id, received_on);

comment on schema data_protection is 'What people ask about their data, breaches, and how long data is kept.';
comment on table  data_protection.request                  is 'What a person asks about their own data, its clock by the law of the day, and the answer.';
comment on column data_protection.request.person_id        is 'Whose data it is about. [personal]';
comment on column data_protection.request.id               is 'The request. [public]';
comment on column data_protection.request.unit_id          is 'The unit that answers: of residence, or whose counter took it in. [public]';
comment on column data_protection.request.kind             is 'see, copy, correct, erase, restrict, object, withdraw (a consent) or complain. [public]';
comment on column data_protection.request.way              is 'own-page: filed by the person who is signed in; counter: by an officer for somebody there. [public]';
comment on column data_protection.request.words            is 'What they ask, in their words. [personal]';
comment on column data_protection.request.filed_by         is 'The person, a parent who acts for the child, or the officer at the counter. [personal]';
comment on column data_protection.request.received_at      is 'When it came in. [public]';
comment on column data_protection.request.received_on      is 'On which day of the house; the law of this day says its clock. [public]';
comment on column data_protection.request.acknowledge_by   is 'The last day to tell the person that it is taken up. [public]';
comment on column data_protection.request.due_on           is 'The last day for the answer, as extended. [public]';
comment on column data_protection.request.due_at           is 'The last moment, where the law counts hours. [public]';
comment on column data_protection.request.state            is 'received, under-way, answered or withdrawn. [public]';
comment on column data_protection.request.acknowledged_at  is 'When the person was told that it is taken up. [public]';
comment on column data_protection.request.assigned_to      is 'The officer who answers. [personal]';
comment on column data_protection.request.extended_at      is 'When the time was extended; once at most. [public]';
comment on column data_protection.request.extended_by      is 'The officer who extended it. [personal]';
comment on column data_protection.request.extension_reason is 'Why more time is needed, as the person is told. [personal]';
comment on column data_protection.request.outcome          is 'granted, partly or refused. [public]';
comment on column data_protection.request.ground           is 'The ground of law on which it was not wholly granted. [public]';
comment on column data_protection.request.answer           is 'The answer with its reasons, as the person reads it. [personal]';
comment on column data_protection.request.answered_by      is 'Who answered: an officer, or the house where a copy was fetched. [personal]';
comment on column data_protection.request.ended_at         is 'When it was answered or withdrawn. [public]';
comment on column data_protection.request.ended_on         is 'On which day of the house. [public]';

alter table data_protection.request enable row level security;
alter table data_protection.request force  row level security;
create policy maintenance on data_protection.request to dinhdanh_maintenance using (true) with check (true);
create policy own on data_protection.request for select to dinhdanh_app
  using (person_id = (select platform.person()));
create policy unit on data_protection.request to dinhdanh_app
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
grant select, insert, update on data_protection.request to dinhdanh_app;
grant select, insert, update, delete on data_protection.request to dinhdanh_maintenance;

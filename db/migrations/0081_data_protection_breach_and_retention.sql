-- Breaches of the protection of personal data: what is known, the clock of the notice to the authority, and who else was told.
-- And sessions that ended long ago may be removed, by the nightly job of retention.

create table data_protection.breach (
  id            uuid        not null primary key,
  unit_id       uuid        not null,
  what          text        not null check (what <> ''),
  place         text        not null check (place <> ''),
  happened_at   timestamptz not null,
  discovered_at timestamptz not null,
  data_kinds    text[]      not null check (cardinality(data_kinds) > 0),
  people        integer     not null check (people >= 0),
  people_known  boolean     not null,
  harm          text        not null check (harm <> ''),
  measures      text        not null check (measures <> ''),
  must_notify   boolean     not null,
  why_not       text        check (why_not <> ''),
  notify_by     timestamptz not null,
  recorded_by   text        not null,
  recorded_at   timestamptz not null,
  recorded_on   date        not null,
  notified_at   timestamptz,
  notified_by   text,
  notice_number text        check (notice_number <> ''),
  late_reason   text        check (late_reason <> ''),
  people_told_at timestamptz,
  people_told_how text      check (people_told_how <> ''),
  ended_at      timestamptz,
  ended_how     text        check (ended_how <> ''),
  constraint found_after_it_happened check (happened_at <= discovered_at),
  constraint not_notified_says_why   check (must_notify = (why_not is null)),
  constraint notice_is_whole         check ((notified_at is null) = (notified_by is null) and (notified_at is null) = (notice_number is null)),
  constraint late_notice_says_why    check (notified_at is null or (notified_at > notify_by) = (late_reason is not null)),
  constraint people_told_says_how    check ((people_told_at is null) = (people_told_how is null)),
  constraint breach_end_says_how     check ((ended_at is null) = (ended_how is null))
);
create index breach_open on data_protection.breach (notify_by) where must_notify and notified_at is null;

comment on table  data_protection.breach                 is 'A breach of the protection of personal data, from its discovery to the end of what was done.';
comment on column data_protection.breach.id              is 'The breach. [public]';
comment on column data_protection.breach.unit_id         is 'The unit that records it. [public]';
comment on column data_protection.breach.what            is 'What happened, and by whom as far as it is known. [personal]';
comment on column data_protection.breach.place           is 'Where it happened: a place, a device, a system. [personal]';
comment on column data_protection.breach.happened_at     is 'When it happened, as far as it is known. [public]';
comment on column data_protection.breach.discovered_at   is 'When it was discovered. [public]';
comment on column data_protection.breach.data_kinds      is 'Which kinds of data, by code. [public]';
comment on column data_protection.breach.people          is 'How many people it concerns. [public]';
comment on column data_protection.breach.people_known    is 'Whether that is counted, or estimated. [public]';
comment on column data_protection.breach.harm            is 'What harm there is or may be. [personal]';
comment on column data_protection.breach.measures        is 'What is done against it. [personal]';
comment on column data_protection.breach.must_notify     is 'Whether the law of the day asks for a notice to the authority. [public]';
comment on column data_protection.breach.why_not         is 'Why none is asked for. [personal]';
comment on column data_protection.breach.notify_by       is 'The last moment of the notice to the authority. [public]';
comment on column data_protection.breach.recorded_by     is 'Who recorded it. [personal]';
comment on column data_protection.breach.recorded_at     is 'When. [public]';
comment on column data_protection.breach.recorded_on     is 'On which day of the house; the law of this day says its clock. [public]';
comment on column data_protection.breach.notified_at     is 'When the authority was notified. [public]';
comment on column data_protection.breach.notified_by     is 'Who notified it. [personal]';
comment on column data_protection.breach.notice_number   is 'The number of the notice as it went out. [public]';
comment on column data_protection.breach.late_reason     is 'Why the notice came late. [personal]';
comment on column data_protection.breach.people_told_at  is 'When the people concerned were told. [public]';
comment on column data_protection.breach.people_told_how is 'How they were told, or why they need not be. [personal]';
comment on column data_protection.breach.ended_at        is 'When the work on it ended. [public]';
comment on column data_protection.breach.ended_how       is 'What came of it. [personal]';

alter table data_protection.breach enable row level security;
alter table data_protection.breach force  row level security;
create policy maintenance on data_protection.breach to dinhdanh_maintenance using (true) with check (true);
create policy unit on data_protection.breach to dinhdanh_app
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
grant select, insert, update on data_protection.breach to dinhdanh_app;
grant select, insert, update, delete on data_protection.breach to dinhdanh_maintenance;

-- Sessions that ended longer ago than the rules of retention say are removed by the house.
grant delete on staff.session, parties.engineer_session, signin.session to dinhdanh_app, dinhdanh_maintenance;

-- The auditor's door. Each night a few numbers are derived from the readings: by day and officer, and by day and person
-- of what no case ties. Patterns are found in them and put to people as questions. The readings themselves stay as they
-- are sealed.
create schema inspection;
comment on schema inspection is 'Who read what, as an auditor asks it: patterns, questions and their answers.';
grant usage on schema inspection to dinhdanh_app, dinhdanh_maintenance;

-- What lower floors publish for it. Each view sees what its reader sees.
create view audit.published_officer_reading with (security_invoker = true) as
  select a.person_id, a.id, a.batch_id, a.at, a.by_id, a.unit_id, a.purpose, a.fields, a.case_kind, a.case_id
  from audit.access a where a.by_kind = 'officer';
comment on view audit.published_officer_reading is 'What officers read: whose data, when, why and for which case.';
create view audit.published_officer_deed with (security_invoker = true) as
  select d.id, d.work_id, d.at, d.day, d.by_id, d.on_behalf_of, d.deed, d.subject_kind, d.subject_id, d.person_id, d.unit_id
  from audit.deed d where d.by_kind = 'officer';
comment on view audit.published_officer_deed is 'What officers did: which deed, about what and whom, in which unit.';
create view register.published_access_case with (security_invoker = true) as
  select c.person_id, c.unit_id, c.kind, c.opened_on, c.until, c.opened_by, c.accepted_by from register.access_case c;
comment on view register.published_access_case is 'The open cases that let a unit see somebody, and who opened them.';
create view register.published_household_member with (security_invoker = true) as
  select m.person_id, m.household_id from register.household_member m where m.to_on is null;
comment on view register.published_household_member is 'Who belongs to which household now.';
create view staff.published_post with (security_invoker = true) as
  select a.id, a.officer_id, null::uuid as for_id, a.role, a.unit_id, a.from_on, a.to_on from staff.appointment a
  union all
  select a.id, s.officer_id, a.officer_id, a.role, a.unit_id, s.from_on, s.to_on
  from staff.stand_in s join staff.appointment a on a.id = s.appointment_id;
comment on view staff.published_post is 'Which officers hold which posts, also as stand-ins: from a day, until the day before another.';
create view planning.published_session_officer with (security_invoker = true) as
  select o.session_id, o.officer_id, o.unit_id, o.day, o.from_at, o.to_at from planning.session_officer o where o.stands;
comment on view planning.published_session_officer is 'Which officers are at which session, and from when until when.';
-- A night's readings are found by their time: pages that have filled are summed up as readings go on, and not at the
-- next vacuum of a table that only grows.
alter index audit.access_by_time set (autosummarize = on);

grant select on audit.published_officer_reading, audit.published_officer_deed, register.published_access_case,
  register.published_household_member, staff.published_post, planning.published_session_officer
  to dinhdanh_app, dinhdanh_maintenance;

create table inspection.officer_day (
  day              date        not null,
  officer_id       uuid        not null,
  unit_id          uuid        not null,
  role             text,
  readings         integer     not null check (readings > 0),
  people           integer     not null check (people > 0),
  untied           integer     not null check (untied between 0 and readings),
  untied_people    integer     not null check (untied_people between 0 and people),
  strangers        integer     not null check (strangers between 0 and untied_people),
  off_hours        integer     not null check (off_hours between 0 and readings),
  off_hours_people integer     not null check (off_hours_people between 0 and people),
  off_hours_from   timestamptz,
  off_hours_to     timestamptz,
  busiest_people   integer     not null,
  busiest_at       timestamptz,
  searches         integer     not null,
  idle_searches    integer     not null check (idle_searches between 0 and searches),
  exported         integer     not null,
  kin              integer     not null,
  deeds            integer     not null,
  hours            integer[]   not null check (cardinality(hours) = 24),
  primary key (day, officer_id, unit_id)
);
create index officer_day_by_officer on inspection.officer_day (officer_id, day);
create index officer_day_by_unit    on inspection.officer_day (unit_id, day);

comment on table  inspection.officer_day                  is 'What an officer read on a day, counted. Derived from the readings, and derived anew where it differs from its sealed deed.';
comment on column inspection.officer_day.day              is 'The province''s day of the readings. [public]';
comment on column inspection.officer_day.officer_id       is 'Who read. [personal]';
comment on column inspection.officer_day.unit_id          is 'In which unit they acted. [public]';
comment on column inspection.officer_day.role             is 'In which role; empty where they had no post there. [public]';
comment on column inspection.officer_day.readings         is 'How many readings. [public]';
comment on column inspection.officer_day.people           is 'Of how many people. [public]';
comment on column inspection.officer_day.untied           is 'Readings that no case, deed, list or session ties. [public]';
comment on column inspection.officer_day.untied_people    is 'People of whom such readings are. [public]';
comment on column inspection.officer_day.strangers        is 'Those of them who do not live in the unit either. [public]';
comment on column inspection.officer_day.off_hours        is 'Readings at night or on a day off, outside a session of the officer. [public]';
comment on column inspection.officer_day.off_hours_people is 'People read then that nothing ties. [public]';
comment on column inspection.officer_day.off_hours_from   is 'The first of these readings. [public]';
comment on column inspection.officer_day.off_hours_to     is 'The last of these readings. [public]';
comment on column inspection.officer_day.busiest_people   is 'The most untied people within an hour. [public]';
comment on column inspection.officer_day.busiest_at       is 'The end of that hour. [public]';
comment on column inspection.officer_day.searches         is 'Searches by name. [public]';
comment on column inspection.officer_day.idle_searches    is 'Searches after which the officer did nothing about anybody whom they found. [public]';
comment on column inspection.officer_day.exported         is 'Rows of people that were exported. [public]';
comment on column inspection.officer_day.kin              is 'Untied people who bear the officer''s own name, live in a household with such a person, or at their address with the same surname. [personal]';
comment on column inspection.officer_day.deeds            is 'What the officer did that day, in deeds. [public]';
comment on column inspection.officer_day.hours            is 'Readings by the hour of the day, from midnight. [public]';

create table inspection.person_day (
  person_id   uuid      not null,
  day         date      not null,
  unit_id     uuid,
  officer_ids uuid[]    not null,
  acting_ids  uuid[]    not null,
  counts      integer[] not null,
  primary key (person_id, day)
);
create index person_day_by_day on inspection.person_day (day);

comment on table  inspection.person_day             is 'Untied readings of a person on a day: by which officers, how many. Derived from the readings.';
comment on column inspection.person_day.person_id   is 'Whose data were read. [personal]';
comment on column inspection.person_day.day         is 'The province''s day of the readings. [public]';
comment on column inspection.person_day.unit_id     is 'Where the person lives. [personal]';
comment on column inspection.person_day.officer_ids is 'Who read. [personal]';
comment on column inspection.person_day.acting_ids  is 'In which unit each of them acted. [public]';
comment on column inspection.person_day.counts      is 'How often each of them read. [public]';

create table inspection.derived_day (
  day       date        not null primary key,
  readings  integer     not null,
  officers  integer     not null,
  digest    bytea       not null check (length(digest) = 32),
  read_to   timestamptz not null,
  derived_at timestamptz not null
);
comment on table  inspection.derived_day            is 'Which days were derived, and up to which moment.';
comment on column inspection.derived_day.day        is 'The day. [public]';
comment on column inspection.derived_day.readings   is 'How many readings of officers it had. [public]';
comment on column inspection.derived_day.officers   is 'Of how many officers. [public]';
comment on column inspection.derived_day.digest     is 'SHA-256 over its rows, as the sealed deed says it too. [public]';
comment on column inspection.derived_day.read_to    is 'Up to which moment readings were counted. [public]';
comment on column inspection.derived_day.derived_at is 'When. [public]';

create table inspection.pattern (
  id          uuid        not null primary key,
  rule        text        not null check (rule <> ''),
  unit_id     uuid        not null,
  officer_ids uuid[]      not null check (cardinality(officer_ids) > 0),
  from_on     date        not null,
  to_on       date        not null,
  evidence    jsonb       not null,
  found_at    timestamptz not null,
  state       text        not null default 'open' check (state in ('open', 'asked', 'answered', 'explained')),
  reason      text        check (reason <> ''),
  settled_by  text        check (settled_by <> ''),
  settled_for text        check (settled_for <> ''),
  settled_at  timestamptz,
  check (from_on <= to_on),
  check ((state = 'explained') = (reason is not null) and (reason is null) = (settled_by is null)
         and (settled_by is null) = (settled_at is null)),
  -- Nobody says that a pattern in their own readings is in order, nor in those of whom they stand in for.
  constraint settled_by_another check (
    settled_by is null or (settled_by <> all (officer_ids::text[]) and (settled_for <> all (officer_ids::text[])) is not false))
);
create index pattern_by_unit on inspection.pattern (unit_id, to_on);
create index pattern_by_days on inspection.pattern (to_on, id);
create index pattern_by_officers on inspection.pattern using gin (officer_ids);

comment on table  inspection.pattern             is 'What stands out in readings: a question about them, and no finding.';
comment on column inspection.pattern.id          is 'The pattern. [public]';
comment on column inspection.pattern.rule        is 'By which rule it was found. [public]';
comment on column inspection.pattern.unit_id     is 'In which unit; of several units the one above them. [public]';
comment on column inspection.pattern.officer_ids is 'Whose readings it is about, who read most first. [personal]';
comment on column inspection.pattern.from_on     is 'The first day of what is counted. [public]';
comment on column inspection.pattern.to_on       is 'The last day. [public]';
comment on column inspection.pattern.evidence    is 'Counts, hours, the median of peers, and what might explain it. [personal]';
comment on column inspection.pattern.found_at    is 'When it was found. [public]';
comment on column inspection.pattern.state       is 'open, asked, answered, or explained: an auditor wrote the reason down. [public]';
comment on column inspection.pattern.reason      is 'Why it is in order, in the auditor''s words. [personal]';
comment on column inspection.pattern.settled_by  is 'Which auditor wrote the reason. [personal]';
comment on column inspection.pattern.settled_for is 'For whom that auditor stood in, where they did. [personal]';
comment on column inspection.pattern.settled_at  is 'When. [public]';

create table inspection.pattern_person (
  person_id  uuid not null,
  pattern_id uuid not null references inspection.pattern (id),
  primary key (person_id, pattern_id)
);
create index pattern_person_by_pattern on inspection.pattern_person (pattern_id);
comment on table  inspection.pattern_person            is 'The person who was read, where a pattern is about one.';
comment on column inspection.pattern_person.person_id  is 'Who was read. [personal]';
comment on column inspection.pattern_person.pattern_id is 'In which pattern. [public]';

create table inspection.question (
  id          uuid        not null primary key,
  pattern_id  uuid        not null references inspection.pattern (id),
  unit_id     uuid        not null,
  to_id       uuid        not null,
  to_superior boolean     not null,
  text        text        not null check (text <> ''),
  asked_by    text        not null check (asked_by <> ''),
  asked_at    timestamptz not null,
  due_on      date        not null,
  answer      text        check (answer <> ''),
  answered_at timestamptz,
  constraint asked_of_another check (asked_by <> to_id::text),
  check ((answer is null) = (answered_at is null))
);
create index question_by_pattern on inspection.question (pattern_id);
create index question_by_officer on inspection.question (to_id) where answer is null;

comment on table  inspection.question             is 'What an auditor asked an officer, or their superior, about a pattern; and the answer.';
comment on column inspection.question.id          is 'The question. [public]';
comment on column inspection.question.pattern_id  is 'About which pattern. [public]';
comment on column inspection.question.unit_id     is 'The pattern''s unit. [public]';
comment on column inspection.question.to_id       is 'Who is asked. [personal]';
comment on column inspection.question.to_superior is 'Whether that is a superior of whom the pattern is about. [public]';
comment on column inspection.question.text        is 'What is asked, in the auditor''s words. [personal]';
comment on column inspection.question.asked_by    is 'Which auditor asked. [personal]';
comment on column inspection.question.asked_at    is 'When. [public]';
comment on column inspection.question.due_on      is 'By which day an answer is due. [public]';
comment on column inspection.question.answer      is 'The answer, in the officer''s words. [personal]';
comment on column inspection.question.answered_at is 'When. [public]';

create table inspection.difference (
  day      date        not null,
  told_at  timestamptz not null,
  missing  integer     not null,
  changed  integer     not null,
  extra    integer     not null,
  patterns integer     not null,
  primary key (day, told_at)
);
comment on table  inspection.difference          is 'Derived rows that were not as they were sealed, and were made anew.';
comment on column inspection.difference.day      is 'Of which day they were. [public]';
comment on column inspection.difference.told_at  is 'When it was noticed. [public]';
comment on column inspection.difference.missing  is 'Rows that were gone. [public]';
comment on column inspection.difference.changed  is 'Rows that said something else. [public]';
comment on column inspection.difference.extra    is 'Rows that had no readings. [public]';
comment on column inspection.difference.patterns is 'Patterns that were gone or changed, and were put back as they were sealed. [public]';

create table inspection.verification (
  at            timestamptz not null primary key,
  deeds         bigint      not null,
  readings      bigint      not null,
  findings      integer     not null,
  first_finding jsonb
);
comment on table  inspection.verification               is 'What came of verifying the seals at night.';
comment on column inspection.verification.at            is 'When. [public]';
comment on column inspection.verification.deeds         is 'Deeds that were verified. [public]';
comment on column inspection.verification.readings      is 'Readings that were verified. [public]';
comment on column inspection.verification.findings      is 'How many places do not verify. [public]';
comment on column inspection.verification.first_finding is 'The first of them: kind, chain, place, and the id of the batch. [public]';

alter table inspection.officer_day    enable row level security;
alter table inspection.officer_day    force  row level security;
alter table inspection.person_day     enable row level security;
alter table inspection.person_day     force  row level security;
alter table inspection.pattern        enable row level security;
alter table inspection.pattern        force  row level security;
alter table inspection.pattern_person enable row level security;
alter table inspection.pattern_person force  row level security;
alter table inspection.question       enable row level security;
alter table inspection.question       force  row level security;
create policy house       on inspection.officer_day to dinhdanh_app using ((select platform.sees_house()));
create policy unit        on inspection.officer_day for select to dinhdanh_app using (unit_id = any ((select platform.scope())::uuid[]));
create policy maintenance on inspection.officer_day to dinhdanh_maintenance using (true) with check (true);
create policy house       on inspection.person_day to dinhdanh_app using ((select platform.sees_house()));
create policy maintenance on inspection.person_day to dinhdanh_maintenance using (true) with check (true);
create policy house       on inspection.pattern to dinhdanh_app using ((select platform.sees_house()));
create policy unit        on inspection.pattern to dinhdanh_app using (unit_id = any ((select platform.scope())::uuid[]));
create policy maintenance on inspection.pattern to dinhdanh_maintenance using (true) with check (true);
create policy house       on inspection.pattern_person to dinhdanh_app using ((select platform.sees_house()));
create policy of_pattern  on inspection.pattern_person for select to dinhdanh_app
  using (exists (select from inspection.pattern p where p.id = pattern_person.pattern_id));
create policy maintenance on inspection.pattern_person to dinhdanh_maintenance using (true) with check (true);
create policy house       on inspection.question to dinhdanh_app using ((select platform.sees_house()));
create policy unit        on inspection.question to dinhdanh_app using (unit_id = any ((select platform.scope())::uuid[]));
create policy maintenance on inspection.question to dinhdanh_maintenance using (true) with check (true);

grant select, insert, delete on inspection.officer_day, inspection.person_day to dinhdanh_app, dinhdanh_maintenance;
grant select, insert, update, delete on inspection.derived_day to dinhdanh_app, dinhdanh_maintenance;
grant select, insert, update on inspection.pattern, inspection.question to dinhdanh_app, dinhdanh_maintenance;
grant select, insert on inspection.pattern_person, inspection.difference, inspection.verification
  to dinhdanh_app, dinhdanh_maintenance;

-- Sessions away from the counter, and shifts at it: sites, teams, machines, who is asked, what came of it, and the overtime that it took.

-- That nobody is seated twice at once is a constraint, not a check in code; it compares ids as well as ranges.
create extension if not exists btree_gist with schema public;

create schema planning;
grant usage on schema planning to dinhdanh_application, dinhdanh_maintenance;

create table planning.site (
  id        uuid not null primary key,
  unit_id   uuid not null,
  kind      text not null check (kind in ('school', 'hall', 'counter')),
  school_id uuid,
  name      text not null check (name <> ''),
  address   text,
  opens_at  time not null,
  closes_at time not null,
  added_at  timestamptz not null,
  check (opens_at < closes_at),
  check ((kind = 'school') = (school_id is not null))
);
create unique index one_site_a_school on planning.site (unit_id, school_id) where school_id is not null;
create index site_by_unit on planning.site (unit_id);
comment on table  planning.site           is 'A place at which sessions are held: a school, a hall, or the unit''s own counter.';
comment on column planning.site.id        is 'The site. [public]';
comment on column planning.site.unit_id   is 'In which unit it lies; whoever sees the unit sees it. [public]';
comment on column planning.site.kind      is 'What it is. [public]';
comment on column planning.site.school_id is 'Which school, where it is one. [public]';
comment on column planning.site.name      is 'What it is called. [public]';
comment on column planning.site.address   is 'Where to find it, in words. [public]';
comment on column planning.site.opens_at  is 'From when it can be used on a day. [public]';
comment on column planning.site.closes_at is 'Until when. [public]';
comment on column planning.site.added_at  is 'Since when it is known. [public]';

create table planning.closed_day (
  site_id uuid not null references planning.site (id),
  day     date not null,
  unit_id uuid not null,
  why     text not null check (why in ('shut', 'exam', 'other')),
  note    text,
  primary key (site_id, day)
);
comment on table  planning.closed_day         is 'A day on which a site cannot be used: the school is shut, or has an exam.';
comment on column planning.closed_day.site_id is 'Which site. [public]';
comment on column planning.closed_day.day     is 'The day. [public]';
comment on column planning.closed_day.unit_id is 'The site''s unit. [public]';
comment on column planning.closed_day.why     is 'Why. [public]';
comment on column planning.closed_day.note    is 'In words, where there is more to say. [public]';

create table planning.team (
  id       uuid not null primary key,
  unit_id  uuid not null,
  name     text not null check (name <> ''),
  colour   smallint not null check (colour between 1 and 6),
  ended_on date
);
create unique index one_team_a_name on planning.team (unit_id, name) where ended_on is null;
comment on table  planning.team          is 'Officers who go out together.';
comment on column planning.team.id       is 'The team. [public]';
comment on column planning.team.unit_id  is 'Whose team it is. [public]';
comment on column planning.team.name     is 'What it is called. [public]';
comment on column planning.team.colour   is 'The colour of its edge on the calendar, beside its name. [public]';
comment on column planning.team.ended_on is 'The day from which it is no more; empty = it stands. [public]';

create table planning.team_member (
  team_id    uuid not null references planning.team (id),
  officer_id uuid not null,
  unit_id    uuid not null,
  role       text not null check (role in ('information-check', 'fingerprint', 'photo', 'reserve', 'lone')),
  primary key (team_id, officer_id)
);
comment on table  planning.team_member            is 'Who is of a team now, and as what.';
comment on column planning.team_member.team_id    is 'Of which team. [public]';
comment on column planning.team_member.officer_id is 'Who. [personal]';
comment on column planning.team_member.unit_id    is 'The team''s unit. [public]';
comment on column planning.team_member.role       is 'What they do at a session. [public]';

create table planning.kit (
  id           uuid not null primary key,
  unit_id      uuid not null,
  code         text not null check (code <> ''),
  kind         text not null check (kind in ('capture-kit')),
  state        text not null check (state in ('ready', 'repair', 'retired')),
  repair_until date,
  per_hour     smallint check (per_hour between 1 and 200),
  unique (unit_id, code),
  check (repair_until is null or state = 'repair')
);
comment on table  planning.kit              is 'A machine with which data are captured away from the counter.';
comment on column planning.kit.id           is 'The machine. [public]';
comment on column planning.kit.unit_id      is 'Who keeps it. [public]';
comment on column planning.kit.code         is 'What is written on it. [public]';
comment on column planning.kit.kind         is 'What it is. [public]';
comment on column planning.kit.state        is 'ready, in repair, or no longer used. [public]';
comment on column planning.kit.repair_until is 'The last day in repair, where it is known. [public]';
comment on column planning.kit.per_hour     is 'Persons an hour; empty = the usual of the kind of session. [public]';

create table planning.working_hours (
  unit_id        uuid not null,
  from_on        date not null,
  morning_from   time not null,
  morning_to     time not null,
  afternoon_from time not null,
  afternoon_to   time not null,
  saturday       text not null check (saturday in ('none', 'morning')),
  primary key (unit_id, from_on),
  check (morning_from < morning_to and morning_to <= afternoon_from and afternoon_from < afternoon_to)
);
comment on table  planning.working_hours                is 'When a unit works, from a day on. Where a unit says nothing, the unit above says it.';
comment on column planning.working_hours.unit_id        is 'The unit. [public]';
comment on column planning.working_hours.from_on        is 'Since which day. [public]';
comment on column planning.working_hours.morning_from   is 'Monday to Friday. [public]';
comment on column planning.working_hours.morning_to     is 'The end of the morning. [public]';
comment on column planning.working_hours.afternoon_from is 'The beginning of the afternoon. [public]';
comment on column planning.working_hours.afternoon_to   is 'The end of the day. [public]';
comment on column planning.working_hours.saturday       is 'Whether Saturday mornings are worked. [public]';

create table planning.session_number (
  unit_id uuid not null,
  year    smallint not null,
  last    integer not null check (last > 0),
  primary key (unit_id, year)
);
comment on table  planning.session_number         is 'The last number given to a session of a unit in a year.';
comment on column planning.session_number.unit_id is 'The unit. [public]';
comment on column planning.session_number.year    is 'The year. [public]';
comment on column planning.session_number.last    is 'The last number given. [public]';

create table planning.session (
  id          uuid not null primary key,
  unit_id     uuid not null,
  year        smallint not null,
  number      integer not null,
  code        text not null check (code <> ''),
  kind        text not null check (kind in ('card-and-account', 'raise-level', 'activation', 'counter')),
  campaign_id uuid,
  site_id     uuid not null references planning.site (id),
  team_id     uuid references planning.team (id),
  day         date not null,
  starts_at   time not null,
  ends_at     time not null,
  during      tsrange not null generated always as (tsrange(day + starts_at, day + ends_at)) stored,
  state       text not null check (state in ('planned', 'open', 'closed', 'cancelled')),
  stands      boolean not null generated always as (state <> 'cancelled') stored,
  reason      text,
  confirmed   text[] not null default '{}',
  planned_by  text not null,
  planned_at  timestamptz not null,
  opened_at   timestamptz,
  closed_at   timestamptz,
  version     integer not null check (version > 0),
  unique (unit_id, year, number),
  unique (id, day, stands),
  check (starts_at < ends_at),
  check ((state = 'cancelled') = (reason is not null)),
  check ((state = 'closed') = (closed_at is not null)),
  check (kind <> 'counter' or team_id is null),
  constraint team_once_at_a_time exclude using gist (team_id with =, during with &&) where (state <> 'cancelled')
);
create index session_by_unit on planning.session (unit_id, day);
create index session_by_site on planning.session (site_id, day);
comment on table  planning.session             is 'A team at a site for some hours of a day; or a shift at the unit''s own counter.';
comment on column planning.session.id          is 'The session. [public]';
comment on column planning.session.unit_id     is 'In which unit it is held. [public]';
comment on column planning.session.year        is 'Of which year''s numbers. [public]';
comment on column planning.session.number      is 'Its number in that year. [public]';
comment on column planning.session.code        is 'What people call it: letters of the unit and the number. [public]';
comment on column planning.session.kind        is 'What is done there; counter = a shift at the unit''s counter, without roster. [public]';
comment on column planning.session.campaign_id is 'For which campaign, where it is for one. [public]';
comment on column planning.session.site_id     is 'Where. [public]';
comment on column planning.session.team_id     is 'Who goes; empty = officers by name. [public]';
comment on column planning.session.day         is 'On which day. [public]';
comment on column planning.session.starts_at   is 'From when. [public]';
comment on column planning.session.ends_at     is 'Until when. [public]';
comment on column planning.session.during      is 'The same as a range. [public]';
comment on column planning.session.state       is 'planned, open, closed or cancelled. [public]';
comment on column planning.session.stands      is 'Whether it is held or will be. [public]';
comment on column planning.session.reason      is 'Why it was cancelled. [public]';
comment on column planning.session.confirmed   is 'The warnings with which it was planned all the same. [public]';
comment on column planning.session.planned_by  is 'Who planned it. [personal]';
comment on column planning.session.planned_at  is 'When it was planned. [public]';
comment on column planning.session.opened_at   is 'When it was opened. [public]';
comment on column planning.session.closed_at   is 'When it was closed. [public]';
comment on column planning.session.version     is 'Grows with each change, so that two officers do not overwrite each other. [public]';

create table planning.session_officer (
  session_id uuid not null,
  officer_id uuid not null,
  unit_id    uuid not null,
  role       text not null check (role in ('information-check', 'fingerprint', 'photo', 'reserve', 'lone')),
  day        date not null,
  from_at    time not null,
  to_at      time not null,
  during     tsrange not null generated always as (tsrange(day + from_at, day + to_at)) stored,
  stands     boolean not null,
  primary key (session_id, officer_id),
  check (from_at < to_at),
  foreign key (session_id, day, stands) references planning.session (id, day, stands) on update cascade,
  constraint officer_once_at_a_time exclude using gist (officer_id with =, during with &&) where (stands)
);
comment on table  planning.session_officer            is 'Who is at a session, as what, and when. Day and whether it stands follow the session.';
comment on column planning.session_officer.session_id is 'The session. [public]';
comment on column planning.session_officer.officer_id is 'Who. [personal]';
comment on column planning.session_officer.unit_id    is 'The session''s unit. [public]';
comment on column planning.session_officer.role       is 'What they do there. [public]';
comment on column planning.session_officer.day        is 'The session''s day. [public]';
comment on column planning.session_officer.from_at    is 'From when. [public]';
comment on column planning.session_officer.to_at      is 'Until when. [public]';
comment on column planning.session_officer.during     is 'The same as a range. [public]';
comment on column planning.session_officer.stands     is 'Whether the session is held or will be. [public]';

create table planning.session_kit (
  session_id uuid not null,
  kit_id     uuid not null references planning.kit (id),
  unit_id    uuid not null,
  day        date not null,
  from_at    time not null,
  to_at      time not null,
  during     tsrange not null generated always as (tsrange(day + from_at, day + to_at)) stored,
  stands     boolean not null,
  primary key (session_id, kit_id),
  check (from_at < to_at),
  foreign key (session_id, day, stands) references planning.session (id, day, stands) on update cascade,
  constraint kit_once_at_a_time exclude using gist (kit_id with =, during with &&) where (stands)
);
comment on table  planning.session_kit            is 'Which machines are at a session. Day and whether it stands follow the session.';
comment on column planning.session_kit.session_id is 'The session. [public]';
comment on column planning.session_kit.kit_id     is 'Which machine. [public]';
comment on column planning.session_kit.unit_id    is 'The session''s unit. [public]';
comment on column planning.session_kit.day        is 'The session''s day. [public]';
comment on column planning.session_kit.from_at    is 'From when. [public]';
comment on column planning.session_kit.to_at      is 'Until when. [public]';
comment on column planning.session_kit.during     is 'The same as a range. [public]';
comment on column planning.session_kit.stands     is 'Whether the session is held or will be. [public]';

create table planning.roster (
  person_id     uuid not null,
  session_id    uuid not null,
  id            uuid not null,
  unit_id       uuid not null,
  walk_in       boolean not null,
  school_id     uuid,
  class         text,
  day           date not null,
  came_at       timestamptz,
  outcome       text check (outcome in ('served', 'absent')),
  absent_reason text check (absent_reason in ('ill', 'moved', 'no-paper', 'refused', 'other')),
  done          text[] not null default '{}',
  ended_at      timestamptz,
  ended_by      text,
  added_at      timestamptz not null,
  primary key (person_id, session_id),
  check ((outcome is not distinct from 'absent') = (absent_reason is not null)),
  check ((outcome is null) = (ended_at is null)),
  check (not walk_in or outcome is not distinct from 'served')
);
create index roster_by_session on planning.roster (session_id);
create index roster_by_id on planning.roster (id);
comment on table  planning.roster               is 'Who is asked to a session, or came without being asked, and what came of it.';
comment on column planning.roster.person_id     is 'Who. [personal]';
comment on column planning.roster.session_id    is 'To which session. [public]';
comment on column planning.roster.id            is 'The line; also the case by which the session''s unit sees the person. [public]';
comment on column planning.roster.unit_id       is 'The session''s unit. [public]';
comment on column planning.roster.walk_in       is 'Came without being on the list: counted apart. [public]';
comment on column planning.roster.school_id     is 'Of which school, where they were asked as a pupil. [personal]';
comment on column planning.roster.class         is 'Of which class. [personal]';
comment on column planning.roster.day           is 'The session''s day. [public]';
comment on column planning.roster.came_at       is 'When they were checked in. [public]';
comment on column planning.roster.outcome       is 'What came of it; empty = nothing yet. [public]';
comment on column planning.roster.absent_reason is 'Why not. [personal]';
comment on column planning.roster.done          is 'What was done: card, account, raised, activated; empty where nothing was lacking any more. [public]';
comment on column planning.roster.ended_at      is 'When it was over for them. [public]';
comment on column planning.roster.ended_by      is 'Who said so. [personal]';
comment on column planning.roster.added_at      is 'Since when they are on it. [public]';

create table planning.activity (
  session_id uuid not null,
  officer_id uuid not null,
  unit_id    uuid not null,
  first_at   timestamptz not null,
  last_at    timestamptz not null,
  people     integer not null default 0 check (people >= 0),
  primary key (session_id, officer_id),
  check (first_at <= last_at)
);
comment on table  planning.activity            is 'When an officer first and last did something at a session.';
comment on column planning.activity.session_id is 'The session. [public]';
comment on column planning.activity.officer_id is 'Who. [personal]';
comment on column planning.activity.unit_id    is 'The session''s unit. [public]';
comment on column planning.activity.first_at   is 'The first deed there. [public]';
comment on column planning.activity.last_at    is 'The last deed there. [public]';
comment on column planning.activity.people     is 'How many people they served. [public]';

create table planning.closing (
  session_id  uuid not null primary key,
  unit_id     uuid not null,
  counts      jsonb not null,
  roster_hash text not null,
  closed_by   text not null,
  closed_on   date not null
);
comment on table  planning.closing             is 'What a session came to, as it was closed: the document behind its figures.';
comment on column planning.closing.session_id  is 'The session. [public]';
comment on column planning.closing.unit_id     is 'The session''s unit. [public]';
comment on column planning.closing.counts      is 'Invited, served, absent by reason, walk-ins and what was done, as counted from the lines. [public]';
comment on column planning.closing.roster_hash is 'SHA-256 of the lines with their outcomes. [public]';
comment on column planning.closing.closed_by   is 'Who closed it. [personal]';
comment on column planning.closing.closed_on   is 'On which day of the house. [public]';

create table planning.overtime (
  session_id  uuid not null,
  officer_id  uuid not null,
  unit_id     uuid not null,
  day         date not null,
  basis       text not null check (basis in ('own', 'session')),
  worked_from smallint not null check (worked_from >= 0),
  worked_to   smallint not null,
  weekday     smallint not null check (weekday >= 0),
  rest_day    smallint not null check (rest_day >= 0),
  holiday     smallint not null check (holiday >= 0),
  night       smallint not null check (night >= 0),
  weighted    integer not null check (weighted >= 0),
  signed_by   text,
  signed_at   timestamptz,
  primary key (session_id, officer_id),
  check (worked_from <= worked_to),
  check ((signed_by is null) = (signed_at is null))
);
create index overtime_by_officer on planning.overtime (officer_id, day);
create index overtime_by_unit on planning.overtime (unit_id, day);
comment on table  planning.overtime             is 'What an officer worked at a session beyond working hours, by real activity.';
comment on column planning.overtime.session_id  is 'At which session. [public]';
comment on column planning.overtime.officer_id  is 'Who. [personal]';
comment on column planning.overtime.unit_id     is 'The session''s unit. [public]';
comment on column planning.overtime.day         is 'The session''s day. [public]';
comment on column planning.overtime.basis       is 'By the officer''s own first and last deed, or by those of the whole session. [public]';
comment on column planning.overtime.worked_from is 'First deed: minutes since midnight of the day. [public]';
comment on column planning.overtime.worked_to   is 'Last deed, likewise; above 1440 after midnight. [public]';
comment on column planning.overtime.weekday     is 'Minutes beyond working hours on a working day. [public]';
comment on column planning.overtime.rest_day    is 'Minutes on a Saturday or Sunday outside working hours. [public]';
comment on column planning.overtime.holiday     is 'Minutes on a holiday. [public]';
comment on column planning.overtime.night       is 'Of these, minutes between 22:00 and 06:00. [public]';
comment on column planning.overtime.weighted    is 'The same in minutes of an ordinary hour, by the rates of the day. [public]';
comment on column planning.overtime.signed_by   is 'The commander who signed it. [personal]';
comment on column planning.overtime.signed_at   is 'When it was signed. [public]';

-- Row-level security: all of it goes with the unit in which a session is held. A team or a machine of a unit above is seen where it is sent.

do $$
declare
  unit_table text;
begin
  foreach unit_table in array array['site', 'closed_day', 'team_member', 'session', 'session_officer', 'session_kit', 'roster', 'activity', 'closing', 'overtime']
  loop
    execute format('alter table planning.%I enable row level security', unit_table);
    execute format('alter table planning.%I force  row level security', unit_table);
    execute format($policy$
      create policy scope on planning.%1$I to dinhdanh_application
        using      ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))
        with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))$policy$, unit_table);
    execute format('create policy maintenance on planning.%I to dinhdanh_maintenance using (true) with check (true)', unit_table);
  end loop;
end
$$;

alter table planning.team enable row level security;
alter table planning.team force  row level security;
create policy scope on planning.team to dinhdanh_application
  using      ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[])
              or exists (select from planning.session s where s.team_id = team.id offset 0))
  with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
create policy maintenance on planning.team to dinhdanh_maintenance using (true) with check (true);

alter table planning.kit enable row level security;
alter table planning.kit force  row level security;
create policy scope on planning.kit to dinhdanh_application
  using      ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[])
              or exists (select from planning.session_kit k where k.kit_id = kit.id offset 0))
  with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
create policy maintenance on planning.kit to dinhdanh_maintenance using (true) with check (true);

create view planning.published_session with (security_invoker = true) as
select s.id, s.campaign_id, s.unit_id, s.site_id, s.day, s.kind, s.state,
       r.planned, r.served, r.absent, r.walk_in,
       coalesce(o.officer_minutes, 0) as officer_minutes, coalesce(o.overtime_minutes, 0) as overtime_minutes
from planning.session s
cross join lateral (
  select count(*) filter (where not r.walk_in)                          as planned,
         count(*) filter (where not r.walk_in and r.outcome = 'served') as served,
         count(*) filter (where r.outcome = 'absent')                   as absent,
         count(*) filter (where r.walk_in)                              as walk_in
  from planning.roster r where r.session_id = s.id
) r
cross join lateral (
  select sum(o.worked_to - o.worked_from) as officer_minutes, sum(o.weekday + o.rest_day + o.holiday) as overtime_minutes
  from planning.overtime o where o.session_id = s.id
) o
where s.kind <> 'counter';
comment on view planning.published_session is 'Sessions with their counts; shifts at the counter are none. Minutes are known once a session is closed.';

create view planning.published_roster with (security_invoker = true) as
select r.session_id, r.person_id, r.outcome, r.walk_in, r.day from planning.roster r;
comment on view planning.published_roster is 'Who was asked to a session or came to it, and what came of it.';

grant select, insert, update on planning.site, planning.team, planning.kit, planning.working_hours, planning.session_number, planning.session,
                                planning.activity, planning.overtime to dinhdanh_application, dinhdanh_maintenance;
grant select, insert         on planning.closing to dinhdanh_application, dinhdanh_maintenance;
grant select, insert, update, delete on planning.closed_day, planning.team_member, planning.session_officer, planning.session_kit, planning.roster
  to dinhdanh_application, dinhdanh_maintenance;
grant select on planning.published_session, planning.published_roster to dinhdanh_application, dinhdanh_maintenance;

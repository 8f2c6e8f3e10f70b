-- Counters at which people book an hour or take a ticket, how much each slot takes, who is booked, and the queue of a day.

-- Whether what is booked fits: for each set of services (a bit each: A 1, B 2, C 4), the minutes booked for them are no
-- more than the minutes of the desks that serve at least one of them. By Hall's theorem this is enough for all to be served.
create function planning.fits(taken smallint[], minutes smallint[], room integer[]) returns boolean
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
  select coalesce(bool_and(
    (case when s & 1 > 0 then taken[1]::integer * minutes[1] else 0 end)
    + (case when s & 2 > 0 then taken[2]::integer * minutes[2] else 0 end)
    + (case when s & 4 > 0 then taken[3]::integer * minutes[3] else 0 end) <= room[s]), false)
  from generate_series(1, 7) s
$$;

create table planning.counter (
  site_id         uuid        not null references planning.site (id),
  unit_id         uuid        not null,
  public_id       text        not null check (public_id ~ '^[a-z0-9]{8}$'),
  slot_minutes    smallint    not null check (slot_minutes between 5 and 120),
  walk_in_percent smallint    not null check (walk_in_percent between 0 and 90),
  break_until     timestamptz,
  kiosk_hash      text,
  kiosk_until     timestamptz,
  changed_at      timestamptz not null,
  check ((kiosk_hash is null) = (kiosk_until is null)),
  primary key (site_id)
);
create unique index counter_by_public_id on planning.counter (public_id);
create index counter_by_unit on planning.counter (unit_id);
comment on table  planning.counter                 is 'A site of the kind counter at which hours are booked and tickets are called.';
comment on column planning.counter.site_id         is 'The site. [public]';
comment on column planning.counter.unit_id         is 'The site''s unit. [public]';
comment on column planning.counter.public_id       is 'What stands in the address of its screen. [public]';
comment on column planning.counter.slot_minutes    is 'How long a slot is. [public]';
comment on column planning.counter.walk_in_percent is 'The share of the desks'' time that is kept for people without a booking. [public]';
comment on column planning.counter.break_until     is 'Nobody is called until then. [public]';
comment on column planning.counter.kiosk_hash      is 'SHA-256 of the secret in the address of its ticket screen. [secret]';
comment on column planning.counter.kiosk_until     is 'Until when that screen gives tickets. [public]';
comment on column planning.counter.changed_at      is 'When its settings were last changed. [public]';

create table planning.counter_service (
  site_id uuid     not null references planning.counter (site_id),
  service text     not null check (service in ('A', 'B', 'C')),
  unit_id uuid     not null,
  minutes smallint not null check (minutes between 1 and 120),
  primary key (site_id, service)
);
comment on table  planning.counter_service         is 'What a counter does, and how long it takes.';
comment on column planning.counter_service.site_id is 'The counter. [public]';
comment on column planning.counter_service.service is 'A cards, B accounts, C cards that are collected. [public]';
comment on column planning.counter_service.unit_id is 'The counter''s unit. [public]';
comment on column planning.counter_service.minutes is 'Minutes a person. [public]';

create table planning.desk (
  site_id  uuid     not null references planning.counter (site_id),
  number   smallint not null check (number between 1 and 99),
  unit_id  uuid     not null,
  services text[]   not null check (services <@ array['A', 'B', 'C'] and cardinality(services) > 0),
  is_open  boolean  not null,
  primary key (site_id, number)
);
comment on table  planning.desk          is 'A desk (quầy) of a counter.';
comment on column planning.desk.site_id  is 'The counter. [public]';
comment on column planning.desk.number   is 'Its number. [public]';
comment on column planning.desk.unit_id  is 'The counter''s unit. [public]';
comment on column planning.desk.services is 'What is done there. [public]';
comment on column planning.desk.is_open  is 'Whether somebody works there; a closed one takes no bookings. [public]';

create table planning.slot (
  place_id  uuid       not null,
  day       date       not null,
  starts_at time       not null,
  unit_id   uuid       not null,
  minutes   smallint[] not null check (cardinality(minutes) = 3),
  room      integer[]  not null check (cardinality(room) = 7),
  taken     smallint[] not null check (cardinality(taken) = 3 and 0 <= all (taken)),
  primary key (place_id, day, starts_at),
  constraint never_over_booked check (planning.fits(taken, minutes, room))
);
comment on table  planning.slot           is 'A slot in which somebody is or was booked; one without a row is empty.';
comment on column planning.slot.place_id  is 'The counter''s site, or the session. [public]';
comment on column planning.slot.day       is 'The day. [public]';
comment on column planning.slot.starts_at is 'When it begins. [public]';
comment on column planning.slot.unit_id   is 'The place''s unit. [public]';
comment on column planning.slot.minutes   is 'Minutes a person, for A, B and C. [public]';
comment on column planning.slot.room      is 'Minutes of the desks that serve any of a set of services; the sets are the bits of the index. [public]';
comment on column planning.slot.taken     is 'How many are booked for A, B and C. [public]';

create table planning.ticket_number (
  place_id uuid     not null,
  day      date     not null,
  service  text     not null check (service in ('A', 'B', 'C')),
  unit_id  uuid     not null,
  last     smallint not null check (last > 0),
  primary key (place_id, day, service)
);
comment on table  planning.ticket_number          is 'The last number given for a service at a place on a day.';
comment on column planning.ticket_number.place_id is 'The counter''s site, or the session. [public]';
comment on column planning.ticket_number.day      is 'The day. [public]';
comment on column planning.ticket_number.service  is 'For what. [public]';
comment on column planning.ticket_number.unit_id  is 'The place''s unit. [public]';
comment on column planning.ticket_number.last     is 'The number. [public]';

create table planning.booking (
  person_id    uuid        not null,
  id           uuid        not null,
  unit_id      uuid        not null,
  place        text        not null check (place in ('counter', 'session')),
  place_id     uuid        not null,
  service      text        not null check (service in ('A', 'B', 'C')),
  day          date        not null,
  starts_at    time        not null,
  number       smallint    not null check (number > 0),
  state        text        not null check (state in ('booked', 'served', 'moved', 'cancelled', 'no-show', 'place-closed')),
  -- How often it was booked again by itself after nobody came.
  rebooked     smallint    not null default 0 check (rebooked >= 0),
  from_id      uuid,
  adds_line    boolean     not null default false,
  confirmed_at timestamptz,
  booked_at    timestamptz not null,
  booked_by    text        not null check (booked_by in ('person', 'family', 'officer', 'rule')),
  ended_at     timestamptz,
  check ((state = 'booked') = (ended_at is null)),
  primary key (person_id, id)
);
create unique index one_open_booking_a_service on planning.booking (person_id, service) where state = 'booked';
create index booking_by_id    on planning.booking (id);
create index booking_by_place on planning.booking (place_id, day);
create index booking_open     on planning.booking (day) where state = 'booked';
comment on table  planning.booking              is 'An hour that a person has, or had, at a counter or a session.';
comment on column planning.booking.person_id    is 'Who. [personal]';
comment on column planning.booking.id           is 'The booking; also the case by which the place''s unit sees the person. [public]';
comment on column planning.booking.unit_id      is 'The place''s unit. [public]';
comment on column planning.booking.place        is 'Where: at a counter, or a session. [public]';
comment on column planning.booking.place_id     is 'The counter''s site, or the session. [public]';
comment on column planning.booking.service      is 'For what. [personal]';
comment on column planning.booking.day          is 'On which day. [public]';
comment on column planning.booking.starts_at    is 'The beginning of the slot. [public]';
comment on column planning.booking.number       is 'The ticket number of that day. [public]';
comment on column planning.booking.state        is 'What became of it. [personal]';
comment on column planning.booking.rebooked     is 'How often it was booked again by itself after nobody came. [personal]';
comment on column planning.booking.from_id      is 'The booking that it replaces. [public]';
comment on column planning.booking.adds_line    is 'Whether it put the person on the session''s roster. [public]';
comment on column planning.booking.confirmed_at is 'When they said that they will come. [personal]';
comment on column planning.booking.booked_at    is 'When it was booked. [public]';
comment on column planning.booking.booked_by    is 'Who booked it: the person, the family, an officer, or the rule. [personal]';
comment on column planning.booking.ended_at     is 'When it was over. [public]';

create table planning.ticket (
  site_id        uuid        not null,
  day            date        not null,
  service        text        not null check (service in ('A', 'B', 'C')),
  number         smallint    not null check (number > 0),
  unit_id        uuid        not null,
  -- Without a person: the queue, its screen and its desks need none.
  booking_id uuid,
  slot_at        timestamptz,
  came_at        timestamptz not null,
  state          text        not null check (state in ('waiting', 'called', 'served', 'missed')),
  desk           smallint,
  for_desk       smallint,
  line           text        check (line in ('booked', 'walk-in', 'sent-on')),
  calls          smallint    not null default 0 check (calls >= 0),
  called_at      timestamptz,
  ended_at       timestamptz,
  check ((booking_id is null) = (slot_at is null)),
  check ((state in ('served', 'missed')) = (ended_at is not null)),
  check (state <> 'called' or (desk is not null and called_at is not null)),
  primary key (site_id, day, service, number)
);
create index ticket_waiting on planning.ticket (site_id, day) where state in ('waiting', 'called');
create unique index one_call_a_desk on planning.ticket (site_id, day, desk) where state = 'called';
comment on table  planning.ticket                is 'Who waits at a counter today, by ticket; no person stands in it.';
comment on column planning.ticket.site_id        is 'The counter. [public]';
comment on column planning.ticket.day            is 'The day. [public]';
comment on column planning.ticket.service        is 'For what. [public]';
comment on column planning.ticket.number         is 'The number. [public]';
comment on column planning.ticket.unit_id        is 'The counter''s unit. [public]';
comment on column planning.ticket.booking_id is 'The booking, where there is one. [public]';
comment on column planning.ticket.slot_at        is 'The hour that was booked. [public]';
comment on column planning.ticket.came_at        is 'Since when they wait. [public]';
comment on column planning.ticket.state          is 'Where it stands. [public]';
comment on column planning.ticket.desk           is 'The desk that called it last. [public]';
comment on column planning.ticket.for_desk       is 'The desk to which it was sent on. [public]';
comment on column planning.ticket.line           is 'From which line it was called. [public]';
comment on column planning.ticket.calls          is 'How often it was called. [public]';
comment on column planning.ticket.called_at      is 'When it was called last. [public]';
comment on column planning.ticket.ended_at       is 'When it was over. [public]';

do $$
declare
  name text;
begin
  foreach name in array array['counter', 'counter_service', 'desk', 'slot', 'ticket_number', 'booking', 'ticket'] loop
    execute format('alter table planning.%I enable row level security', name);
    execute format('alter table planning.%I force row level security', name);
    execute format('create policy scope on planning.%I to dinhdanh_app
      using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))
      with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))', name);
    execute format('create policy maintenance on planning.%I to dinhdanh_maintenance using (true) with check (true)', name);
    execute format('grant select, insert, update on planning.%I to dinhdanh_app', name);
    execute format('grant select, insert, update on planning.%I to dinhdanh_maintenance', name);
  end loop;
end $$;
create policy own on planning.booking for select to dinhdanh_app using (person_id = (select platform.person()));
grant delete on planning.counter_service, planning.desk, planning.booking to dinhdanh_app, dinhdanh_maintenance;
comment on column register.access_case.kind is 'What the case is: correction, roll-row, roll-review, roll-hand-on, application, card, session, booking, opening, counter. [public]';

-- Ways between units as somebody measured them, for plans of teams (docs/planning.md). What no row tells is estimated from the map of tiles, and said to be.
create table planning.travel (
  from_id uuid         not null,
  to_id   uuid         not null,
  minutes integer      not null check (minutes between 0 and 1440),
  km      numeric(7,1) not null check (km >= 0),
  source  text         not null check (source <> ''),
  at      timestamptz  not null,
  primary key (from_id, to_id)
);
comment on table  planning.travel         is 'How long a team drives from a unit to a unit, as a file told it.';
comment on column planning.travel.from_id is 'From which unit. [public]';
comment on column planning.travel.to_id   is 'To which unit; the same one: from one site of it to another. [public]';
comment on column planning.travel.minutes is 'Minutes by road. [public]';
comment on column planning.travel.km      is 'Kilometres by road. [public]';
comment on column planning.travel.source  is 'The file that told it. [public]';
comment on column planning.travel.at      is 'When it was taken in. [public]';

create table planning.no_road (
  unit_id uuid        not null primary key,
  source  text        not null check (source <> ''),
  at      timestamptz not null
);
comment on table  planning.no_road         is 'An island: a unit to which no road leads but those that planning.travel names.';
comment on column planning.no_road.unit_id is 'Which unit. [public]';
comment on column planning.no_road.source  is 'The file that told it. [public]';
comment on column planning.no_road.at      is 'When it was taken in. [public]';

create table planning.crossing (
  from_id  uuid         not null,
  to_id    uuid         not null,
  departs  time         not null,
  weekdays smallint[]   not null check (weekdays <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[] and cardinality(weekdays) > 0),
  minutes  integer      not null check (minutes between 1 and 1440),
  km       numeric(7,1) not null check (km >= 0),
  source   text         not null check (source <> ''),
  at       timestamptz  not null,
  primary key (from_id, to_id, departs),
  check (from_id <> to_id)
);
comment on table  planning.crossing          is 'A boat that goes from a unit to a unit at an hour, as a file told it.';
comment on column planning.crossing.from_id  is 'From which unit. [public]';
comment on column planning.crossing.to_id    is 'To which unit. [public]';
comment on column planning.crossing.departs  is 'At which hour. [public]';
comment on column planning.crossing.weekdays is 'On which days: 1 Monday to 7 Sunday. [public]';
comment on column planning.crossing.minutes  is 'How long it takes. [public]';
comment on column planning.crossing.km       is 'How far it goes. [public]';
comment on column planning.crossing.source   is 'The file that told it. [public]';
comment on column planning.crossing.at       is 'When it was taken in. [public]';

grant select, insert, update, delete on planning.travel, planning.no_road, planning.crossing to dinhdanh_app;
grant select, insert, update, delete on planning.travel, planning.no_road, planning.crossing to dinhdanh_maintenance;

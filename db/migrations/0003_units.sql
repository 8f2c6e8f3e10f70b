-- Administrative units, the police units at them, and schools: each for a period. Codes are reused for other places (domain.md 5.5),
-- so the key is code and first day, and a unit's parent is a code that is read on a day.

create schema units;
grant usage on schema units to dinhdanh_application, dinhdanh_maintenance;

create table units.unit (
  id          uuid not null primary key,
  code        text not null check (code ~ '^[0-9A-Za-z-]{1,12}$'),
  name        text not null check (name <> ''),
  level       text not null check (level in ('province', 'district', 'commune')),
  parent_code text,
  valid_from  date,
  valid_to    date,
  source      text not null,
  valid       daterange not null generated always as (daterange(valid_from, valid_to)) stored,
  unique nulls not distinct (code, valid_from),
  check (valid_from < valid_to),
  check ((level = 'province') = (parent_code is null))
);
create index unit_by_parent on units.unit (parent_code);

comment on table  units.unit             is 'An administrative unit under one name, rank and code, for a period.';
comment on column units.unit.id          is 'Computed from code and first day, so that all houses agree. [public]';
comment on column units.unit.code        is 'Code of the General Statistics Office; reused for other units later. [public]';
comment on column units.unit.name        is 'Full name with its rank. [public]';
comment on column units.unit.level       is 'province, district or commune. [public]';
comment on column units.unit.parent_code is 'Code of the unit above; which unit that is depends on the day. [public]';
comment on column units.unit.valid_from  is 'First day; empty = since ever. [public]';
comment on column units.unit.valid_to    is 'The day it ended, itself no longer included; empty = still stands. [public]';
comment on column units.unit.source      is 'Where this is known from. [public]';
comment on column units.unit.valid       is 'The same two days as a range. [public]';

create table units.lineage (
  ancestor_id uuid      not null references units.unit (id),
  unit_id     uuid      not null references units.unit (id),
  depth       smallint  not null check (depth between 0 and 2),
  valid       daterange not null check (not isempty(valid)),
  primary key (ancestor_id, unit_id, valid)
);
create index lineage_by_unit on units.lineage (unit_id);

comment on table  units.lineage             is 'Which units stand below which, and when: a subtree on a day is one read of one index. Rewritten by each import of units.';
comment on column units.lineage.ancestor_id is 'The upper unit. [public]';
comment on column units.lineage.unit_id     is 'The lower unit; each unit stands below itself at depth 0. [public]';
comment on column units.lineage.depth       is 'How many levels lie between. [public]';
comment on column units.lineage.valid       is 'The days on which it is so. [public]';

create table units.succession (
  old_id       uuid not null references units.unit (id),
  new_id       uuid not null references units.unit (id),
  effective_on date not null,
  extent       text not null check (extent in ('whole', 'part', 'rest')),
  source       text not null,
  primary key (old_id, new_id, effective_on),
  check (old_id <> new_id)
);
create index succession_by_new on units.succession (new_id);

comment on table  units.succession              is 'What became of a unit. A part or a rest needs an address or an officer''s decision.';
comment on column units.succession.old_id       is 'The unit that was. [public]';
comment on column units.succession.new_id       is 'The unit that it, or a part of it, belongs to since. [public]';
comment on column units.succession.effective_on is 'Since which day. [public]';
comment on column units.succession.extent       is 'whole, part or rest of the old unit. [public]';
comment on column units.succession.source       is 'The resolution. [public]';

create table units.police_rule (
  level       text not null check (level in ('province', 'district', 'commune')),
  code        text not null,
  absent_from date,
  absent_to   date,
  source      text not null,
  absent      daterange not null generated always as (daterange(absent_from, absent_to)) stored,
  primary key (level, code),
  check (absent_from < absent_to)
);
comment on table  units.police_rule             is 'Where and when no police stands at an administrative unit; else one stands at each.';
comment on column units.police_rule.level       is 'At units of this level. [public]';
comment on column units.police_rule.code        is 'At the units of this code; empty = at all of the level. [public]';
comment on column units.police_rule.absent_from is 'Since which day; empty = since ever. [public]';
comment on column units.police_rule.absent_to   is 'Until which day, itself not included; empty = from then on. [public]';
comment on column units.police_rule.source      is 'Where this is known from. [public]';
comment on column units.police_rule.absent      is 'The same two days as a range. [public]';

create table units.police_unit (
  id      uuid      not null primary key,
  unit_id uuid      not null references units.unit (id),
  name    text      not null,
  valid   daterange not null check (not isempty(valid))
);
create index police_unit_by_unit on units.police_unit (unit_id);

comment on table  units.police_unit         is 'The police of an administrative unit, for a period. Rewritten by each import of units.';
comment on column units.police_unit.id      is 'Computed from the unit and the first day. [public]';
comment on column units.police_unit.unit_id is 'The administrative unit at which it stands. [public]';
comment on column units.police_unit.name    is 'Its name. [public]';
comment on column units.police_unit.valid   is 'The days on which it stands. [public]';

create table units.school (
  id   uuid not null primary key,
  code text not null unique check (code <> '')
);
comment on table  units.school      is 'A school, which keeps its code through changes of name, kind and place.';
comment on column units.school.id   is 'Computed from the code, so that all houses agree. [public]';
comment on column units.school.code is 'Code of the ministry''s school database. [public]';

create table units.school_standing (
  school_id  uuid not null references units.school (id),
  name       text not null check (name <> ''),
  kind       text not null check (kind in ('primary', 'lower-secondary', 'upper-secondary', 'multi-level', 'continuing-education')),
  unit_id    uuid not null references units.unit (id),
  valid_from date,
  valid_to   date,
  as_of      date not null,
  valid      daterange not null generated always as (daterange(valid_from, valid_to)) stored,
  unique nulls not distinct (school_id, valid_from),
  check (valid_from < valid_to)
);
create index school_standing_by_unit on units.school_standing (unit_id);

comment on table  units.school_standing            is 'Name, kind and commune of a school, for a period.';
comment on column units.school_standing.school_id  is 'The school. [public]';
comment on column units.school_standing.name       is 'Its name. [public]';
comment on column units.school_standing.kind       is 'What it teaches. [public]';
comment on column units.school_standing.unit_id    is 'The commune in which it stands. [public]';
comment on column units.school_standing.valid_from is 'First day; empty = since ever. [public]';
comment on column units.school_standing.valid_to   is 'The day from which it is otherwise; empty = still so. [public]';
comment on column units.school_standing.as_of      is 'The day of the latest extract that says so; an older one changes nothing. [public]';
comment on column units.school_standing.valid      is 'The same two days as a range. [public]';

create table units.edition (
  only_one boolean not null primary key default true check (only_one),
  number   integer not null
);
insert into units.edition (number) values (0);
comment on table  units.edition          is 'How often units were changed, so that processes know when what they keep in memory is old; imports hold its row.';
comment on column units.edition.only_one is 'There is one row. [public]';
comment on column units.edition.number   is 'Grows with each import that changes something. [public]';

create view units.published_unit with (security_invoker) as
  select id, code, name, level, parent_code, valid_from, valid_to, valid from units.unit;
create view units.published_lineage with (security_invoker) as
  select ancestor_id, unit_id, depth, valid from units.lineage;
create view units.published_succession with (security_invoker) as
  select old_id, new_id, effective_on, extent from units.succession;
create view units.published_school with (security_invoker) as
  select s.id, s.code, t.name, t.kind, t.unit_id, t.valid from units.school s join units.school_standing t on t.school_id = s.id;
comment on view units.published_unit       is 'Units, for contexts above.';
comment on view units.published_lineage    is 'Which units stand below which, and when, for contexts above.';
comment on view units.published_succession is 'What became of units, for contexts above.';
comment on view units.published_school     is 'Schools with their standing on the days of valid, for contexts above.';

grant select, insert, update         on units.unit, units.school, units.edition to dinhdanh_application, dinhdanh_maintenance;
grant select, insert, update, delete on units.lineage, units.succession, units.police_rule, units.police_unit, units.school_standing
  to dinhdanh_application, dinhdanh_maintenance;
grant select on units.published_unit, units.published_lineage, units.published_succession, units.published_school
  to dinhdanh_application, dinhdanh_maintenance;

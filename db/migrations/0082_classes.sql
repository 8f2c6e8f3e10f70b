-- Staff of schools: a post may be at one school of the unit. Homeroom teachers see their own class and no other: the
-- work of such a post sees what is tied to its appointment (platform.parts), besides its units.

create function platform.parts() returns uuid[]
language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('dinhdanh.parts', true), ''), '{}')::uuid[] $$;
comment on function platform.parts is 'Appointments whose own parts of a unit or school the work sees: a class.';

alter table staff.appointment add column school_id uuid references units.school (id);
comment on column staff.appointment.school_id is 'Of a school''s staff: which school; empty of all others. [public]';
create index appointment_by_school on staff.appointment (school_id) where school_id is not null;
alter table staff.proposal add column school_id uuid references units.school (id);
comment on column staff.proposal.school_id is 'Of an appointment to a school''s staff: which school. [public]';

drop index staff.one_pending_proposal;
create unique index one_pending_proposal on staff.proposal (officer_id, kind, unit_id, coalesce(role, ''),
  coalesce(appointment_id, officer_id), coalesce(school_id, unit_id)) where state = 'pending';

-- A school sees who is appointed to it.
create policy school on staff.appointment for select to dinhdanh_app
  using (school_id = any ((select platform.scope())::uuid[]));

create schema classes;
comment on schema classes is 'Homeroom teachers, what pupils of their classes lack, and what teachers say of it.';
grant usage on schema classes to dinhdanh_app, dinhdanh_maintenance;

create table classes.homeroom (
  id             uuid primary key,
  school_id      uuid not null references units.school (id),
  school_year    text not null check (school_year ~ '^\d{4}-\d{4}$'),
  class          text not null check (class <> ''),
  appointment_id uuid not null,
  officer_id     uuid not null,
  named_on       date not null,
  named_by       text not null,
  ended_on       date,
  ended_by       text check (ended_by <> ''),
  check ((ended_on is null) = (ended_by is null))
);
create unique index one_homeroom_a_class on classes.homeroom (school_id, school_year, class) where ended_on is null;
create index homeroom_by_appointment on classes.homeroom (appointment_id) where ended_on is null;
comment on table  classes.homeroom                is 'Who is homeroom teacher of a class in a school year, as the school named them.';
comment on column classes.homeroom.id             is 'The naming. [public]';
comment on column classes.homeroom.school_id      is 'Of which school. [public]';
comment on column classes.homeroom.school_year    is 'As 2022-2023. [public]';
comment on column classes.homeroom.class          is 'The class, as the roll writes it. [public]';
comment on column classes.homeroom.appointment_id is 'By which appointment the teacher works: what the class shows is tied to it. [public]';
comment on column classes.homeroom.officer_id     is 'The teacher. [personal]';
comment on column classes.homeroom.named_on       is 'On which day of the house. [public]';
comment on column classes.homeroom.named_by       is 'Who of the school named them. [personal]';
comment on column classes.homeroom.ended_on       is 'Since which day they are no more; empty while they are. [public]';
comment on column classes.homeroom.ended_by       is 'Who ended it. [personal]';

alter table classes.homeroom enable row level security;
alter table classes.homeroom force row level security;
create policy maintenance on classes.homeroom to dinhdanh_maintenance using (true) with check (true);
create policy school on classes.homeroom to dinhdanh_app
  using ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or (school_id = any ((select platform.scope())::uuid[])
    and exists (select from staff.appointment a where a.id = appointment_id and a.officer_id = homeroom.officer_id
                and a.school_id = homeroom.school_id and a.role = 'homeroom-teacher')));
create policy own on classes.homeroom for select to dinhdanh_app
  using (ended_on is null and appointment_id = any ((select platform.parts())::uuid[]));
grant select, insert, update on classes.homeroom to dinhdanh_app, dinhdanh_maintenance;

-- The rolls of a class, of its year and school alone. A work without parts pays for none of this.
create policy homeroom on rolls.roll for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and kind = 'pupils' and in_force and exists (
    select from classes.homeroom h
    where h.appointment_id = any (platform.parts()) and h.ended_on is null
      and h.school_id = roll.school_id and h.school_year = roll.school_year));
create policy homeroom on rolls.row for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and left_on is null and exists (
    select from rolls.roll l join classes.homeroom h on h.school_id = l.school_id and h.school_year = l.school_year
    where l.id = "row".roll_id and l.kind = 'pupils' and l.in_force
      and h.appointment_id = any (platform.parts()) and h.ended_on is null
      and h.school_id = "row".school_id and h.class = "row".class));
create policy homeroom on rolls.visit for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and exists (
    select from classes.homeroom h
    where h.appointment_id = any (platform.parts()) and h.ended_on is null
      and h.school_id = visit.school_id and h.school_year = visit.school_year));
create policy homeroom on follow_ups.follow_up for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and kind = 'roll-defect' and exists (
    select from rolls.row r where r.roll_id = follow_up.source_id and r.place = follow_up.source_place
      and r.id = follow_up.subject_id and r.school_id = follow_up.scope_id));
-- What the pupils of the class lack is counted of whom the school's roll opens, as the school's own officers count it.
create policy homeroom on register.access_case for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and kind = 'roll-row' and grade = 'compared' and exists (
    select from rolls.row r where r.id = access_case.case_id and r.person_id = access_case.person_id
      and r.school_id = access_case.unit_id));

create table classes.result (
  row_id        uuid not null,
  id            uuid not null,
  school_id     uuid not null references units.school (id),
  school_year   text not null check (school_year ~ '^\d{4}-\d{4}$'),
  class         text not null check (class <> ''),
  outcome       text not null check (outcome in ('told-parents', 'will-come', 'absent', 'moved', 'wrong-phone')),
  will_come_on  date,
  note          text check (note <> ''),
  on_day        date not null,
  by_id         text not null,
  at            timestamptz not null,
  taken_back_at timestamptz,
  primary key (row_id, id),
  check ((outcome = 'will-come') = (will_come_on is not null))
);
create index result_by_school on classes.result (school_id, school_year, class) where taken_back_at is null;
comment on table  classes.result               is 'What a homeroom teacher said of a pupil: the family was told, moved away, has another phone.';
comment on column classes.result.row_id        is 'The pupil''s entry, the same on the next roll. [public]';
comment on column classes.result.id            is 'The result; the last one that was not taken back counts. [public]';
comment on column classes.result.school_id     is 'Of which school. [public]';
comment on column classes.result.school_year   is 'As 2022-2023. [public]';
comment on column classes.result.class         is 'In which class the pupil was then. [public]';
comment on column classes.result.outcome       is 'told-parents, will-come, absent, moved or wrong-phone. [personal]';
comment on column classes.result.will_come_on  is 'On which day the family will come, where it said so. [personal]';
comment on column classes.result.note          is 'What the teacher adds; no number. [personal]';
comment on column classes.result.on_day        is 'On which day of the house. [public]';
comment on column classes.result.by_id         is 'Who said so. [personal]';
comment on column classes.result.at            is 'When. [public]';
comment on column classes.result.taken_back_at is 'Since when it counts no more. [public]';

alter table classes.result enable row level security;
alter table classes.result force row level security;
create policy maintenance on classes.result to dinhdanh_maintenance using (true) with check (true);
create policy school on classes.result for select to dinhdanh_app
  using ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[]));
create policy homeroom on classes.result to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and exists (select from classes.homeroom h
    where h.appointment_id = any (platform.parts()) and h.ended_on is null and h.school_id = result.school_id
      and h.school_year = result.school_year and h.class = result.class))
  with check (exists (select from rolls.row r join classes.homeroom h on h.school_id = r.school_id and h.class = r.class
    where r.id = result.row_id and h.appointment_id = any (platform.parts()) and h.ended_on is null
      and h.school_id = result.school_id and h.school_year = result.school_year and h.class = result.class));
grant select, insert, update on classes.result to dinhdanh_app, dinhdanh_maintenance;

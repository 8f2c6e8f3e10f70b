-- A class is opened by a link, too (access-links): what the database shows a homeroom teacher's appointment, it shows the
-- link of that class while it is in force.
create table classes.linked_class (
  id          uuid not null primary key,
  school_id   uuid not null references units.school (id),
  school_year text not null check (school_year ~ '^\d{4}-\d{4}$'),
  class       text not null check (class <> ''),
  unique (school_id, school_year, class)
);
comment on table  classes.linked_class             is 'A class for which a link was ever issued: what such a link opens.';
comment on column classes.linked_class.id          is 'The class, as links name it. [public]';
comment on column classes.linked_class.school_id   is 'Of which school. [public]';
comment on column classes.linked_class.school_year is 'As 2022-2023. [public]';
comment on column classes.linked_class.class       is 'The class, as the roll writes it. [public]';
alter table classes.linked_class enable row level security;
alter table classes.linked_class force  row level security;
create policy maintenance on classes.linked_class to dinhdanh_maintenance using (true) with check (true);
create policy school on classes.linked_class to dinhdanh_app
  using ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[]));
-- The policy own of access_links.link shows a link to itself alone, and only while it is in force.
create policy link on classes.linked_class for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and exists (select from access_links.link l
    where l.id = any (platform.parts()) and l.kind = 'class' and l.subject_id = linked_class.id));
grant select, insert on classes.linked_class to dinhdanh_app;
grant select, insert, update, delete on classes.linked_class to dinhdanh_maintenance;

create view classes.class_in_part with (security_invoker) as
  select h.school_id, h.school_year, h.class from classes.homeroom h
  where h.ended_on is null and h.appointment_id = any (platform.parts())
  union all
  select c.school_id, c.school_year, c.class from classes.linked_class c
  join access_links.link l on l.subject_id = c.id and l.kind = 'class'
  where l.id = any (platform.parts()) and l.ended_at is null and l.until_at > now();
comment on view classes.class_in_part is 'The classes that a work sees by its own part: by a teacher''s appointment, or by a link.';
grant select on classes.class_in_part to dinhdanh_app, dinhdanh_maintenance;

drop policy homeroom on rolls.roll;
create policy homeroom on rolls.roll for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and kind = 'pupils' and in_force and exists (
    select from classes.class_in_part c where c.school_id = roll.school_id and c.school_year = roll.school_year));
drop policy homeroom on rolls.row;
create policy homeroom on rolls.row for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and left_on is null and exists (
    select from rolls.roll l join classes.class_in_part c on c.school_id = l.school_id and c.school_year = l.school_year
    where l.id = "row".roll_id and l.kind = 'pupils' and l.in_force
      and c.school_id = "row".school_id and c.class = "row".class));
drop policy homeroom on rolls.visit;
create policy homeroom on rolls.visit for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and exists (
    select from classes.class_in_part c where c.school_id = visit.school_id and c.school_year = visit.school_year));
drop policy homeroom on classes.result;
create policy homeroom on classes.result to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and exists (select from classes.class_in_part c
    where c.school_id = result.school_id and c.school_year = result.school_year and c.class = result.class))
  with check ((select cardinality(platform.parts()) > 0) and exists (
    select from rolls.row r join classes.class_in_part c on c.school_id = r.school_id and c.class = r.class
    where r.id = result.row_id and c.school_id = result.school_id and c.school_year = result.school_year
      and c.class = result.class));
-- To which session a pupil of the class is asked, and no line of anybody else.
create policy homeroom on planning.roster for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and exists (
    select from rolls.row r where r.person_id = roster.person_id and r.school_id = roster.school_id));

alter table classes.result drop constraint result_outcome_check;
alter table classes.result add constraint result_outcome_check
  check (outcome in ('told-parents', 'will-come', 'done', 'absent', 'moved', 'wrong-phone', 'other'));
alter table classes.result add constraint result_other_says_what check (outcome <> 'other' or note is not null);
comment on column classes.result.outcome is 'told-parents, will-come, done, absent, moved, wrong-phone, or other, which the note says. [personal]';
comment on column classes.result.by_id   is 'Who said so: the teacher, or the link of the class. [personal]';

-- Whether the text for the class's group of parents may name pupils; unless the school says so, it does not.
create table classes.message_setting (
  school_id   uuid        not null primary key references units.school (id),
  names       boolean     not null,
  set_by      text        not null,
  set_at      timestamptz not null
);
comment on table  classes.message_setting           is 'What a school decided about the text that its teachers copy for the group of a class.';
comment on column classes.message_setting.school_id is 'Which school. [public]';
comment on column classes.message_setting.names     is 'Whether pupils are named. [public]';
comment on column classes.message_setting.set_by    is 'Who decided. [personal]';
comment on column classes.message_setting.set_at    is 'When. [public]';
alter table classes.message_setting enable row level security;
alter table classes.message_setting force  row level security;
create policy maintenance on classes.message_setting to dinhdanh_maintenance using (true) with check (true);
create policy school on classes.message_setting to dinhdanh_app
  using ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[]));
create policy homeroom on classes.message_setting for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and exists (
    select from classes.class_in_part c where c.school_id = message_setting.school_id));
grant select, insert, update on classes.message_setting to dinhdanh_app;
grant select, insert, update, delete on classes.message_setting to dinhdanh_maintenance;

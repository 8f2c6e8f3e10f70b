-- Almost every statement about people asks whether a teacher's or a link's part shows them. As nested policies this was
-- planned anew within each of them: 350 subplans and 25 to 35 ms for a statement of one row. Within a function it is one call.
create function classes.classes_in_part()
returns table (school_id uuid, school_year text, class text, roll_id uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 2 as
$$
begin
  return query
  select c.school_id, c.school_year, c.class, l.id
  from (
    select h.school_id, h.school_year, h.class from classes.homeroom h
    where h.ended_on is null and h.appointment_id = any (platform.parts())
    union all
    select k.school_id, k.school_year, k.class from classes.linked_class k
    join access_links.link n on n.subject_id = k.id and n.kind = 'class'
    where n.id = any (platform.parts()) and n.ended_at is null and n.until_at > now()
  ) c
  left join rolls.roll l on l.school_id = c.school_id and l.school_year = c.school_year and l.kind = 'pupils'
    and l.in_force;
end
$$;
comment on function classes.classes_in_part() is 'The classes that a work sees by its own part, by a teacher''s appointment or by a link, each with its pupils'' roll in force.';

create function classes.rows_in_part()
returns table (roll_id uuid, place integer, id uuid, person_id uuid, school_id uuid, school_year text, class text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 40 as
$$
begin
  return query
  select r.roll_id, r.place, r.id, r.person_id, r.school_id, c.school_year, r.class
  from classes.classes_in_part() c join rolls.row r on r.roll_id = c.roll_id and r.school_id = c.school_id
    and r.class = c.class
  where r.left_on is null;
end
$$;
comment on function classes.rows_in_part() is 'The pupils'' entries, on rolls in force, of the classes that a work sees by its own part.';

grant create on schema classes to dinhdanh_maintenance;
alter function classes.classes_in_part() owner to dinhdanh_maintenance;
alter function classes.rows_in_part() owner to dinhdanh_maintenance;
revoke create on schema classes from dinhdanh_maintenance;
revoke execute on function classes.classes_in_part(), classes.rows_in_part() from public;
grant execute on function classes.classes_in_part(), classes.rows_in_part() to dinhdanh_app, dinhdanh_maintenance;

drop policy homeroom on rolls.roll;
create policy homeroom on rolls.roll for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and kind = 'pupils' and in_force
    and exists (select from classes.classes_in_part() c where c.roll_id = roll.id));
drop policy homeroom on rolls.row;
create policy homeroom on rolls.row for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and left_on is null
    and exists (select from classes.classes_in_part() c
      where c.roll_id = "row".roll_id and c.school_id = "row".school_id and c.class = "row".class));
drop policy homeroom on rolls.visit;
create policy homeroom on rolls.visit for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0)
    and exists (select from classes.classes_in_part() c
      where c.school_id = visit.school_id and c.school_year = visit.school_year));
drop policy homeroom on follow_ups.follow_up;
create policy homeroom on follow_ups.follow_up for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and kind = 'roll-defect'
    and exists (select from classes.rows_in_part() r where r.roll_id = follow_up.source_id
      and r.place = follow_up.source_place and r.id = follow_up.subject_id and r.school_id = follow_up.scope_id));
drop policy homeroom on register.access_case;
create policy homeroom on register.access_case for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and kind = 'roll-row' and grade = 'compared'
    and exists (select from classes.rows_in_part() r where r.id = access_case.case_id
      and r.person_id = access_case.person_id and r.school_id = access_case.unit_id));
drop policy homeroom on classes.result;
create policy homeroom on classes.result to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0)
    and exists (select from classes.classes_in_part() c
      where c.school_id = result.school_id and c.school_year = result.school_year and c.class = result.class))
  with check ((select cardinality(platform.parts()) > 0)
    and exists (select from classes.rows_in_part() r where r.id = result.row_id and r.school_id = result.school_id
      and r.school_year = result.school_year and r.class = result.class));
drop policy homeroom on planning.roster;
create policy homeroom on planning.roster for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0)
    and exists (select from classes.rows_in_part() r
      where r.person_id = roster.person_id and r.school_id = roster.school_id));
drop policy homeroom on classes.message_setting;
create policy homeroom on classes.message_setting for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0)
    and exists (select from classes.classes_in_part() c where c.school_id = message_setting.school_id));
drop view classes.class_in_part;

-- Children on nobody's roll are a subject of their own: what the database answers about them stands in their schema. The functions keep their bodies,
-- owners and grants; rolls keep no function that asks from a child's side.
create schema out_of_school;
comment on schema out_of_school is 'Children of school age, and whose roll they are on.';
grant usage on schema out_of_school to dinhdanh_application, dinhdanh_maintenance;

grant create on schema out_of_school to dinhdanh_maintenance;
alter function rolls.enrolments_of(uuid[], text)              set schema out_of_school;
alter function rolls.undecided_for(uuid[], text)              set schema out_of_school;
alter function rolls.reported_schools(text)                   set schema out_of_school;
alter function rolls.departed_from(uuid[], integer, integer)  set schema out_of_school;
revoke create on schema out_of_school from dinhdanh_maintenance;

-- The commune that a school wrote is compared with the register by whoever counts children.
create or replace view rolls.published_row with (security_invoker = true) as
select w.roll_id, w.place, w.id as row_id, r.school_id, r.school_year, r.as_of, r.in_force, w.sheet, w.sheet_row, w.class, w.grade, w.name, w.sort_key,
       w.birth_y, w.birth_m, w.birth_d, w.sex, w.number, w.outcome, w.person_id, w.probability, w.defects, w.decision, r.kind, w.state, w.contested,
       w.commune_id
from rolls.roll r join rolls.row w on w.roll_id = r.id
where r.in_force;

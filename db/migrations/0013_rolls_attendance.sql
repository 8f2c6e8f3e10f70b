-- Universal education: which children of school age are on whose roll, whatever the school.
-- An officer sees the rolls of schools in scope, and a child of theirs may learn anywhere. So the house answers these questions over all rolls, and names
-- what is beyond the caller's scope to nobody: `is_seen` is false, and callers show such a school as "elsewhere".

create function rolls.enrolments_of(asked uuid[], year text)
returns table (person_id uuid, school_id uuid, is_seen boolean, roll_id uuid, place integer, said_commune_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  with enrolled as (
    -- A ward's children are looked up one by one; a province's pupils are read once (bench/RESULTS.md, "Attendance").
    select w.* from unnest(asked) a (person_id)
    cross join lateral (select o.person_id, o.roll_id, o.place, o.school_id, o.commune_id from rolls.row o
                        where o.person_id = a.person_id and o.outcome in ('matched', 'duplicate') offset 0) w
    where cardinality(asked) <= 20000
    union all
    select o.person_id, o.roll_id, o.place, o.school_id, o.commune_id from rolls.roll r
    join rolls.row o on o.roll_id = r.id and o.outcome in ('matched', 'duplicate')
    where cardinality(asked) > 20000 and r.in_force and r.kind = 'pupils' and r.school_year = year
      and o.person_id in (select unnest(asked))
  ), school as materialized (
    select r.id as roll_id, r.school_id, coalesce((select platform.sees_house()) or r.school_id = any ((select platform.scope())::uuid[]), false) as is_seen
    from rolls.roll r where r.in_force and r.kind = 'pupils' and r.school_year = year
  )
  select e.person_id, case when s.is_seen then s.school_id end, s.is_seen, case when s.is_seen then e.roll_id end, case when s.is_seen then e.place end,
         e.commune_id
  from enrolled e join school s on s.roll_id = e.roll_id
$$;
comment on function rolls.enrolments_of is 'On which rolls of pupils in force some persons are, over all schools; a school beyond the caller''s scope is not named. Callers ask of persons whom they see, and leave a trace.';

-- A row that names no child may still be one: a candidate of a row in review; the holder of the number on it; a child of the same name whom nothing else on
-- it contradicts, where the row was not compared on more. Without a birth date a name is common, so the grade and the district must fit.
create function rolls.undecided_for(asked uuid[], year text)
returns table (person_id uuid, school_id uuid, is_seen boolean, roll_id uuid, place integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  with undecided as materialized (
    select w.*
    from rolls.roll r
    cross join lateral (select o.roll_id, o.place, o.id, o.school_id, o.state, o.holder_id, o.name_plain, o.birth_y, o.birth_m, o.birth_d, o.sex, o.grade
                        from rolls.row o where o.roll_id = r.id and o.state in ('to-review', 'not-found') offset 0) w
    where r.in_force and r.kind = 'pupils' and r.school_year = year
  ), pair as (
    select c.person_id, u.roll_id, u.place, u.id, u.school_id from undecided u
    join rolls.candidate c on c.roll_id = u.roll_id and c.place = u.place where u.state = 'to-review'
    union
    select u.holder_id, u.roll_id, u.place, u.id, u.school_id from undecided u where u.holder_id is not null
    union
    select p.person_id, u.roll_id, u.place, u.id, u.school_id from undecided u
    join register.published_person p on p.name_ascii = u.name_plain and p.birth_y = u.birth_y
    where (u.birth_m is null or p.birth_m is null or p.birth_m = u.birth_m) and (u.birth_d is null or p.birth_d is null or p.birth_d = u.birth_d)
      and (u.sex is null or p.sex = u.sex)
    union
    select p.person_id, u.roll_id, u.place, u.id, u.school_id from undecided u
    join register.published_person p on p.name_ascii = u.name_plain and p.birth_y between left(year, 4)::integer - 18 and left(year, 4)::integer - 5
    where u.birth_y is null and (u.sex is null or p.sex = u.sex) and (u.grade is null or abs(left(year, 4)::integer - 5 - u.grade - p.birth_y) <= 1)
      and exists (select from units.published_school s
                  join units.published_lineage above on above.unit_id = s.unit_id and above.depth = 1
                  join units.published_lineage near on near.ancestor_id = above.ancestor_id
                  join register.published_residence d on d.person_id = p.person_id and d.to_on is null and d.unit_id = near.unit_id
                  where s.id = u.school_id)
  )
  select a.person_id, case when s.is_seen then p.school_id end, s.is_seen, case when s.is_seen then p.roll_id end, case when s.is_seen then p.place end
  from unnest(asked) a (person_id) join pair p on p.person_id = a.person_id
  cross join lateral (select coalesce((select platform.sees_house()) or p.school_id = any ((select platform.scope())::uuid[]), false) as is_seen) s
  where not exists (select from rolls.refusal f where f.person_id = p.person_id and f.row_id = p.id)
$$;
comment on function rolls.undecided_for is 'Which undecided rows of the rolls of pupils in force may be some persons, over all schools; a school beyond the caller''s scope is not named.';

create function rolls.reported_schools(year text) returns table (school_id uuid, sent_on date)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$ select r.school_id, r.sent_on from rolls.roll r where r.in_force and r.kind = 'pupils' and r.school_year = year $$;
comment on function rolls.reported_schools is 'Which schools have a roll of pupils in force for a year: whoever counts children must say which schools are not in the count.';

-- Nobody's officer sees a person without any residence; that there are such is told as a number.
create function rolls.departed_from(asked uuid[], first_year integer, last_year integer) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select count(distinct d.person_id) from register.published_residence d
  join register.published_link_record p on p.person_id = d.person_id and p.birth_y between first_year and last_year and p.life_status = 'alive' and p.unit_ids is null
  where d.unit_id = any (asked) and d.to_on is not null and ((select platform.sees_house()) or d.unit_id = any ((select platform.scope())::uuid[]))
$$;
comment on function rolls.departed_from is 'How many of some years of birth lived in some units of the caller''s and are registered nowhere any more.';

grant create on schema rolls to dinhdanh_maintenance;
alter function rolls.enrolments_of(uuid[], text)                  owner to dinhdanh_maintenance;
alter function rolls.undecided_for(uuid[], text)                  owner to dinhdanh_maintenance;
alter function rolls.reported_schools(text)                       owner to dinhdanh_maintenance;
alter function rolls.departed_from(uuid[], integer, integer)      owner to dinhdanh_maintenance;
revoke create on schema rolls from dinhdanh_maintenance;
revoke execute on function rolls.enrolments_of(uuid[], text), rolls.undecided_for(uuid[], text), rolls.reported_schools(text),
  rolls.departed_from(uuid[], integer, integer) from public;
grant execute on function rolls.enrolments_of(uuid[], text), rolls.undecided_for(uuid[], text), rolls.reported_schools(text),
  rolls.departed_from(uuid[], integer, integer) to dinhdanh_application, dinhdanh_maintenance;

-- The children of a ward, by commune and year: some thousand rows instead of its forty thousand people (bench/RESULTS.md, "Attendance").
create index link_record_by_home on register.link_record (permanent_unit_id, birth_y);
-- Who lives in a commune without being permanently registered there: a tenth of the people.
create index residence_besides on register.residence (unit_id, person_id) where to_on is null and kind <> 'permanent';

-- A row of nobody keeps whom it may still be, though among a million people nobody would look (rolls/judge.ts): of a child who is on no roll it is a doubt.
-- The rest is as before.

create or replace function rolls.undecided_for(asked uuid[], year text)
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
    join rolls.candidate c on c.roll_id = u.roll_id and c.place = u.place
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
comment on table rolls.candidate is 'Who a row may be, where a person has to look; and whom a row of nobody may still be.';

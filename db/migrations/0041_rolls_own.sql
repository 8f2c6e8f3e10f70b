-- A person sees in their file what schools wrote of them: their own rows alone, and of those nothing about father and mother.
create function rolls.own_rows()
returns table (school text, school_year text, kind text, as_of date, class text, grade smallint, given jsonb, defects text[], in_force boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select s.name, l.school_year, l.kind, l.as_of, r.class, r.grade,
    jsonb_build_object('name', r.given -> 'name', 'birth', r.given -> 'birth', 'number', r.given -> 'number', 'sex', r.given -> 'sex', 'residence', r.given -> 'residence'),
    r.defects, l.in_force and r.left_on is null
  from rolls.row r join rolls.roll l on l.id = r.roll_id
  left join lateral (select n.name from units.published_school n where n.id = r.school_id and n.valid @> l.as_of limit 1) s on true
  where r.person_id = platform.person()
  order by l.school_year desc, l.as_of desc, l.id, r.place
$$;
comment on function rolls.own_rows is 'The rows of rolls that are the person whose own page is read.';
grant create on schema rolls to dinhdanh_maintenance;
alter function rolls.own_rows() owner to dinhdanh_maintenance;
revoke create on schema rolls from dinhdanh_maintenance;
revoke execute on function rolls.own_rows() from public;
grant execute on function rolls.own_rows() to dinhdanh_application, dinhdanh_maintenance;

-- A residence is corrected as other values are: proposed anywhere, referred to the unit where the person lives, decided there by a second officer.

-- A residence in force as one text: since when, in which commune, the address.
create function register.residence_text(asked uuid, of_kind text) returns text
language sql stable set search_path = pg_catalog, pg_temp as
$$
  select concat_ws(' ', coalesce(r.from_on::text, '-'), r.unit_id::text, nullif(r.address, ''))
  from register.residence r where r.person_id = asked and r.kind = of_kind and r.to_on is null
$$;
comment on function register.residence_text is 'A residence in force as a correction names it: day or -, commune, address.';

create or replace function register.propose_changes(whose uuid, proposal uuid, proposed jsonb) returns setof text
language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
  if not exists (select from register.access_case c where c.person_id = whose and c.case_id = proposal and c.kind = 'correction'
                 and c.until >= current_date and (platform.sees_house() or c.unit_id = any (platform.scope()))) then
    raise exception 'no open case of this correction' using errcode = 'insufficient_privilege';
  end if;
  return query
    insert into register.correction_change (person_id, correction_id, field, old, new)
    select whose, proposal, v.key,
      case v.key
        when 'full_name' then p.full_name
        when 'birth_date' then concat_ws('-', lpad(p.birth_y::text, 4, '0'), lpad(p.birth_m::text, 2, '0'), lpad(p.birth_d::text, 2, '0'))
        when 'sex' then p.sex
        when 'life_status' then p.life_status
        when 'birth_registration_code' then p.birth_registration_code
        when 'ethnicity' then p.ethnicity
        when 'religion' then p.religion
        when 'nationality' then p.nationality
        when 'hometown' then p.hometown
        when 'father_name' then (select k.name from register.kinship k where k.person_id = whose and k.relation = 'father')
        when 'mother_name' then (select k.name from register.kinship k where k.person_id = whose and k.relation = 'mother')
        when 'residence_permanent' then register.residence_text(whose, 'permanent')
        when 'residence_temporary' then register.residence_text(whose, 'temporary')
        when 'residence_current' then register.residence_text(whose, 'current')
      end,
      v.value
    from jsonb_each_text(proposed) as v (key, value) join register.person p on p.person_id = whose
    returning field;
end
$$;
grant execute on function register.residence_text(uuid, text) to dinhdanh_app, dinhdanh_maintenance;

-- A work of the program itself has no UUID for its actor. Where two works wait for one row, PostgreSQL evaluates the parts of a policy that it would have passed over, and this
-- one failed there.
create or replace function families.own_person() returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select platform.person()
  from (select case when platform.actor() ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then platform.actor()::uuid end as id) acting
  where acting.id is not null and case
    when exists (select from access_links.link l where l.id = acting.id) then
      exists (select from families.children_of(array[acting.id], platform.writes_own_on()) c
        where c.person_id = platform.person())
    else
      exists (select from enrolment.receipt_lookup r
        where r.application_id = acting.id and r.person_id = platform.person())
      or not exists (select from enrolment.receipt_lookup r
        where r.application_id = acting.id and r.person_id <> platform.person())
      and not exists (select from planning.booking b
        where b.id = acting.id and b.person_id <> platform.person())
      and not exists (select from planning.roster r
        where r.id = acting.id and r.person_id <> platform.person())
    end
$$;

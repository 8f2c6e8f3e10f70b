-- A person sees in their file to which sessions they were asked, and what came of it.
create function planning.own_places()
returns table (code text, site text, address text, day date, starts_at time, class text, walk_in boolean, came_at timestamptz, outcome text, absent_reason text, done text[], state text)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select s.code, p.name, p.address, s.day, s.starts_at, r.class, r.walk_in, r.came_at, r.outcome, r.absent_reason, r.done, s.state
  from planning.roster r join planning.session s on s.id = r.session_id join planning.site p on p.id = s.site_id
  where r.person_id = platform.person()
  order by s.day desc, s.starts_at desc, s.code
$$;
comment on function planning.own_places is 'The sessions on whose list the person is whose own page is read.';
grant create on schema planning to dinhdanh_maintenance;
alter function planning.own_places() owner to dinhdanh_maintenance;
revoke create on schema planning from dinhdanh_maintenance;
revoke execute on function planning.own_places() from public;
grant execute on function planning.own_places() to dinhdanh_application, dinhdanh_maintenance;

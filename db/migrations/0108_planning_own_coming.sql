-- A family says that it will come: the list of the session shows it. Its page names the session, and until when it is.
alter table planning.roster
  add column coming_on date,
  add column coming_by text,
  add constraint roster_coming_has_author check ((coming_on is null) = (coming_by is null));
comment on column planning.roster.coming_on is 'The house''s day on which the person or the family said that they will come. [personal]';
comment on column planning.roster.coming_by is 'Who said so: the person, or the link or receipt by which it was said. [personal]';

drop function planning.own_places();
create function planning.own_places()
returns table (session_id uuid, unit_id uuid, code text, site text, address text, day date, starts_at time, ends_at time, class text, walk_in boolean, came_at timestamptz, outcome text, absent_reason text, done text[], state text, kind text, coming_on date)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select s.id, s.unit_id, s.code, p.name, p.address, s.day, s.starts_at, s.ends_at, r.class, r.walk_in, r.came_at, r.outcome, r.absent_reason, r.done, s.state, s.kind, r.coming_on
  from planning.roster r join planning.session s on s.id = r.session_id join planning.site p on p.id = s.site_id
  where r.person_id = platform.person()
  order by s.day desc, s.starts_at desc, s.code
$$;
comment on function planning.own_places is 'The sessions on whose list the person is whose own page is read.';

create function planning.say_own_coming(of_session uuid, on_day date, by_whom text) returns boolean
language sql volatile security definer set search_path = pg_catalog, pg_temp as
$$
  with said as (
    update planning.roster r set coming_on = on_day, coming_by = case when on_day is null then null else by_whom end
    from planning.session s
    where s.id = r.session_id and r.session_id = of_session and r.person_id = platform.person()
      and r.came_at is null and r.outcome is null and s.state in ('planned', 'open')
      and (r.coming_on is null) <> (on_day is null)
    returning 1)
  select exists (select from said)
$$;
comment on function planning.say_own_coming is 'Marks on a session''s list that the person whose own page is read will come, or takes it back; false where nothing changed.';
grant create on schema planning to dinhdanh_maintenance;
alter function planning.own_places() owner to dinhdanh_maintenance;
alter function planning.say_own_coming(uuid, date, text) owner to dinhdanh_maintenance;
revoke create on schema planning from dinhdanh_maintenance;
revoke execute on function planning.own_places() from public;
revoke execute on function planning.say_own_coming(uuid, date, text) from public;
grant execute on function planning.own_places() to dinhdanh_app, dinhdanh_maintenance;
grant execute on function planning.say_own_coming(uuid, date, text) to dinhdanh_app, dinhdanh_maintenance;

-- By which campaigns they are meant, a person reads of themselves: their page says until when they ask in time.
create policy own on campaign.member for select to dinhdanh_app using (person_id = (select platform.person()));

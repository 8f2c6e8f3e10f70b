-- What a family's link or a receipt changes is counted and told beyond the child, so that its work sees the house. Until
-- now only the program held its writes to the family: from here on the database does.
create function platform.writes_own_on() returns date language sql stable parallel safe
as $$ select nullif(current_setting('dinhdanh.writes_own_on', true), '')::date $$;
comment on function platform.writes_own_on is 'The house''s day, in a work that writes rows of the person whose own page is read and of nobody else; empty in any other.';
revoke execute on function platform.writes_own_on() from public;
grant execute on function platform.writes_own_on() to dinhdanh_app, dinhdanh_maintenance;

create function families.children_of(links uuid[], on_day date) returns table (person_id uuid, main boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  with child as (
    select p.person_id, make_date(p.birth_y + 18, coalesce(p.birth_m, 1), 1) + coalesce(p.birth_d, 1) - 1 > on_day as is_minor
    from access_links.link l
    join families.link_child c on c.link_id = l.id
    join register.person p on p.person_id = c.person_id and p.life_status <> 'dead'
    where l.id = any (links) and l.kind = 'family' and l.ended_at is null and l.until_at > now())
  select c.person_id, true from child c
  union
  select s.person_id, false
  from child c
  join register.kinship own on own.person_id = c.person_id and own.relation in ('father', 'mother')
  join register.kinship k on k.related_person_id = own.related_person_id and k.relation in ('father', 'mother')
  join register.person s on s.person_id = k.person_id and s.life_status = 'alive'
  join register.household_member h on h.person_id = c.person_id and h.to_on is null
  join register.household_member o on o.person_id = s.person_id and o.household_id = h.household_id and o.to_on is null
  where c.is_minor and s.person_id not in (select person_id from child)
    and make_date(s.birth_y + 18, coalesce(s.birth_m, 1), 1) + coalesce(s.birth_d, 1) - 1 > on_day
$$;
comment on function families.children_of is 'The children whom some links of families show on a day: asked by the functions below alone.';
create or replace function families.children_of_link(on_day date) returns table (person_id uuid, main boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select c.person_id, c.main from families.children_of(platform.parts(), on_day) c
$$;

-- Of a link: the child of the work where the link shows it today. Of a receipt or the code of a visit: the person of the
-- work, unless it is known to be another's; the line of a list goes when its person books elsewhere, in the same work.
create function families.own_person() returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select platform.person()
  where case
    when exists (select from access_links.link l where l.id = platform.actor()::uuid) then
      exists (select from families.children_of(array[platform.actor()::uuid], platform.writes_own_on()) c
        where c.person_id = platform.person())
    else
      exists (select from enrolment.receipt_lookup r
        where r.application_id = platform.actor()::uuid and r.person_id = platform.person())
      or not exists (select from enrolment.receipt_lookup r
        where r.application_id = platform.actor()::uuid and r.person_id <> platform.person())
      and not exists (select from planning.booking b
        where b.id = platform.actor()::uuid and b.person_id <> platform.person())
      and not exists (select from planning.roster r
        where r.id = platform.actor()::uuid and r.person_id <> platform.person())
    end
$$;
comment on function families.own_person is 'Whose rows a work behind a family''s link or a receipt may write; empty where the link does not show the person of the work, or the receipt is another''s.';

grant create on schema families to dinhdanh_maintenance;
alter function families.children_of(uuid[], date) owner to dinhdanh_maintenance;
alter function families.children_of_link(date) owner to dinhdanh_maintenance;
alter function families.own_person() owner to dinhdanh_maintenance;
revoke create on schema families from dinhdanh_maintenance;
revoke execute on function families.children_of(uuid[], date), families.own_person() from public;
grant execute on function families.children_of(uuid[], date) to dinhdanh_maintenance;
grant execute on function families.own_person() to dinhdanh_app, dinhdanh_maintenance;

do $$
declare
  name text;
  own constant text := '((select platform.writes_own_on()) is null or person_id = (select families.own_person()))';
begin
  foreach name in array array['planning.booking', 'planning.roster', 'register.access_case', 'follow_ups.follow_up',
                              'outreach.message'] loop
    execute format('create policy own_insert on %s as restrictive for insert to dinhdanh_app with check %s', name, own);
    execute format('create policy own_update on %s as restrictive for update to dinhdanh_app using %s', name, own);
    execute format('create policy own_delete on %s as restrictive for delete to dinhdanh_app using %s', name, own);
  end loop;
end $$;
-- A link makes no link.
create policy own_insert on families.link_child as restrictive for insert to dinhdanh_app
  with check ((select platform.writes_own_on()) is null);
create policy own_delete on families.link_child as restrictive for delete to dinhdanh_app
  using ((select platform.writes_own_on()) is null);

create or replace function planning.say_own_coming(of_session uuid, on_day date, by_whom text) returns boolean
language sql volatile security definer set search_path = pg_catalog, pg_temp as
$$
  with said as (
    update planning.roster r set coming_on = on_day, coming_by = case when on_day is null then null else by_whom end
    from planning.session s
    where s.id = r.session_id and r.session_id = of_session and r.person_id = platform.person()
      and ((select platform.writes_own_on()) is null or r.person_id = (select families.own_person()))
      and r.came_at is null and r.outcome is null and s.state in ('planned', 'open')
      and (r.coming_on is null) <> (on_day is null)
    returning 1)
  select exists (select from said)
$$;
grant create on schema planning to dinhdanh_maintenance;
alter function planning.say_own_coming(uuid, date, text) owner to dinhdanh_maintenance;
revoke create on schema planning from dinhdanh_maintenance;

-- A mark of a phone names neither person nor phone, so that no policy can tell whose it is. The database binds it to the
-- person for whom it is made: made for another, it marks nothing of anybody. Marks of before stay as they are.
create function outreach.mark_of(of_person uuid, code bytea) returns bytea
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as
$$
  select sha256(uuid_send(of_person) || code)
$$;
comment on function outreach.mark_of is 'The key of a phone that is not a person''s, made of the person and of the code of both under the house''s key.';
create function outreach.disown(of_person uuid, codes bytea[], at timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as
$$
begin
  if not platform.sees_house() or (platform.writes_own_on() is not null
      and of_person is distinct from families.own_person()) then
    raise exception 'row-level security: a phone is disowned for the person of the work alone' using errcode = '42501';
  end if;
  insert into outreach.disowned_phone (key, since)
  select outreach.mark_of(of_person, c), at from unnest(codes) c on conflict (key) do nothing;
end
$$;
comment on function outreach.disown is 'Marks phones as not a person''s, each by the code of both under the house''s key.';
drop function outreach.disowned_among(bytea[]);
create function outreach.disowned_among(persons uuid[], codes bytea[]) returns setof bytea
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select a.code from unnest(persons, codes) a (person, code)
  where exists (select from outreach.disowned_phone d where d.key in (a.code, outreach.mark_of(a.person, a.code)))
$$;
comment on function outreach.disowned_among is 'Which of some codes, each of a person and a phone, are marked as not theirs.';
grant create on schema outreach to dinhdanh_maintenance;
alter function outreach.mark_of(uuid, bytea) owner to dinhdanh_maintenance;
alter function outreach.disown(uuid, bytea[], timestamptz) owner to dinhdanh_maintenance;
alter function outreach.disowned_among(uuid[], bytea[]) owner to dinhdanh_maintenance;
revoke create on schema outreach from dinhdanh_maintenance;
revoke execute on function outreach.mark_of(uuid, bytea), outreach.disown(uuid, bytea[], timestamptz), outreach.disowned_among(uuid[], bytea[]) from public;
grant execute on function outreach.mark_of(uuid, bytea), outreach.disown(uuid, bytea[], timestamptz), outreach.disowned_among(uuid[], bytea[]) to dinhdanh_app, dinhdanh_maintenance;
create policy own_delete on outreach.disowned_phone as restrictive for delete to dinhdanh_app
  using ((select platform.writes_own_on()) is null);
revoke insert on outreach.disowned_phone from dinhdanh_app;
comment on column outreach.disowned_phone.key is 'SHA-256 of the person and of the HMAC-SHA-256 of person and phone under the house''s key; of before, that HMAC. [secret]';

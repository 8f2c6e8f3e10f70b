-- Families and people without an account: whoever holds a receipt answers for what its page does.
alter table audit.deed drop constraint deed_by_kind_check;
alter table audit.deed add constraint deed_by_kind_check check (by_kind in
  ('officer', 'citizen', 'party', 'class-link', 'group-link', 'family-link', 'receipt-holder', 'station', 'operator', 'system'));

create schema families;
comment on schema families is 'Families: what a child still needs, read by a link or a paper slip without an account.';
grant usage on schema families to dinhdanh_app, dinhdanh_maintenance;

-- Attempts with a number, a birth date and a code, each counted before it is looked at.
create table families.slowdown (
  key       bytea       not null primary key check (length(key) = 32),
  failures  integer     not null check (failures > 0),
  failed_at timestamptz not null,
  free_at   timestamptz not null
);
create index slowdown_by_age on families.slowdown (failed_at);
comment on table  families.slowdown           is 'How long to wait after wrong data, by what was typed and where it came from.';
comment on column families.slowdown.key       is 'SHA-256 of what is counted. [secret]';
comment on column families.slowdown.failures  is 'Attempts since the last success, each counted before it is looked at. [public]';
comment on column families.slowdown.failed_at is 'The last of them. [public]';
comment on column families.slowdown.free_at   is 'When the next is allowed. [public]';
alter table families.slowdown enable row level security;
alter table families.slowdown force  row level security;
create policy house       on families.slowdown to dinhdanh_app using ((select platform.sees_house())) with check ((select platform.sees_house()));
create policy maintenance on families.slowdown to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update, delete on families.slowdown to dinhdanh_app, dinhdanh_maintenance;

-- A phone that is not the person's, as the family said: nothing more about this person is sent to it. The key names
-- neither: it is a code of both under the house's key.
create table outreach.disowned_phone (
  key   bytea       not null primary key check (length(key) = 32),
  since timestamptz not null
);
comment on table  outreach.disowned_phone       is 'Phones to which nothing more about a person is sent, since they said that it is not theirs.';
comment on column outreach.disowned_phone.key   is 'HMAC-SHA-256 of person and phone under the house''s key. [secret]';
comment on column outreach.disowned_phone.since is 'Since when. [public]';
alter table outreach.disowned_phone enable row level security;
alter table outreach.disowned_phone force  row level security;
create policy house       on outreach.disowned_phone to dinhdanh_app using ((select platform.sees_house())) with check ((select platform.sees_house()));
create policy maintenance on outreach.disowned_phone to dinhdanh_maintenance using (true) with check (true);
grant select, insert, delete         on outreach.disowned_phone to dinhdanh_app;
grant select, insert, update, delete on outreach.disowned_phone to dinhdanh_maintenance;

-- Whoever sends a message, of whatever unit, does not send it there: asked by keys that only the house can make.
create function outreach.disowned_among(asked bytea[]) returns setof bytea
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select d.key from outreach.disowned_phone d where d.key = any (asked)
$$;
comment on function outreach.disowned_among is 'Which of some keys of a person and a phone are marked as not theirs.';
grant create on schema outreach to dinhdanh_maintenance;
alter function outreach.disowned_among(bytea[]) owner to dinhdanh_maintenance;
revoke create on schema outreach from dinhdanh_maintenance;
revoke execute on function outreach.disowned_among(bytea[]) from public;
grant execute on function outreach.disowned_among(bytea[]) to dinhdanh_app, dinhdanh_maintenance;

-- Of which child a family's link was issued.
create table families.link_child (
  person_id uuid not null,
  link_id   uuid not null,
  added_on  date not null,
  primary key (person_id, link_id)
);
create index link_child_by_link on families.link_child (link_id);
comment on table  families.link_child           is 'The child of whom the link of a family was issued.';
comment on column families.link_child.person_id is 'Which child. [personal]';
comment on column families.link_child.link_id   is 'By which link. [public]';
comment on column families.link_child.added_on  is 'The house''s day on which it was issued. [public]';
alter table families.link_child enable row level security;
alter table families.link_child force  row level security;
create policy maintenance on families.link_child to dinhdanh_maintenance using (true) with check (true);
create policy house       on families.link_child to dinhdanh_app using ((select platform.sees_house())) with check ((select platform.sees_house()));
create policy own on families.link_child for select to dinhdanh_app using (person_id = (select platform.person()));
create policy link on families.link_child for select to dinhdanh_app
  using (link_id = any ((select platform.parts())::uuid[])
    and exists (select from access_links.link l where l.id = link_id));
-- Who issues a link says of whom it is; the link itself never does.
create policy issued on families.link_child for insert to dinhdanh_app
  with check (not (link_id = any ((select platform.parts())::uuid[]))
    and exists (select from access_links.link l where l.id = link_id and l.ended_at is null));
grant select, insert, delete         on families.link_child to dinhdanh_app;
grant select, insert, update, delete on families.link_child to dinhdanh_maintenance;

-- The child, and children of the same father or mother who are of one household with it today, all under eighteen. Asked
-- each time: who has left the home or come of age is not shown any more, and a parent who lives elsewhere with one child
-- sees that one alone.
create function families.children_of_link(on_day date) returns table (person_id uuid, main boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  with child as (
    select p.person_id, make_date(p.birth_y + 18, coalesce(p.birth_m, 1), 1) + coalesce(p.birth_d, 1) - 1 > on_day as is_minor
    from access_links.link l
    join families.link_child c on c.link_id = l.id
    join register.person p on p.person_id = c.person_id and p.life_status <> 'dead'
    where l.id = any (platform.parts()::uuid[]) and l.kind = 'family' and l.ended_at is null and l.until_at > now())
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
comment on function families.children_of_link is 'The children whom the link that a work acts behind shows on a day.';
grant create on schema families to dinhdanh_maintenance;
alter function families.children_of_link(date) owner to dinhdanh_maintenance;
revoke create on schema families from dinhdanh_maintenance;
revoke execute on function families.children_of_link(date) from public;
grant execute on function families.children_of_link(date) to dinhdanh_app, dinhdanh_maintenance;

-- The lists of a group are opened by a link, too (access-links): what the database shows a member's appointment, it shows
-- a link of that group while it is in force.
create view campaign.group_in_part with (security_invoker) as
  select a.group_id from campaign.group_access a
  where a.ended_on is null and a.appointment_id = any (platform.parts())
  union
  select l.subject_id from access_links.link l
  where l.kind = 'group' and l.id = any (platform.parts()) and l.ended_at is null and l.until_at > now();
comment on view campaign.group_in_part is 'The groups that a work sees by its own part: by a member''s appointment, or by a link.';
grant select on campaign.group_in_part to dinhdanh_app, dinhdanh_maintenance;

drop policy member on campaign.community_group;
create policy member on campaign.community_group for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and ended_on is null
    and exists (select from campaign.group_in_part p where p.group_id = community_group.id));
drop policy member on campaign.house_list;
create policy member on campaign.house_list for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and ended_on is null
    and exists (select from campaign.group_in_part p where p.group_id = house_list.group_id));
drop policy member on campaign.house_list_entry;
create policy member on campaign.house_list_entry for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and exists (
    select from campaign.house_list l join campaign.group_in_part p on p.group_id = l.group_id
    where l.id = house_list_entry.list_id and l.ended_on is null));
drop policy member_marks on campaign.house_list_entry;
create policy member_marks on campaign.house_list_entry for update to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and exists (
    select from campaign.house_list l join campaign.group_in_part p on p.group_id = l.group_id
    where l.id = house_list_entry.list_id and l.ended_on is null));

create or replace function campaign.doors_of(asked uuid, on_day date)
returns table (person_id uuid, full_name text, address text)
language sql stable security definer set search_path to 'pg_catalog', 'pg_temp'
as $$
  select e.person_id, p.full_name, h.address
  from campaign.house_list l
  join campaign.house_list_entry e on e.list_id = l.id
  join register.person p on p.person_id = e.person_id and p.life_status = 'alive'
  cross join lateral (
    select r.address, r.unit_id from register.residence r
    where r.person_id = e.person_id and (r.from_on is null or r.from_on <= on_day) and (r.to_on is null or r.to_on > on_day)
    order by array_position(array['current', 'temporary', 'permanent'], r.kind), r.from_on desc nulls last, r.id limit 1) h
  where l.id = asked and l.ended_on is null and l.expires_on >= on_day
    and out_of_school.home_on(h.unit_id, on_day) = out_of_school.home_on(l.unit_id, on_day)
    and exists (select from campaign.group_in_part g where g.group_id = l.group_id)
$$;

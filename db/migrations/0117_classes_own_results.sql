-- A link takes back what was said behind it, and nothing of the teacher or of another link.
create policy own_of_link on classes.result as restrictive for update to dinhdanh_app
  using (not ((select platform.actor()) = any ((select platform.parts())::text[])) or by_id = (select platform.actor()));
-- A family's link is of the very child for whom it was issued.
drop policy issued on families.link_child;
create policy issued on families.link_child for insert to dinhdanh_app
  with check (not (link_id = any ((select platform.parts())::uuid[]))
    and exists (select from access_links.link l
      where l.id = link_id and l.kind = 'family' and l.subject_id = link_child.person_id and l.ended_at is null));

-- A person sees who said wrong things about them, by their own page.
create policy own on verification.wrong for select to dinhdanh_application using (person_id = (select platform.person()));

-- Whoever has several homes or rolls is evaluated anew by each question about needs. Where it asks for some years of birth, only those who are of them: they were born when they
-- were, until a deed says otherwise, and then they are due.
drop function campaign.evaluated_anew();
create function campaign.evaluated_anew(years smallint[]) returns setof uuid language sql stable security definer rows 300
set search_path to 'pg_catalog', 'pg_temp'
as $$
  select d.person_id from campaign.need_due d
  where (select count(*) from (select from campaign.need_due limit 2001) many) <= 2000
  union
  select w.person_id from campaign.need_due_school s
  join rolls.roll r on r.school_id = s.school_id and r.in_force join rolls.row w on w.roll_id = r.id
  where w.person_id is not null and (select count(distinct few.school_id) from campaign.need_due_school few) <= 5
  union
  select k.person_id from campaign.need_due_school s join campaign.kept_need k on k.school_id = s.school_id
  where (select count(distinct few.school_id) from campaign.need_due_school few) <= 5
  union
  select k.person_id from campaign.kept_need k where k.is_apart and (years = '{}' or k.birth_y = any (years))
$$;
comment on function campaign.evaluated_anew(smallint[]) is 'Whom a question about needs, of people born in these years or of all, evaluates anew beside what is kept: whom a deed touched a moment ago, and who is apart. After a deed for more than 2,000 people, or of more than five schools, what is kept counts until they are counted.';
grant create on schema campaign to dinhdanh_maintenance;
alter function campaign.evaluated_anew(smallint[]) owner to dinhdanh_maintenance;
revoke create on schema campaign from dinhdanh_maintenance;
revoke execute on function campaign.evaluated_anew(smallint[]) from public;
grant execute on function campaign.evaluated_anew(smallint[]) to dinhdanh_app, dinhdanh_maintenance;

-- Those who are apart by their year of birth, without reading their rows.
drop index campaign.kept_need_apart;
create index kept_need_apart on campaign.kept_need (birth_y, person_id) where is_apart;

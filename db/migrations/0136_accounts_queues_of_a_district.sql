-- Whom a case opens whole is found by an index of these few, and looked up in the scope one by one. A province has a quarter of a million cases of rolls, which open a person for
-- comparing alone, and the queues of accounts read them all for every officer but those of the whole province.
create index access_case_whole on register.access_case (unit_id, person_id) where grade = 'whole';

do $$
declare
  read_all constant text := $sql$array(
    select c.person_id from register.access_case c where c.unit_id = any (scope) and c.until >= current_date and (c.grade = 'whole' or platform.reads_needs())
    union select platform.person() where platform.person() is not null
    except select s.person_id from register.person_scope s where s.unit_id = any (scope) and s.person_id in (
      select c.person_id from register.access_case c where c.unit_id = any (scope) union all select platform.person())) end;$sql$;
  read_few constant text := $sql$array(
    select o.person_id from (
      select c.person_id from register.access_case c where c.unit_id = any (scope) and c.until >= current_date and c.grade = 'whole'
      union select c.person_id from register.access_case c where (select platform.reads_needs()) and c.unit_id = any (scope) and c.until >= current_date
      union select platform.person() where platform.person() is not null) o
    where not exists (select from register.person_scope s where s.person_id = o.person_id and s.unit_id = any (scope))) end;$sql$;
  former constant text := pg_get_functiondef('accounts.queue_groups'::regproc);
begin
  if position(read_all in former) = 0 then
    raise exception 'accounts.queue_groups is not as 0131 left it';
  end if;
  execute replace(former, read_all, read_few);
end
$$;

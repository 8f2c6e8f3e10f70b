-- An officer of the whole province: everybody in the register may be seen, so nobody is looked up one by one. The policies of what is a person's ask that once a statement,
-- before they ask each person's residence; whoever is of a part of the province is asked as before.

create function units.whole_province_in_scope() returns boolean language sql stable parallel safe as
$$
  select case when coalesce(current_setting('dinhdanh.whole', true), '') = 'yes'
    then exists (select from units.unit u where u.level = 'commune')
     and not exists (select from units.unit u where u.level = 'commune' and not exists (select from unnest(platform.scope()) s (id) where s.id = u.id))
    else false end
$$;
comment on function units.whole_province_in_scope is
  'Whether the work is one of the whole province: it says so, and its scope has every commune of every map. Saying so alone opens nothing.';
grant execute on function units.whole_province_in_scope to dinhdanh_app, dinhdanh_maintenance;

-- What may be written stays as it was: a policy whose rows are checked by what they are read by is given its check in so many words.
do $$
declare
  p record;
begin
  for p in
    select format('%I.%I', schemaname, tablename) as place, policyname, qual, cmd, coalesce(with_check, qual) as checked
    from pg_policies
    where 'dinhdanh_app' = any (roles) and qual like '%( SELECT platform.sees_house() AS sees_house)%'
      and (qual like '%register.person_scope s%' or (schemaname = 'register' and tablename = 'person_scope' and policyname = 'scope'))
  loop
    execute format('alter policy %I on %s using (%s)%s', p.policyname, p.place,
      replace(p.qual, '( SELECT platform.sees_house() AS sees_house)',
        '( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope)'),
      case when p.cmd = 'SELECT' then '' else format(' with check (%s)', p.checked) end);
  end loop;
end
$$;

-- The application has a login of its own, dinhdanh_app. Everything that was granted to the role dinhdanh_application in
-- this database is granted to it, and taken from the role, which stays without anything: earlier migrations name it.

do $$
declare
  one record;
  former constant regrole := 'dinhdanh_application'::regrole;
begin
  for one in
    select format('%I.%I', p.schemaname, p.tablename) as relation, p.policyname,
           (select string_agg(quote_ident(case role when 'dinhdanh_application' then 'dinhdanh_app' else role end), ', ')
              from unnest(p.roles) role) as roles
    from pg_policies p where 'dinhdanh_application' = any (p.roles)
  loop
    execute format('alter policy %I on %s to %s', one.policyname, one.relation, one.roles);
  end loop;

  for one in
    select format('%s on schema %I', string_agg(a.privilege_type, ', '), n.nspname) as what
    from pg_namespace n, aclexplode(n.nspacl) a where a.grantee = former group by n.nspname
    union all
    select format('%s on table %s', string_agg(a.privilege_type, ', '), c.oid::regclass)
    from pg_class c, aclexplode(c.relacl) a where a.grantee = former and c.relkind <> 'S' group by c.oid
    union all
    select format('%s on sequence %s', string_agg(a.privilege_type, ', '), c.oid::regclass)
    from pg_class c, aclexplode(c.relacl) a where a.grantee = former and c.relkind = 'S' group by c.oid
    union all
    select format('%s (%s) on table %s', a.privilege_type, string_agg(quote_ident(t.attname), ', '), t.attrelid::regclass)
    from pg_attribute t, aclexplode(t.attacl) a where a.grantee = former and not t.attisdropped
    group by t.attrelid, a.privilege_type
    union all
    select format('%s on routine %s', string_agg(a.privilege_type, ', '), p.oid::regprocedure)
    from pg_proc p, aclexplode(p.proacl) a where a.grantee = former group by p.oid
  loop
    execute format('grant %s to dinhdanh_app', one.what);
    execute format('revoke %s from dinhdanh_application', one.what);
  end loop;

  for one in
    select d.defaclobjtype, n.nspname, string_agg(a.privilege_type, ', ') as privileges
    from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace, aclexplode(d.defaclacl) a
    where a.grantee = former group by d.oid, d.defaclobjtype, n.nspname
  loop
    raise exception 'default privileges of dinhdanh_application are not foreseen (% in %)', one.privileges, one.nspname;
  end loop;
end
$$;

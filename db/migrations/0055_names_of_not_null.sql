-- PostgreSQL 18 names what it checks of "not null" as well, by the table and column of that day; messages name it. Where
-- 0052 and 0053 renamed a table or a column, its names follow. Earlier releases of PostgreSQL have no such names.
do $$
declare
  found record;
begin
  for found in
    select c.conname as former, t.relname || '_' || a.attname || '_not_null' as name, c.conrelid::regclass as place
    from pg_constraint c
    join pg_class t on t.oid = c.conrelid
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'n' and (t.relnamespace::regnamespace::text, t.relname) in
        (('follow_ups', 'follow_up'), ('rolls', 'error_model'))
      and c.conname <> t.relname || '_' || a.attname || '_not_null'
  loop
    execute format('alter table %s rename constraint %I to %I', found.place, found.former, found.name);
  end loop;
end $$;

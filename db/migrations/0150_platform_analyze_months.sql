-- PostgreSQL analyses each partition by itself, never the whole: whoever asks over all months was planned for by guess.

create function platform.analyze_months(of_table text, anew boolean) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as
$$
begin
  if not exists (select from platform.month_parts() p where p.divided = of_table) then
    raise exception '% is not divided by month', of_table using errcode = 'wrong_object_type';
  end if;
  -- -1: it never was.
  if not anew and exists (select from pg_class c where c.oid = of_table::regclass and c.reltuples >= 0) then
    return false;
  end if;
  execute format('analyze %s', of_table);
  return true;
end
$$;
comment on function platform.analyze_months is 'Analyses a table that is divided by month as a whole: always, or where it never was; gives whether it did.';

revoke execute on function platform.analyze_months(text, boolean) from public;
grant execute on function platform.analyze_months(text, boolean) to dinhdanh_maintenance;

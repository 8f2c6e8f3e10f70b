-- Tables that grow for ever are divided by month: partitions by a range of their one instant, from the first instant of
-- a month in the province to that of the next. A month that the law keeps no longer goes as a whole. Rows of no month
-- lie in the partition by default, named "…_other", until their month is made. Migrations divide a table; the months
-- are made and dropped by the functions below, since nobody else may change a table, or has a right on a partition.

create function platform.month_begin(of_month date) returns timestamptz
language sql immutable set search_path = pg_catalog, pg_temp as
$$
  select date_trunc('month', of_month::timestamp) at time zone interval '7 hours'
$$;
comment on function platform.month_begin is 'The first instant of a month in the province.';

create function platform.month_parts(out divided text, out part text, out from_at timestamptz, out until_at timestamptz)
returns setof record
language sql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC' set datestyle = 'ISO' as
$$
  select p.partrelid::regclass::text, c.oid::regclass::text,
    case when c.oid = p.partdefid then null
      else coalesce(substring(b.bound from $x$FROM \('([^']+)'\)$x$)::timestamptz, '-infinity') end,
    case when c.oid = p.partdefid then null else substring(b.bound from $x$TO \('([^']+)'\)$x$)::timestamptz end
  from pg_partitioned_table p
  join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
  join pg_class t on t.oid = p.partrelid
  join pg_namespace n on n.oid = t.relnamespace
  join pg_inherits i on i.inhparent = p.partrelid
  join pg_class c on c.oid = i.inhrelid
  cross join lateral (select pg_get_expr(c.relpartbound, c.oid) as bound) b
  where p.partstrat = 'r' and p.partnatts = 1 and a.atttypid = 'timestamptz'::regtype and p.partdefid <> 0
    and n.nspname !~ '^(pg_|information_schema$|public$|graphile_worker$)'
$$;
comment on function platform.month_parts is 'The partitions of the tables that are divided by month, and their spans; that of rows of no month has none, what a table held before it was divided has no begin.';

create function platform.make_months(of_table text, months date[]) returns text[]
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set lock_timeout = '2s' as
$$
declare
  other  text;
  moved  text;
  names  text;
  month  date;
  part   text;
  made   text[] := '{}';
begin
  select p.part into other from platform.month_parts() p where p.divided = of_table and p.until_at is null;
  if other is null then
    raise exception '% is not divided by month', of_table using errcode = 'wrong_object_type';
  end if;
  -- Others go on reading and writing, and whoever makes months of the same table waits.
  execute format('lock table only %s in share update exclusive mode', of_table);
  months := array(
    select distinct date_trunc('month', m)::date from unnest(months) m
    where not exists (select from platform.month_parts() p where p.divided = of_table
      and p.from_at <= platform.month_begin(m) and platform.month_begin(m) < p.until_at)
    order by 1);
  if cardinality(months) = 0 then
    return made;
  end if;
  -- Rows that wait for their month are set aside as one, so that they are read once, whatever the number of months.
  execute format('select case when exists (select from %s) then %L end', other, other) into moved;
  if moved is not null then
    execute format('lock table only %s in access exclusive mode', of_table);
    execute format('alter table %s detach partition %s', of_table, other);
    execute format('alter table %s rename to %I', other, split_part(other, '.', 2) || '_moved');
    moved := other || '_moved';
    execute format('create table %s partition of %s default', other, of_table);
  end if;
  foreach month in array months loop
    part := format('%s_%s', of_table, to_char(month, 'YYYY_MM'));
    execute format('create table %s (like %s including defaults including constraints including indexes including storage)',
      part, of_table);
    execute format('alter table %s attach partition %s for values from (%L) to (%L)', of_table, part,
      platform.month_begin(month), platform.month_begin((month + interval '1 month')::date));
    execute format('revoke all on table %s from public, dinhdanh_app, dinhdanh_maintenance', part);
    made := made || part;
  end loop;
  if moved is not null then
    select string_agg(quote_ident(a.attname), ', ' order by a.attnum) into names from pg_attribute a
      where a.attrelid = moved::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
    execute format('insert into %s (%s) select %s from %s', of_table, names, names, moved);
    execute format('drop table %s', moved);
    execute format('revoke all on table %s from public, dinhdanh_app, dinhdanh_maintenance', other);
  end if;
  return made;
end
$$;
comment on function platform.make_months is 'Makes the partitions of some months that a table lacks, and puts rows into them that waited for their month; gives those that it made.';

create function platform.waiting_months(of_table text) returns date[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as
$$
declare
  other   text;
  instant text;
  found   date[];
begin
  select p.part, a.attname into other, instant from platform.month_parts() p
    join pg_partitioned_table t on t.partrelid = p.divided::regclass
    join pg_attribute a on a.attrelid = t.partrelid and a.attnum = t.partattrs[0]
    where p.divided = of_table and p.until_at is null;
  -- A moment that cannot be true makes no month: its row stays, and is told of.
  execute format('select array(select distinct date_trunc(''month'', %1$I at time zone interval ''7 hours'')::date from %2$s
    where %1$I between now() - interval ''10 years'' and now() + interval ''2 months'' order by 1)', instant, other) into found;
  return found;
end
$$;
comment on function platform.waiting_months is 'The months of rows that lie in the partition of no month: of the last ten years, and the next two months.';

create function platform.month_state(out divided text, out made_until timestamptz, out waiting integer) returns setof record
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as
$$
declare
  other text;
begin
  for divided, made_until, other in
    select p.divided, max(p.until_at), max(p.part) filter (where p.until_at is null)
    from platform.month_parts() p group by p.divided order by p.divided
  loop
    execute format('select count(*)::integer from (select from %s limit 10000) few', other) into waiting;
    return next;
  end loop;
end
$$;
comment on function platform.month_state is 'Of each table that is divided by month: until when months are made, and how many rows lie in none, up to ten thousand.';

create function platform.hold_month(of_table text, month date) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set lock_timeout = '20s' as
$$
declare
  own text;
begin
  select p.part into own from platform.month_parts() p where p.divided = of_table
    and p.from_at = platform.month_begin(month) and p.until_at = platform.month_begin((month + interval '1 month')::date);
  if own is not null then
    execute format('lock table %s in share mode', own);
  end if;
  return own is not null;
end
$$;
comment on function platform.hold_month is 'Whether a month has a partition of its own; nobody writes to it until the work ends.';

create function platform.drop_month(of_table text, month date) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set lock_timeout = '1s' as
$$
declare
  own text;
begin
  if not platform.hold_month(of_table, month) then
    return false;
  end if;
  if not has_table_privilege('dinhdanh_maintenance', of_table, 'delete') then
    raise exception 'rows of % are not removed', of_table using errcode = 'insufficient_privilege';
  end if;
  select p.part into own from platform.month_parts() p
    where p.divided = of_table and p.from_at = platform.month_begin(month);
  -- Whoever reads the table is waited for a second at a time, so that others never wait behind for longer.
  for attempt in 1..30 loop
    begin
      execute format('alter table %s detach partition %s', of_table, own);
      execute format('drop table %s', own);
      return true;
    exception when lock_not_available then
      if attempt = 30 then
        raise;
      end if;
      perform pg_sleep(0.5);
    end;
  end loop;
  return false;
end
$$;
comment on function platform.drop_month is 'Drops a whole month of a table whose rows the maintenance role may delete; false where the month has no partition of its own.';

revoke execute on function platform.month_begin(date), platform.month_parts(), platform.make_months(text, date[]),
  platform.waiting_months(text), platform.month_state(), platform.hold_month(text, date), platform.drop_month(text, date)
  from public;
grant execute on function platform.month_state() to dinhdanh_app, dinhdanh_maintenance;
grant execute on function platform.make_months(text, date[]), platform.waiting_months(text),
  platform.hold_month(text, date), platform.drop_month(text, date) to dinhdanh_maintenance;

-- Readings are by far the largest table, are never changed, and go by the month after years: they are divided by month.
-- By their moment, not their id: what a month's partition holds is then older than its end by the database's own word,
-- and whoever asks for a span of time reads its months alone. The rows that are there stay where they are, as one
-- partition without a begin; it gets a key with the moment in it.

alter table audit.access rename to access_former;
alter index audit.access_pkey rename to access_former_pkey;
alter index audit.access_by_batch rename to access_former_by_batch;
alter index audit.access_by_reader rename to access_former_by_reader;
alter index audit.access_by_time rename to access_former_by_time;

create table audit.access (like audit.access_former including defaults including constraints including comments including storage)
  partition by range (at);
alter table audit.access add primary key (person_id, id, at);
create index access_by_batch  on audit.access (batch_id);
create index access_by_reader on audit.access (by_id, at);
create index access_by_time   on audit.access using brin (at) with (autosummarize = on);
comment on table audit.access is 'Who read whose data, when and why (kept at least five years: NĐ59/2022 Art. 21).';

-- Rights and policies go over to the whole; nobody has any on a partition.
alter table audit.access enable row level security;
alter table audit.access force  row level security;
do $$
declare
  one record;
begin
  for one in
    select p.policyname, p.cmd, p.qual, p.with_check,
      (select string_agg(quote_ident(role), ', ') from unnest(p.roles) role) as roles
    from pg_policies p where p.schemaname = 'audit' and p.tablename = 'access_former'
  loop
    -- The name of the table in a condition of it is that of the whole.
    execute format('create policy %I on audit.access for %s to %s%s%s', one.policyname, one.cmd, one.roles,
      ' using (' || replace(one.qual, 'access_former.', 'access.') || ')',
      ' with check (' || replace(one.with_check, 'access_former.', 'access.') || ')');
    execute format('drop policy %I on audit.access_former', one.policyname);
  end loop;
end
$$;
alter table audit.access_former no force row level security;
alter table audit.access_former disable  row level security;
revoke all on audit.access_former from public, dinhdanh_app, dinhdanh_maintenance;
grant select, insert on audit.access to dinhdanh_app, dinhdanh_maintenance;
grant delete on audit.access to dinhdanh_maintenance;

create or replace view audit.published_reading with (security_invoker = true) as
  select person_id, id, by_id, purpose from audit.access;
create or replace view audit.published_officer_reading with (security_invoker = true) as
  select a.person_id, a.id, a.batch_id, a.at, a.by_id, a.unit_id, a.purpose, a.fields, a.case_kind, a.case_id
  from audit.access a where a.by_kind = 'officer';

create table audit.access_other partition of audit.access default;
revoke all on audit.access_other from public, dinhdanh_app, dinhdanh_maintenance;

do $$
declare
  until_at constant timestamptz := platform.month_begin(((now() at time zone interval '7 hours') + interval '1 month')::date);
begin
  if not exists (select from audit.access_former) then
    drop table audit.access_former;
    return;
  end if;
  set local maintenance_work_mem = '512MB';
  alter table audit.access_former drop constraint access_former_pkey;
  alter table audit.access_former add primary key (person_id, id, at);
  -- What says that it is of a later month waits for that.
  create temporary table of_later_months on commit drop as
    with later as (delete from audit.access_former where at >= until_at returning *) select * from later;
  execute format('alter table audit.access attach partition audit.access_former for values from (minvalue) to (%L)', until_at);
  insert into audit.access select * from of_later_months;
end
$$;

-- How many accounts of a commune are alike in what queues depend on, counted beforehand (ADR 24): a province has hundreds of thousands of accounts in use or lapsed, and each
-- page of a queue, which says how many wait in every queue, read them all. A deed says which communes it touched; these are read from the accounts themselves until they are
-- counted anew, a second later. So what is told is exact at any moment.

create table accounts.queue_count (
  unit_id    uuid    not null,
  also       uuid[]  not null,
  state      text    not null,
  due_on     date,
  handed_up  boolean not null,
  last_day   date,
  has_phone  boolean not null,
  notified   boolean not null,
  state_on   date,
  accounts   integer not null check (accounts > 0)
);
comment on table  accounts.queue_count           is 'How many accounts of people of one commune are alike in what queues and their days depend on: derived from accounts and residences.';
comment on column accounts.queue_count.unit_id   is 'The commune in whose scope the holders are, the first by its id where there are several; zeros where there is none. [personal]';
comment on column accounts.queue_count.also      is 'The other communes in whose scope they are. [personal]';
comment on column accounts.queue_count.state     is 'The state of the accounts. [personal]';
comment on column accounts.queue_count.due_on    is 'By when they are to be decided. [personal]';
comment on column accounts.queue_count.handed_up is 'Whether the national centre has the request. [personal]';
comment on column accounts.queue_count.last_day  is 'The last day on which the holders open them alone; of those whose days were over when they were counted, the first such day. [personal]';
comment on column accounts.queue_count.has_phone is 'Whether there is a phone, of accounts without a last day. [personal]';
comment on column accounts.queue_count.notified  is 'Whether their holders were notified, of accounts without a last day. [personal]';
comment on column accounts.queue_count.state_on  is 'Since when they are locked, the first of them. [personal]';
comment on column accounts.queue_count.accounts  is 'How many. [public]';
create index queue_count_by_unit on accounts.queue_count (unit_id);
create index queue_count_also    on accounts.queue_count (unit_id) where also <> '{}';

create table accounts.queue_counted (
  id  smallint not null primary key check (id = 1),
  day date     not null
);
comment on table  accounts.queue_counted     is 'Until which day accounts.queue_count was counted; no row while nothing was.';
comment on column accounts.queue_counted.id  is 'Always 1. [public]';
comment on column accounts.queue_counted.day is 'The day. [public]';

create table accounts.queue_count_due (
  unit_id uuid not null,
  id      uuid not null default gen_random_uuid(),
  primary key (unit_id, id)
);
comment on table  accounts.queue_count_due         is 'A commune of whose people a deed touched an account or a residence; gone when it is counted anew.';
comment on column accounts.queue_count_due.unit_id is 'The commune; zeros for people without a residence, all ones for everybody. [public]';
comment on column accounts.queue_count_due.id      is 'One of several deeds. [public]';

do $$
declare name text;
begin
  foreach name in array array['queue_count', 'queue_counted', 'queue_count_due'] loop
    execute format('alter table accounts.%I enable row level security', name);
    execute format('alter table accounts.%I force row level security', name);
    execute format('create policy maintenance on accounts.%I to dinhdanh_maintenance using (true) with check (true)', name);
    execute format('create policy house on accounts.%I to dinhdanh_app using ((select platform.sees_house())) with check ((select platform.sees_house()))', name);
    execute format('grant select, insert, update, delete on accounts.%I to dinhdanh_app, dinhdanh_maintenance', name);
  end loop;
end
$$;

-- An account by what queues depend on; what its state makes meaningless is the same for all.
create view accounts.queue_kind with (security_invoker = true) as
select a.person_id, a.id, a.level, a.asked_via, a.unit_id, a.state,
  case when a.state = 'requested' or a.state = 'approved' and a.activate_by is null then a.due_on end as due_on,
  a.handed_up_at is not null as handed_up,
  case when a.state = 'approved' then a.activate_by end as activate_by,
  case when a.state = 'approved' then (a.approved_at at time zone 'Asia/Ho_Chi_Minh')::date end as approved_on,
  a.state = 'approved' and a.origin = 'imported' as imported,
  case when a.state = 'approved' then a.last_day end as last_day,
  a.state <> 'approved' or a.phone is not null as has_phone,
  a.state <> 'approved' or a.notified_at is not null as notified,
  case when a.state = 'locked' then a.state_on end as state_on
from accounts.account a where a.state <> 'cancelled';
comment on view accounts.queue_kind is 'An account by what queues depend on.';
grant select on accounts.queue_kind to dinhdanh_app, dinhdanh_maintenance;

-- A deed may be done by somebody who sees none of the residences that the person had.
create function accounts.queue_count_again(touched uuid) returns void language sql volatile security definer set search_path = pg_catalog, pg_temp as
$$
  insert into accounts.queue_count_due (unit_id)
  select distinct r.unit_id from register.residence r where r.person_id = touched
  union select '00000000-0000-0000-0000-000000000000' where not exists (select from register.residence r where r.person_id = touched and r.to_on is null)
$$;
comment on function accounts.queue_count_again(uuid) is 'Has the communes in which a person lives or lived counted anew.';

drop function accounts.queue_groups(date, uuid[], uuid[], text, integer, boolean);
drop index accounts.account_by_state;

-- A count says nothing of anyone. So this sees beyond the caller's policies, is maintenance's, and takes their sets itself: whom the scope has, whom a case opens whole, whose
-- own the work is. It gives how many accounts are alike in what queues and days depend on, and no id; a negative number takes away what another row has too much.
create function accounts.queue_groups(today date, held uuid[], in_units uuid[], asked_by_way text, asked_level integer, by_last_day boolean)
returns table (state text, raises boolean, raising_due_on date, due_on date, handed_up boolean, is_held boolean, is_asked boolean, supplied boolean, supply_by date,
               activate_by date, approved_on date, imported boolean, has_phone boolean, notified boolean, state_on date, demanded_by date, reset_by date, accounts integer)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as
$$
declare
  everybody constant boolean := platform.sees_house() or units.whole_province_in_scope();
  scope constant uuid[] := platform.scope();
  -- Whom a case opens whole, or whose own the work is, and who lives in no unit of the scope: few.
  others constant uuid[] := case when everybody then '{}' else array(
    select c.person_id from register.access_case c where c.unit_id = any (scope) and c.until >= current_date and (c.grade = 'whole' or platform.reads_needs())
    union select platform.person() where platform.person() is not null
    except select s.person_id from register.person_scope s where s.unit_id = any (scope) and s.person_id in (
      select c.person_id from register.access_case c where c.unit_id = any (scope) union all select platform.person())) end;
  -- Of these alone more is to be read than the account: few, too.
  busy constant uuid[] := array(
    select r.account_id from accounts.raising r where r.decided_at is null
    union select d.account_id from accounts.demand d where d.decided_at is null
    union select s.account_id from accounts.slip_reset s where s.decided_at is null and s.used_at is null and s.ended_at is null and s.last_on >= today
    union select s.account_id from accounts.supplement s where s.ended_at is null
    union select h.id from unnest(held) h (id));
  nowhere constant uuid := '00000000-0000-0000-0000-000000000000';
  everywhere constant uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  -- Communes that are being counted anew are read from the accounts. Where a filter asks for more, or the law has other days, all of them are.
  stale constant uuid[] := array(select distinct d.unit_id from accounts.queue_count_due d);
  is_counted constant boolean := by_last_day and in_units is null and asked_by_way is null and asked_level is null and everywhere <> all (stale)
    and exists (select from accounts.queue_counted c where c.day <= queue_groups.today);
  plain constant text := $plain$
    select k.state, false, null::date, k.due_on, k.handed_up, false, false, false, null::date, k.activate_by, k.approved_on, k.imported, k.has_phone, k.notified, k.state_on,
           null::date, null::date, count(*)::integer
    from accounts.queue_kind k %s
    where k.id <> all ($1) and ($2 is null or k.unit_id = any ($2)) and ($3 is null or k.asked_via = $3) and ($4 is null or k.level = $4) and %s
    group by k.state, k.due_on, k.handed_up, k.activate_by, k.approved_on, k.imported, k.has_phone, k.notified, k.state_on$plain$;
  is_in_scope constant text := $in$($7 or exists (select from register.person_scope m where m.person_id = k.person_id and m.unit_id = any ($5)))$in$;
begin
  if is_counted then
    return query
    select c.state, false, null::date, c.due_on, c.handed_up, false, false, false, null::date, c.last_day, null::date, false, c.has_phone, c.notified, c.state_on,
           null::date, null::date, sum(c.accounts)::integer
    from accounts.queue_count c
    where c.unit_id <> all (stale) and (everybody or c.unit_id = any (scope)) group by c.state, c.due_on, c.handed_up, c.last_day, c.has_phone, c.notified, c.state_on;
    if not everybody then
      return query
      select c.state, false, null::date, c.due_on, c.handed_up, false, false, false, null::date, c.last_day, null::date, false, c.has_phone, c.notified, c.state_on,
             null::date, null::date, c.accounts
      from accounts.queue_count c
      where c.also <> '{}' and c.unit_id <> all (stale) and c.unit_id <> all (scope) and c.also && scope;
    end if;
    -- Who is busy is counted with the others there, and comes below.
    return query
    select k.state, false, null::date, k.due_on, k.handed_up, false, false, false, null::date, coalesce(k.last_day, k.activate_by), null::date, false,
           k.last_day is not null or k.has_phone, k.last_day is not null or k.notified, k.state_on, null::date, null::date, -1
    from accounts.queue_kind k
    where k.id = any (busy)
      and coalesce((select s.unit_id from register.person_scope s where s.person_id = k.person_id order by s.unit_id limit 1), nowhere) <> all (stale)
      and (everybody or exists (select from register.person_scope m where m.person_id = k.person_id and m.unit_id = any (scope)));
    if stale <> '{}' then
      return query execute format(plain, 'join register.person_scope s on s.person_id = k.person_id', is_in_scope || $first$
        and s.unit_id = any ($8) and not exists (select from register.person_scope o where o.person_id = s.person_id and o.unit_id < s.unit_id)$first$)
        using busy, in_units, asked_by_way, asked_level, scope, others, everybody, stale;
    end if;
    if everybody and nowhere = any (stale) then
      return query execute format(plain, '', 'not exists (select from register.person_scope s where s.person_id = k.person_id)') using busy, in_units, asked_by_way, asked_level;
    end if;
  else
    return query execute format(plain, '', case when everybody then 'true' else is_in_scope end)
      using busy, in_units, asked_by_way, asked_level, scope, others, everybody, stale;
  end if;
  if others <> '{}' then
    return query execute format(plain, '', 'k.person_id = any ($6)') using busy, in_units, asked_by_way, asked_level, scope, others, everybody, stale;
  end if;
  if busy <> '{}' then
    return query
    select a.state, r.id is not null, r.due_on, a.due_on, a.handed_up_at is not null, a.id = any (held), su.id is not null, su.supplied_at is not null,
           su.supply_by, a.activate_by, (a.approved_at at time zone 'Asia/Ho_Chi_Minh')::date, a.origin = 'imported', a.phone is not null,
           a.notified_at is not null, a.state_on, d.by_day, sr.last_on, 1
    from accounts.account a
    left join accounts.raising r on r.person_id = a.person_id and r.account_id = a.id and r.decided_at is null
    left join lateral (
      select case when d.forward_by is not null and d.forwarded_at is null then d.forward_by else d.decide_by end as by_day from accounts.demand d
      where d.person_id = a.person_id and d.account_id = a.id and d.decided_at is null order by d.decide_by, d.id limit 1) d on true
    left join lateral (
      select min(s.last_on) as last_on from accounts.slip_reset s
      where s.person_id = a.person_id and s.account_id = a.id and s.decided_at is null and s.used_at is null and s.ended_at is null and s.last_on >= today) sr on true
    left join lateral (
      select s.id, s.supply_by, s.supplied_at from accounts.supplement s
      where s.person_id = a.person_id and s.account_id = a.id and s.ended_at is null and (a.state = 'requested' or r.id is not null)
        and s.asked_at >= coalesce(r.asked_at, a.requested_at)
      order by s.asked_at desc, s.id desc limit 1) su on true
    where a.state <> 'cancelled' and a.id = any (busy)
      and (in_units is null or a.unit_id = any (in_units)) and (asked_by_way is null or coalesce(r.asked_via, a.asked_via) = asked_by_way)
      and (asked_level is null or case when r.id is not null then 2 else a.level end = asked_level)
      and (everybody or a.person_id = any (others)
        or exists (select from register.person_scope s where s.person_id = a.person_id and s.unit_id = any (scope)));
  end if;
end
$$;
comment on function accounts.queue_groups is
  'How many of the accounts that the caller sees are alike in what queues and their days depend on: numbers, and nobody''s account.';
grant create on schema accounts to dinhdanh_maintenance;
alter function accounts.queue_groups owner to dinhdanh_maintenance;
alter function accounts.queue_count_again owner to dinhdanh_maintenance;
revoke create on schema accounts from dinhdanh_maintenance;
revoke all on function accounts.queue_groups, accounts.queue_count_again from public;
grant execute on function accounts.queue_groups, accounts.queue_count_again to dinhdanh_app, dinhdanh_maintenance;

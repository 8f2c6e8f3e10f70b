-- The queues of accounts at a province's size. A page of a queue begins at its most urgent row, by an index of just that order; and how many wait in each is counted for all
-- that the caller sees at once, by the sets of the row-level policies, where each account used to be asked whether it may be seen.

-- The days for opening an account of an extract begin with its approval. With any other number of days than seven the column is not asked, and the lists are only slower.
alter table accounts.account
  add column last_day date generated always as (coalesce(activate_by, case when origin = 'imported' then (approved_at at time zone 'Asia/Ho_Chi_Minh')::date + 7 end)) stored;
comment on column accounts.account.last_day is
  'The last day on which the holder opens it alone, where the law gives seven days; empty where no day is known. For the order of queues. [public]';
create index account_by_last_day on accounts.account (last_day, id) where state = 'approved';
create index account_without_last_day on accounts.account (id) where state = 'approved' and last_day is null;
create index account_to_decide on accounts.account ((coalesce(due_on, date '9999-12-31')), id) where state = 'requested' and handed_up_at is null;
create index account_at_centre on accounts.account (id) where handed_up_at is not null;
create index account_locked on accounts.account (state_on, id) where state = 'locked';
create index account_in_use on accounts.account (id) where state = 'activated';
create index account_by_state on accounts.account (state, last_day, id) where state in ('approved', 'activated');
create index supplement_awaited on accounts.supplement (account_id) where ended_at is null and supplied_at is null;

-- A count says nothing of anyone. So this sees beyond the caller's policies, is maintenance's, and takes their sets itself: whom the scope has, whom a case opens whole, whose
-- own the work is. It gives how many accounts are alike in what queues and days depend on, and no id.
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
    union select s.account_id from accounts.supplement s where s.ended_at is null);
  -- Nearly all are of these, and alike but for the day; of a whole province the index alone says so. Where a filter asks more of them, or the law has other days, they are
  -- read as the rest.
  many constant boolean := everybody and by_last_day and in_units is null and asked_by_way is null and asked_level is null;
  by_state constant text := $many$
    select a.state, false, null::date, null::date, false, false, false, false, null::date, a.last_day, null::date, false, true, true, null::date, null::date,
           null::date, count(*)::integer
    from accounts.account a
    where a.state in ('approved', 'activated') and (a.state = 'activated' or a.last_day is not null) and a.id <> all ($8) group by a.state, a.last_day$many$;
  plain constant text := $plain$
    select a.state, false, null::date, case when a.state = 'requested' or a.state = 'approved' and a.activate_by is null then a.due_on end,
           a.handed_up_at is not null, a.id = any ($2), false, false, null::date, case when a.state = 'approved' then a.activate_by end,
           case when a.state = 'approved' then (a.approved_at at time zone 'Asia/Ho_Chi_Minh')::date end,
           a.origin = 'imported', a.phone is not null, a.notified_at is not null, case when a.state = 'locked' then a.state_on end, null::date, null::date,
           count(*)::integer
    from accounts.account a
    where a.state <> 'cancelled' and a.id <> all ($8) and not ($9 and (a.state = 'activated' or a.state = 'approved' and a.last_day is not null))
      and ($3 is null or a.unit_id = any ($3)) and ($4 is null or a.asked_via = $4) and ($5 is null or a.level = $5) %s
    group by 1, 4, 5, 6, 10, 11, 12, 13, 14, 15$plain$;
begin
  if many then
    return query execute by_state using today, held, in_units, asked_by_way, asked_level, scope, others, busy;
  end if;
  if everybody then
    return query execute format(plain, '') using today, held, in_units, asked_by_way, asked_level, scope, others, busy, many;
  else
    return query execute format(plain, 'and exists (select from register.person_scope s where s.person_id = a.person_id and s.unit_id = any ($6))')
      using today, held, in_units, asked_by_way, asked_level, scope, others, busy, many;
    if others <> '{}' then
      return query execute format(plain, 'and a.person_id = any ($7)') using today, held, in_units, asked_by_way, asked_level, scope, others, busy, many;
    end if;
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
revoke create on schema accounts from dinhdanh_maintenance;
revoke all on function accounts.queue_groups from public;
grant execute on function accounts.queue_groups to dinhdanh_app, dinhdanh_maintenance;

-- The rows of rolls are counted so, too: a province has as many as it has pupils, and each was asked whether it may be seen. Whoever sees a roll sees its rows.

create index row_by_outcome on rolls.row (roll_id, outcome) where outcome is not null;
create index row_matched_alone on rolls.row (roll_id) include (probability) where state = 'matched-automatically' and decision is null;
create index row_looked_at on rolls.row (roll_id, place) where outcome = 'review' or contested or decision is not null;

create function rolls.outcome_counts(asked uuid[]) returns table (roll_id uuid, outcome text, rows integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select w.roll_id, w.outcome, count(*)::integer from rolls.roll r join rolls.row w on w.roll_id = r.id and w.outcome is not null
  where r.id = any (asked) and (platform.sees_house() or r.school_id = any (platform.scope())) group by w.roll_id, w.outcome
$$;
comment on function rolls.outcome_counts is 'How many rows of some rolls of the caller''s schools have which outcome: numbers, and nobody''s row.';

create function rolls.matched_alone(asked uuid) returns table (rows integer, expected_false double precision)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select count(*)::integer, coalesce(sum(1 - w.probability::float8), 0)
  from rolls.roll r join rolls.row w on w.roll_id = r.id and w.state = 'matched-automatically' and w.decision is null
  where r.in_force and r.state = 'reconciled' and (asked is null or r.id = asked) and (platform.sees_house() or r.school_id = any (platform.scope()))
$$;
comment on function rolls.matched_alone is
  'How many rows of the caller''s rolls in force, or of one of them, the machine matched without an officer, and how many of these links are expected to be false.';

grant create on schema rolls to dinhdanh_maintenance;
alter function rolls.outcome_counts(uuid[]) owner to dinhdanh_maintenance;
alter function rolls.matched_alone(uuid) owner to dinhdanh_maintenance;
revoke create on schema rolls from dinhdanh_maintenance;
revoke all on function rolls.outcome_counts(uuid[]), rolls.matched_alone(uuid) from public;
grant execute on function rolls.outcome_counts(uuid[]), rolls.matched_alone(uuid) to dinhdanh_app, dinhdanh_maintenance;

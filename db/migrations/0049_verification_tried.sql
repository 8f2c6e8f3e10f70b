-- Whoever knows a name and a birth date must not come by the number of who bears them: under how many numbers a party tried them on a day is counted by keyed
-- hashes, and what a party asks is counted for it as a whole.

-- That somebody was looked up, by no more than whose data, when and by whom; an id is in the order of time.
create view audit.published_reading with (security_invoker = true) as select person_id, id, by_id, purpose from audit.access;
comment on view audit.published_reading is 'That somebody''s data were read, by whom and for what.';
grant select on audit.published_reading to dinhdanh_application, dinhdanh_maintenance;

alter table verification.tally
  add column guesser text   not null default '',
  add column again   bigint not null default 0 check (again >= 0),
  add column strange bigint not null default 0 check (strange >= 0);
create index tally_by_guesser on verification.tally (guesser, on_day);
comment on column verification.tally.guesser is 'Among whose it counts besides: the party''s, or a sandbox client''s own. Empty before this was told apart. [public]';
comment on column verification.tally.again   is 'How many of the answers were yes about somebody whom the party had looked up before on that day. [public]';
comment on column verification.tally.strange is 'How many of the answers were no since nobody has the number, or somebody of another name and another birth date. [public]';

create table verification.tried (
  on_day  date      not null,
  guesser text      not null,
  told    uuid      not null,
  numbers integer   not null check (numbers > 0),
  seen    integer[] not null,
  primary key (on_day, guesser, told)
);
comment on table  verification.tried         is 'Under how many numbers of nobody, or of somebody else altogether, a party tried a name, a birth date, or both on a day. Deleted once the day is over.';
comment on column verification.tried.on_day  is 'On which day of the province. [public]';
comment on column verification.tried.guesser is 'Who tried: the party, or a sandbox client. [public]';
comment on column verification.tried.told    is 'What was tried: 128 bits of a hash under a secret of the day and the guesser, which only the key outside the database makes. [secret]';
comment on column verification.tried.numbers is 'Under how many numbers. [public]';
comment on column verification.tried.seen    is 'Under which, of a name with a birth date: 32 bits of the same hash of each. [secret]';
alter table verification.tried enable row level security;
alter table verification.tried force  row level security;
create policy house on verification.tried to dinhdanh_application using ((select platform.sees_house())) with check ((select platform.sees_house()));
create policy maintenance on verification.tried to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update, delete on verification.tried to dinhdanh_application, dinhdanh_maintenance;

drop function verification.find(text[], text, date, text);
drop function verification.count(text, date, timestamptz, bigint, bigint, uuid[], integer[], integer[], timestamptz[], timestamptz[]);

/*
 * Who holds each of some numbers, what this client got wrong about them today, whether its party had looked them up before since the day began, and what client and
 * guesser asked at all: a row for each number that was asked, in their order.
 * What is wrong about one person, or tried of one name and birth date, is counted one after another: a hundred guesses at once are a hundred guesses. So each
 * number and each name with its birth date is held, in one order, to the end of the transaction; of a whole batch's thousands the guesser is, since the server
 * has no room for as many locks. A batch does not wait for single checks beside it: of both together a name is tried twice as often at most.
 * It runs as maintenance, and answers to who sees the house anyway: the policies of five tables cost more than what they guard. Its plan is made once a
 * connection, also while the tables are empty, and asks by the person.
 */
create function verification.find(asked text[], sought uuid[], by_client text, by_guesser text, by_party text, today date, day_begins uuid, held text)
returns table (number text, person_id uuid, number_state text, full_name text, birth_y smallint, birth_m smallint, birth_d smallint, sex text, life_status text,
               wrongs integer, free_at timestamptz, stopped boolean, wrongs_of_all integer, known boolean,
               client_asked bigint, client_again bigint, client_wrong bigint, client_wrong_at timestamptz, guesser_wrong bigint, guesser_strange bigint)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off as
$$
begin
  if not platform.sees_house() then
    raise exception 'verification.find is for a work that sees the house';
  end if;
  if held = 'client' then
    perform pg_advisory_xact_lock(hashtextextended('verification ' || by_guesser, 0));
  else
    perform pg_advisory_xact_lock(hashtextextended(l.name, 1))
    from (select by_client || ' ' || a.number as name from unnest(asked) as a (number) union select by_guesser || ' ' || s.told from unnest(sought) as s (told) order by 1) l;
  end if;
  -- A statement of its own: it sees what was committed while the first one waited.
  return query
  with own as materialized (
    select coalesce(sum(t.asked), 0)::bigint as asked, coalesce(sum(t.again), 0)::bigint as again, coalesce(sum(t.wrong), 0)::bigint as wrong,
           max(t.wrong_at) as wrong_at
    from verification.tally t where t.client_id = by_client and t.on_day = today
  ), whole as materialized (
    select coalesce(sum(t.wrong), 0)::bigint as wrong, coalesce(sum(t.strange), 0)::bigint as strange
    from verification.tally t where t.guesser = by_guesser and t.on_day = today
  )
  select a.number, i.person_id, i.number_state, i.full_name, i.birth_y, i.birth_m, i.birth_d, i.sex, i.life_status,
         coalesce(w.wrongs, 0), w.free_at, coalesce(w.stopped, false), coalesce(w.wrongs_of_all, 0),
         coalesce(k.known, false),
         own.asked, own.again, own.wrong, own.wrong_at, whole.wrong, whole.strange
  from unnest(asked) with ordinality as a (number, place)
  cross join own
  cross join whole
  left join register.published_identity i on i.number = a.number
  left join lateral (
    select sum(o.wrongs)::integer as wrongs_of_all, max(o.wrongs) filter (where o.client_id = by_client) as wrongs,
           max(o.free_at) filter (where o.client_id = by_client) as free_at, bool_or(o.stopped_at is not null) filter (where o.client_id = by_client) as stopped
    from verification.wrong o where o.person_id = i.person_id and o.on_day + 0 = today) w on true
  left join lateral (
    select true as known from audit.published_reading r
    where r.person_id = i.person_id and r.id >= day_begins and r.by_id || '' = by_party and r.purpose = 'verification' limit 1) k on true
  order by a.place;
end
$$;
comment on function verification.find is 'Who holds some numbers, and what a client got wrong today, about them and altogether.';

-- What of some names and birth dates was tried today already, in a statement after `find`: it sees what was committed while that one waited.
create function verification.find_tried(sought uuid[], by_guesser text, today date)
returns table (place integer, numbers integer, seen integer[])
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off as
$$
begin
  if not platform.sees_house() then
    raise exception 'verification.find_tried is for a work that sees the house';
  end if;
  return query
  select s.place::integer, t.numbers, t.seen
  from unnest(sought) with ordinality as s (told, place)
  cross join lateral (
    select o.numbers, o.seen from verification.tried o where o.on_day = today and o.guesser = by_guesser and o.told = s.told offset 0) t;
end
$$;
comment on function verification.find_tried is 'Under how many numbers some names and birth dates were tried today, each by its place among those that were asked.';

-- Keeps what a work's answers changed: how often the client asked and was wrong, and about whom, as it now stands; refusals are added. Of what was tried, a row
-- for each number and thing, the number's hash with a name and birth date alone.
create function verification.count(by_client text, by_guesser text, today date, at timestamptz,
                                   asked_more bigint, again_more bigint, wrong_more bigint, strange_more bigint,
                                   about uuid[], wrongs_now integer[], refused_more integer[], free_from timestamptz[], stopped_from timestamptz[],
                                   told_more uuid[], under integer[])
returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as
$$
begin
  if asked_more > 0 then
    insert into verification.tally as known (client_id, on_day, hand, guesser, asked, again, wrong, strange, wrong_at)
    values (by_client, today, (pg_backend_pid() % 1024)::smallint, by_guesser, asked_more, again_more, wrong_more, strange_more, case when wrong_more > 0 then at end)
    on conflict (client_id, on_day, hand) do update set
      guesser = excluded.guesser, asked = known.asked + excluded.asked, again = known.again + excluded.again, wrong = known.wrong + excluded.wrong,
      strange = known.strange + excluded.strange, wrong_at = coalesce(excluded.wrong_at, known.wrong_at);
  end if;
  if cardinality(about) > 0 then
    insert into verification.wrong as known (person_id, client_id, on_day, wrongs, refused, free_at, stopped_at)
    select r.person_id, by_client, today, r.wrongs, r.refused, r.free_at, r.stopped_at
    from unnest(about, wrongs_now, refused_more, free_from, stopped_from) as r (person_id, wrongs, refused, free_at, stopped_at)
    order by r.person_id
    on conflict (person_id, client_id, on_day) do update set
      wrongs = greatest(known.wrongs, excluded.wrongs), refused = known.refused + excluded.refused, free_at = greatest(known.free_at, excluded.free_at),
      stopped_at = coalesce(known.stopped_at, excluded.stopped_at);
  end if;
  if cardinality(told_more) > 0 then
    insert into verification.tried as known (on_day, guesser, told, numbers, seen)
    select today, by_guesser, m.told, count(*)::integer, coalesce(array_agg(m.number) filter (where m.number is not null), '{}')
    from unnest(told_more, under) as m (told, number)
    group by m.told
    order by m.told
    on conflict (on_day, guesser, told) do update set numbers = known.numbers + excluded.numbers, seen = known.seen || excluded.seen;
  end if;
end
$$;
comment on function verification.count is 'Keeps what a work''s answers changed of the counts of guesses.';

grant create on schema verification to dinhdanh_maintenance;
alter function verification.find(text[], uuid[], text, text, text, date, uuid, text) owner to dinhdanh_maintenance;
alter function verification.find_tried(uuid[], text, date) owner to dinhdanh_maintenance;
alter function verification.count(text, text, date, timestamptz, bigint, bigint, bigint, bigint, uuid[], integer[], integer[], timestamptz[], timestamptz[], uuid[], integer[]) owner to dinhdanh_maintenance;
revoke create on schema verification from dinhdanh_maintenance;
revoke execute on function verification.find(text[], uuid[], text, text, text, date, uuid, text), verification.find_tried(uuid[], text, date),
  verification.count(text, text, date, timestamptz, bigint, bigint, bigint, bigint, uuid[], integer[], integer[], timestamptz[], timestamptz[], uuid[], integer[])
  from public;
grant execute on function verification.find(text[], uuid[], text, text, text, date, uuid, text), verification.find_tried(uuid[], text, date),
  verification.count(text, text, date, timestamptz, bigint, bigint, bigint, bigint, uuid[], integer[], integer[], timestamptz[], timestamptz[], uuid[], integer[])
  to dinhdanh_application, dinhdanh_maintenance;

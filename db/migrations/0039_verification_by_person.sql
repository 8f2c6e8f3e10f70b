-- What a client got wrong about a person is found by the person, also by a plan that was made while the table was empty: it would read the whole table, or the day's part, for each.
create or replace function verification.find(asked text[], by_client text, today date, held text)
returns table (number text, person_id uuid, number_state text, full_name text, birth_y smallint, birth_m smallint, birth_d smallint, sex text, life_status text,
               wrongs integer, free_at timestamptz, stopped boolean, wrongs_of_all integer, client_asked bigint, client_wrong bigint, client_wrong_at timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off as
$$
begin
  if not platform.sees_house() then
    raise exception 'verification.find is for a work that sees the house';
  end if;
  if held = 'client' then
    perform pg_advisory_xact_lock(hashtextextended('verification ' || by_client, 0));
  else
    perform pg_advisory_xact_lock(hashtextextended(by_client || ' ' || n.number, 1)) from (select distinct unnest(asked) as number order by 1) n;
  end if;
  -- A statement of its own: it sees what was committed while the first one waited.
  return query
  with own as materialized (
    select coalesce(sum(t.asked), 0)::bigint as asked, coalesce(sum(t.wrong), 0)::bigint as wrong, max(t.wrong_at) as wrong_at
    from verification.tally t where t.client_id = by_client and t.on_day = today
  )
  select a.number, i.person_id, i.number_state, i.full_name, i.birth_y, i.birth_m, i.birth_d, i.sex, i.life_status,
         coalesce(w.wrongs, 0), w.free_at, coalesce(w.stopped, false), coalesce(w.wrongs_of_all, 0), own.asked, own.wrong, own.wrong_at
  from unnest(asked) with ordinality as a (number, place)
  cross join own
  left join register.published_identity i on i.number = a.number
  left join lateral (
    select sum(o.wrongs)::integer as wrongs_of_all, max(o.wrongs) filter (where o.client_id = by_client) as wrongs,
           max(o.free_at) filter (where o.client_id = by_client) as free_at, bool_or(o.stopped_at is not null) filter (where o.client_id = by_client) as stopped
    from verification.wrong o where o.person_id = i.person_id and o.on_day + 0 = today) w on true
  order by a.place;
end
$$;

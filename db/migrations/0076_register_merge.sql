-- Two records of the register are one person: one officer proposes, another decides, everything that hung on either hangs on one, and it can be
-- undone as long as nothing was built on it.

-- While a merge moves rows from one person to another, a child row may for a moment stand under the other person than its parent.
do $$
declare c record;
begin
  for c in
    select k.conrelid::regclass as rel, k.conname from pg_constraint k
    where k.contype = 'f' and not k.condeferrable
      and exists (select from pg_attribute a where a.attrelid = k.conrelid and a.attname = 'person_id')
      and exists (select from pg_attribute a where a.attrelid = k.confrelid and a.attname = 'person_id')
  loop
    execute format('alter table %s alter constraint %I deferrable initially immediate', c.rel, c.conname);
  end loop;
end
$$;

-- The functions below move and put back rows, also of tables that everybody else only adds to.
do $$
declare t text;
begin
  for t in
    select format('%I.%I', n.nspname, c.relname) from pg_class c
    join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and a.attname = 'person_id'
      and n.nspname in ('register', 'cards', 'accounts', 'enrolment', 'exchange', 'planning', 'campaign', 'parties', 'rolls', 'follow_ups', 'signin',
                        'outreach', 'verification')
  loop
    execute format('grant select, insert, update, delete on %s to dinhdanh_maintenance', t);
  end loop;
end
$$;

create table register.merge (
  person_id    uuid not null,
  id           uuid not null,
  other_id     uuid not null,
  state        text not null check (state in ('proposed', 'accepted', 'refused', 'withdrawn', 'undone')),
  reason       text not null check (reason <> ''),
  papers       text not null check (papers <> ''),
  unit_id      uuid not null,
  proposed_by  text not null,
  proposed_at  timestamptz not null,
  proposed_on  date not null,
  due_on       date not null,
  kept_number  text check (kept_number ~ '^\d{12}$'),
  decided_by   text,
  decided_at   timestamptz,
  decided_on   date,
  answer       text check (answer <> ''),
  undo_until   date,
  undone_by    text,
  undone_at    timestamptz,
  undone_on    date,
  undone_for   text check (undone_for <> ''),
  primary key (person_id, id),
  constraint two_records           check (person_id <> other_id),
  constraint decided_by_another    check (decided_by <> proposed_by),
  constraint decision_is_whole     check ((state in ('proposed', 'withdrawn')) = (decided_by is null) and (decided_by is null) = (decided_at is null)
                                          and (decided_by is null) = (decided_on is null)),
  constraint accepted_can_be_undone check ((state in ('accepted', 'undone')) = (undo_until is not null)),
  constraint undoing_is_whole      check ((state = 'undone') = (undone_by is not null) and (undone_by is null) = (undone_at is null)
                                          and (undone_by is null) = (undone_on is null))
);
create index merge_by_id    on register.merge (id);
create index merge_by_other on register.merge (other_id);
create index merge_open     on register.merge (due_on, id) where state = 'proposed';
comment on table  register.merge             is 'A proposal that two records are one person, and what was decided.';
comment on column register.merge.person_id   is 'The record that stays; of a proposal the one that its proposer would keep. [personal]';
comment on column register.merge.id          is 'The proposal. [public]';
comment on column register.merge.other_id    is 'The record that ends: whoever asks for it is told where it went. [personal]';
comment on column register.merge.state       is 'proposed, accepted, refused, withdrawn or undone. [public]';
comment on column register.merge.reason      is 'Why the two are one person. [personal]';
comment on column register.merge.papers      is 'Which papers show it. [personal]';
comment on column register.merge.unit_id     is 'The unit that proposed it. [public]';
comment on column register.merge.proposed_by is 'The officer who proposed it, who never decides it. [personal]';
comment on column register.merge.proposed_at is 'When. [public]';
comment on column register.merge.proposed_on is 'On which day of the house. [public]';
comment on column register.merge.due_on      is 'The last day for the decision. [public]';
comment on column register.merge.kept_number is 'The number that stays in force, where either had one. [personal]';
comment on column register.merge.decided_by  is 'The second officer. [personal]';
comment on column register.merge.decided_at  is 'When it was decided: the moment of the transaction that moved the rows. [public]';
comment on column register.merge.decided_on  is 'On which day of the house. [public]';
comment on column register.merge.answer      is 'Why it was refused, or what the second officer added. [personal]';
comment on column register.merge.undo_until  is 'The last day on which it can be undone. [public]';
comment on column register.merge.undone_by   is 'Who undid it. [personal]';
comment on column register.merge.undone_at   is 'When. [public]';
comment on column register.merge.undone_on   is 'On which day of the house. [public]';
comment on column register.merge.undone_for  is 'Why. [personal]';

alter table register.merge enable row level security;
alter table register.merge force row level security;
create policy maintenance on register.merge to dinhdanh_maintenance using (true) with check (true);
create policy scope on register.merge for select to dinhdanh_app
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[])
    or exists (select from register.person_scope s where s.person_id = merge.person_id offset 0)
    or exists (select from register.person_scope s where s.person_id = merge.other_id offset 0));
-- An officer proposes in their own name and unit; what is decided, withdrawn or undone is written by the functions below alone.
create policy proposed on register.merge for insert to dinhdanh_app
  with check (proposed_by = (select platform.actor()) and state = 'proposed'
    and ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[])));
grant select, insert on register.merge to dinhdanh_app;
grant select, insert, update, delete on register.merge to dinhdanh_maintenance;

create table register.merged_row (
  person_id  uuid not null,
  merge_id   uuid not null,
  place      smallint not null,
  table_name text not null,
  columns    text[] not null,
  counts     boolean not null,
  kept       jsonb not null,
  left_hash  bytea check (length(left_hash) = 32),
  primary key (person_id, merge_id, table_name)
);
comment on table  register.merged_row            is 'What stood in each table about the two records before they were merged, for as long as the merge can be undone. Nobody reads it.';
comment on column register.merged_row.person_id  is 'The record that stays. [personal]';
comment on column register.merged_row.merge_id   is 'The merge. [public]';
comment on column register.merged_row.place      is 'In the order in which tables are moved. [public]';
comment on column register.merged_row.table_name is 'Which table. [public]';
comment on column register.merged_row.columns    is 'Its columns that name a person. [public]';
comment on column register.merged_row.counts     is 'Whether a change of these rows stands in the way of undoing. [public]';
comment on column register.merged_row.kept       is 'The rows as they were. [secret]';
comment on column register.merged_row.left_hash  is 'SHA-256 of the rows as the merge left them. [public]';
alter table register.merged_row enable row level security;
alter table register.merged_row force row level security;
create policy maintenance on register.merged_row to dinhdanh_maintenance using (true) with check (true);
-- The application may ask, and is shown no row.
create policy nobody on register.merged_row for select to dinhdanh_app using ((select platform.sees_house()) and false);
grant select on register.merged_row to dinhdanh_app;
grant select, insert, update, delete on register.merged_row to dinhdanh_maintenance;

-- Whether the actor's units have a person among their residents. A record without a residence is nobody's but the house's.
create function register.owns(asked uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select platform.sees_house() or exists (select from register.person_scope s where s.person_id = asked and s.unit_id = any (platform.scope()))
$$;
comment on function register.owns is 'Whether the scope has a person among its residents.';

-- A second officer decides; both people must be residents of the officer's units.
create function register.decide_merge(asked uuid, survivor uuid, number_kept text, accepts boolean, said text, on_day date, undo_day date) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as
$$
declare m register.merge;
begin
  select * into m from register.merge where id = asked for update;
  if m.id is null then return 'unknown'; end if;
  if m.state <> 'proposed' then return 'closed'; end if;
  if platform.actor() is null or m.proposed_by = platform.actor() then return 'same'; end if;
  if not (register.owns(m.person_id) and register.owns(m.other_id)) then return 'outside'; end if;
  if accepts and survivor not in (m.person_id, m.other_id) then return 'unknown'; end if;
  update register.merge set
    state = case when accepts then 'accepted' else 'refused' end,
    person_id = case when accepts then survivor else person_id end,
    other_id = case when accepts and survivor = other_id then person_id else other_id end,
    kept_number = number_kept, decided_by = platform.actor(), decided_at = now(), decided_on = on_day, answer = said,
    undo_until = case when accepts then undo_day end
  where id = asked;
  return 'decided';
end
$$;
comment on function register.decide_merge is 'A second officer accepts or refuses: decided, unknown, closed, same or outside.';

create function register.withdraw_merge(asked uuid) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as
$$
declare m register.merge;
begin
  select * into m from register.merge where id = asked for update;
  if m.id is null then return 'unknown'; end if;
  if m.state <> 'proposed' then return 'closed'; end if;
  if platform.actor() is null or m.proposed_by <> platform.actor() then return 'another'; end if;
  update register.merge set state = 'withdrawn' where id = asked;
  return 'withdrawn';
end
$$;
comment on function register.withdraw_merge is 'The proposer takes it back: withdrawn, unknown, closed or another.';

-- The merge that this very transaction accepted: nothing else lets the functions below touch a row.
create function register.merge_of_now(asked uuid) returns register.merge
language plpgsql stable set search_path = pg_catalog, pg_temp as
$$
declare m register.merge;
begin
  select * into m from register.merge where id = asked and state = 'accepted' and decided_at = now();
  if m.id is null then raise exception 'no merge that this transaction accepted' using errcode = 'insufficient_privilege'; end if;
  return m;
end
$$;
comment on function register.merge_of_now is 'The merge that this transaction accepted; anything else is refused.';

create function register.any_column(names text[], given text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as
$$ select string_agg(format('t.%I = %s', c, given), ' or ') from unnest(names) as c $$;
comment on function register.any_column is 'A condition: one of some columns has a value.';

-- Keeps what stands about the two in each table. `tables` is [{"table", "columns", "counts"}], in order.
create function register.keep_merged_rows(asked uuid, tables jsonb) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as
$$
declare
  m register.merge := register.merge_of_now(asked);
  t record;
begin
  for t in
    select (e.value ->> 'table')::regclass as rel, e.ordinality as place, (e.value ->> 'counts')::boolean as counts,
           array(select jsonb_array_elements_text(e.value -> 'columns')) as columns
    from jsonb_array_elements(tables) with ordinality e
  loop
    execute format('insert into register.merged_row (person_id, merge_id, place, table_name, columns, counts, kept)
      select $1, $2, $3, $4, $5, $6, coalesce(jsonb_agg(to_jsonb(t)), ''[]''::jsonb) from %s t where (%s) or (%s)',
      t.rel, register.any_column(t.columns, '$1'), register.any_column(t.columns, '$7'))
    using m.person_id, m.id, t.place::smallint, t.rel::text, t.columns, t.counts, m.other_id;
  end loop;
end
$$;
comment on function register.keep_merged_rows is 'Keeps the rows of both records as they are, before the merge that this transaction accepted.';

-- Moves every row of the record that ends. Of two rows of which there may be one, that of the surviving record stays; the other is kept.
create function register.move_merged_rows(asked uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as
$$
declare
  m register.merge := register.merge_of_now(asked);
  t record;
  col text;
  row_at tid;
begin
  set constraints all deferred;
  for t in select table_name, columns from register.merged_row where person_id = m.person_id and merge_id = m.id order by place loop
    foreach col in array t.columns loop
      for row_at in execute format('select ctid from %s where %I = $1', t.table_name, col) using m.other_id loop
        begin
          execute format('update %s set %I = $1 where ctid = $2', t.table_name, col) using m.person_id, row_at;
        exception when unique_violation then
          execute format('delete from %s where ctid = $1', t.table_name) using row_at;
        end;
      end loop;
    end loop;
  end loop;
  set constraints all immediate;
end
$$;
comment on function register.move_merged_rows is 'Moves the rows of the record that ends to the one that stays, in the transaction that accepted it.';

create function register.hash_of_rows(rel text, columns text[], whose uuid) returns bytea
language plpgsql stable set search_path = pg_catalog, pg_temp as
$$
declare hash bytea;
begin
  execute format('select sha256(convert_to(coalesce(string_agg(r, E''\n'' order by r), ''''), ''UTF8''))
    from (select to_jsonb(t)::text as r from %s t where %s) x', rel, register.any_column(columns, '$1')) into hash using whose;
  return hash;
end
$$;
comment on function register.hash_of_rows is 'A hash over the rows of a table that name a person.';

create function register.seal_merged_rows(asked uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as
$$
declare m register.merge := register.merge_of_now(asked);
begin
  update register.merged_row set left_hash = register.hash_of_rows(table_name, columns, m.person_id)
  where person_id = m.person_id and merge_id = m.id and counts;
end
$$;
comment on function register.seal_merged_rows is 'Remembers how the merge left each table, so that what is built on it is seen.';

-- Which tables have changed since; empty where nothing was built on the merge.
create function register.built_on_merge(asked uuid) returns setof text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as
$$
declare m register.merge;
begin
  select * into m from register.merge where id = asked and state = 'accepted';
  if m.id is null or not register.owns(m.person_id) then return; end if;
  return query
    select table_name from register.merged_row
    where person_id = m.person_id and merge_id = m.id and counts
      and left_hash is distinct from register.hash_of_rows(table_name, columns, m.person_id)
    order by place;
end
$$;
comment on function register.built_on_merge is 'The tables in which something was built on a merge since.';

-- Puts every row back as it was. What nobody counts (sign-ins, messages) goes back to whom it was of, and stays as it has become.
create function register.undo_merge(asked uuid, said text, on_day date) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as
$$
declare
  m register.merge;
  t record;
  given text;
  same text;
  col text;
begin
  select * into m from register.merge where id = asked for update;
  if m.id is null or not register.owns(m.person_id) then return 'unknown'; end if;
  if m.state <> 'accepted' then return 'closed'; end if;
  if platform.actor() is null or m.undo_until < on_day then return 'over'; end if;
  if not exists (select from register.merged_row where person_id = m.person_id and merge_id = m.id) then return 'over'; end if;
  perform from register.person where person_id = m.person_id for update;
  if not found or exists (select from register.built_on_merge(asked)) then return 'built'; end if;
  set constraints all deferred;
  -- First away with all that stands, then back with all that stood: what points at a row goes before the row.
  for t in select * from register.merged_row where person_id = m.person_id and merge_id = m.id and counts order by place loop
    execute format('delete from %s t where %s', t.table_name, register.any_column(t.columns, '$1')) using m.person_id;
  end loop;
  for t in select * from register.merged_row where person_id = m.person_id and merge_id = m.id order by place loop
    if t.counts then
      select string_agg(quote_ident(attname), ', ' order by attnum) into given from pg_attribute
      where attrelid = t.table_name::regclass and attnum > 0 and not attisdropped and attgenerated = '';
      execute format('insert into %1$s (%2$s) select %2$s from jsonb_populate_recordset(null::%1$s, $1)', t.table_name, given) using t.kept;
    else
      select string_agg(format('t.%1$I = b.%1$I', a.attname), ' and ') into same from pg_index i
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
      where i.indrelid = t.table_name::regclass and i.indisprimary and a.attname <> all (t.columns);
      foreach col in array t.columns loop
        execute format('update %1$s t set %2$I = $1 from jsonb_populate_recordset(null::%1$s, $2) b where t.%2$I = $3 and b.%2$I = $1 and %3$s',
          t.table_name, col, same) using m.other_id, t.kept, m.person_id;
      end loop;
    end if;
  end loop;
  set constraints all immediate;
  update register.merge set state = 'undone', undone_by = platform.actor(), undone_at = now(), undone_on = on_day, undone_for = said where id = asked;
  delete from register.merged_row where person_id = m.person_id and merge_id = m.id;
  return 'undone';
end
$$;
comment on function register.undo_merge is 'Puts the rows of both records back as they were: undone, unknown, closed, over or built.';

-- After its last day a merge cannot be undone, and what was kept for that goes.
create function register.forget_merged_rows(on_day date) returns integer
language sql volatile security definer set search_path = pg_catalog, pg_temp as
$$
  with gone as (
    delete from register.merged_row r using register.merge m
    where m.person_id = r.person_id and m.id = r.merge_id and m.undo_until < on_day and platform.sees_house() returning r.merge_id)
  select count(distinct merge_id)::integer from gone
$$;
comment on function register.forget_merged_rows is 'Deletes what was kept of merges that can be undone no more; how many merges.';

-- Where a record went, through later merges too. For whoever would see the record that stays.
create function register.merged_into(asked uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  with recursive went (person_id, depth) as (
    select m.person_id, 1 from register.merge m where m.other_id = asked and m.state = 'accepted'
    union all
    select m.person_id, w.depth + 1 from went w join register.merge m on m.other_id = w.person_id and m.state = 'accepted' where w.depth < 20
  )
  select person_id from went order by depth desc limit 1
$$;
comment on function register.merged_into is 'The record into which a record was merged in the end; null where it was not.';

-- Pairs of one commune whose names and birth dates agree: what linkage then compares. By the index of names and births, person by person.
create function register.twins_of(unit uuid, after uuid, most integer) returns table (person_id uuid, other_id uuid, owned boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select p.person_id, o.person_id, register.owns(o.person_id)
  from (select s.person_id from register.person_scope s
        where s.unit_id = unit and (platform.sees_house() or s.unit_id = any (platform.scope()))
          and (after is null or (s.sort_key, s.person_id) > (select a.sort_key, a.person_id from register.person_scope a
                                                             where a.unit_id = unit and a.person_id = after))
        order by s.sort_key, s.person_id limit most) u
  join register.person p on p.person_id = u.person_id
  cross join lateral (
    select q.person_id from register.person q
    where q.name_ascii = p.name_ascii and q.birth_y = p.birth_y and q.person_id <> p.person_id
      and (q.birth_m = p.birth_m or q.birth_m is null or p.birth_m is null) and (q.birth_d = p.birth_d or q.birth_d is null or p.birth_d is null)
    limit 20) o
$$;
comment on function register.twins_of is 'For some people of a commune, in order, who has the same name and birth date in the whole register.';

-- What hangs on a record: how many rows of some tables name it, for the officer who decides.
create function register.rows_about(asked uuid, tables text[]) returns table (table_name text, row_count integer)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as
$$
declare t text;
begin
  if not register.owns(asked) then return; end if;
  foreach t in array tables loop
    return query execute format('select %L::text, count(*)::integer from %s where person_id = $1', t, t::regclass) using asked;
  end loop;
end
$$;
comment on function register.rows_about is 'How many rows of some tables are about a person of the scope.';

grant create on schema register to dinhdanh_maintenance;
alter function register.rows_about(uuid, text[])       owner to dinhdanh_maintenance;
alter function register.owns(uuid)                     owner to dinhdanh_maintenance;
alter function register.decide_merge(uuid, uuid, text, boolean, text, date, date) owner to dinhdanh_maintenance;
alter function register.withdraw_merge(uuid)           owner to dinhdanh_maintenance;
alter function register.merge_of_now(uuid)             owner to dinhdanh_maintenance;
alter function register.any_column(text[], text)       owner to dinhdanh_maintenance;
alter function register.keep_merged_rows(uuid, jsonb)  owner to dinhdanh_maintenance;
alter function register.move_merged_rows(uuid)         owner to dinhdanh_maintenance;
alter function register.hash_of_rows(text, text[], uuid) owner to dinhdanh_maintenance;
alter function register.seal_merged_rows(uuid)         owner to dinhdanh_maintenance;
alter function register.built_on_merge(uuid)           owner to dinhdanh_maintenance;
alter function register.undo_merge(uuid, text, date)   owner to dinhdanh_maintenance;
alter function register.forget_merged_rows(date)       owner to dinhdanh_maintenance;
alter function register.merged_into(uuid)              owner to dinhdanh_maintenance;
alter function register.twins_of(uuid, uuid, integer)  owner to dinhdanh_maintenance;
revoke create on schema register from dinhdanh_maintenance;
revoke execute on function register.owns(uuid), register.decide_merge(uuid, uuid, text, boolean, text, date, date), register.withdraw_merge(uuid),
  register.merge_of_now(uuid), register.any_column(text[], text), register.keep_merged_rows(uuid, jsonb), register.move_merged_rows(uuid),
  register.hash_of_rows(text, text[], uuid), register.seal_merged_rows(uuid), register.built_on_merge(uuid), register.undo_merge(uuid, text, date),
  register.forget_merged_rows(date), register.merged_into(uuid), register.twins_of(uuid, uuid, integer), register.rows_about(uuid, text[]) from public;
grant execute on function register.decide_merge(uuid, uuid, text, boolean, text, date, date), register.withdraw_merge(uuid),
  register.keep_merged_rows(uuid, jsonb), register.move_merged_rows(uuid), register.seal_merged_rows(uuid), register.built_on_merge(uuid),
  register.undo_merge(uuid, text, date), register.forget_merged_rows(date), register.merged_into(uuid), register.twins_of(uuid, uuid, integer),
  register.rows_about(uuid, text[]) to dinhdanh_app, dinhdanh_maintenance;

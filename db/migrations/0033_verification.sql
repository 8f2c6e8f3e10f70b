-- Yes/no checks for relying parties: who asked wrongly about whom and how often, and batches that are sent in pieces and taken up where they were left.

-- Whoever holds a number, or held it, by no more than what a check compares.
create view register.published_identity with (security_invoker = true) as
select l.number, n.state as number_state, p.person_id, p.full_name, p.birth_y, p.birth_m, p.birth_d, p.sex, p.life_status
from register.number_lookup l
join register.number n on n.person_id = l.person_id and n.number = l.number
join register.person p on p.person_id = l.person_id;
comment on view register.published_identity is 'Each number that was ever given, with the person: what a check compares.';
grant select on register.published_identity to dinhdanh_application, dinhdanh_maintenance;

create schema verification;
grant usage on schema verification to dinhdanh_application, dinhdanh_maintenance;

create table verification.wrong (
  person_id  uuid        not null,
  client_id  text        not null,
  on_day     date        not null,
  wrongs     integer     not null check (wrongs >= 0),
  refused    integer     not null check (refused >= 0),
  free_at    timestamptz not null,
  stopped_at timestamptz,
  primary key (person_id, client_id, on_day)
);
create index wrong_by_age on verification.wrong (on_day);
comment on table  verification.wrong            is 'How often a client said something wrong about a person on a day: by this guessing is slowed, then stopped.';
comment on column verification.wrong.person_id  is 'About whom. [personal]';
comment on column verification.wrong.client_id  is 'Which client. [public]';
comment on column verification.wrong.on_day     is 'On which day of the province. [public]';
comment on column verification.wrong.wrongs     is 'How many answers were no. [public]';
comment on column verification.wrong.refused    is 'How often it asked while it was slowed or stopped, and was told nothing. [public]';
comment on column verification.wrong.free_at    is 'From when it is answered again. [public]';
comment on column verification.wrong.stopped_at is 'Since when it is answered no more that day. [public]';

-- Each connection counts in a row of its own, so that nobody waits for another's commit; what was asked is their sum.
create table verification.tally (
  client_id text        not null,
  on_day    date        not null,
  hand      smallint    not null,
  asked     bigint      not null check (asked >= 0),
  wrong     bigint      not null check (wrong >= 0),
  wrong_at  timestamptz,
  primary key (client_id, on_day, hand)
);
create index tally_by_age on verification.tally (on_day);
comment on table  verification.tally           is 'How much a client asked on a day, and how much of it was wrong: by this trying numbers out is slowed, then stopped.';
comment on column verification.tally.client_id is 'Which client. [public]';
comment on column verification.tally.on_day    is 'On which day of the province. [public]';
comment on column verification.tally.hand      is 'By which of the connections it was counted. [public]';
comment on column verification.tally.asked     is 'How many were answered. [public]';
comment on column verification.tally.wrong     is 'How many of the answers were no. [public]';
comment on column verification.tally.wrong_at  is 'When the last of those was given. [public]';

create table verification.batch (
  id           uuid        not null primary key,
  client_id    text        not null,
  party_id     uuid        not null,
  purpose      text        not null check (purpose <> ''),
  format       text        not null check (format in ('ndjson', 'csv')),
  bytes        bigint      not null check (bytes > 0),
  received     bigint      not null check (received between 0 and bytes),
  state        text        not null check (state in ('receiving', 'waiting', 'running', 'done', 'refused')),
  reason       text,
  columns      text[],
  delimiter    text,
  read_bytes   bigint      not null check (read_bytes between 0 and received),
  read_rows    bigint      not null,
  wrong_rows   bigint      not null,
  result_bytes bigint      not null,
  error_bytes  bigint      not null,
  waits_until  timestamptz,
  made_at      timestamptz not null,
  changed_at   timestamptz not null,
  ends_at      timestamptz not null,
  check ((state = 'refused') = (reason is not null)),
  check (state in ('receiving', 'refused') or received = bytes),
  check (state <> 'done' or read_bytes = bytes)
);
create index batch_by_end    on verification.batch (ends_at);
create index batch_by_client on verification.batch (client_id, made_at);
comment on table  verification.batch              is 'A batch of checks, from the first piece that is sent to the end of its files. What was read of it, and what was written, move in one transaction.';
comment on column verification.batch.id           is 'The batch, as the party named it. [public]';
comment on column verification.batch.client_id    is 'Which client sends it. [public]';
comment on column verification.batch.party_id     is 'Of which party. [public]';
comment on column verification.batch.purpose      is 'For which approved purpose. [public]';
comment on column verification.batch.format       is 'ndjson or csv, in and out. [public]';
comment on column verification.batch.bytes        is 'How long it will be. [public]';
comment on column verification.batch.received     is 'How much of it is here. [public]';
comment on column verification.batch.state        is 'receiving, waiting (for its turn, or for quota), running, done or refused. [public]';
comment on column verification.batch.reason       is 'Why it was refused: a code. [public]';
comment on column verification.batch.columns      is 'The columns of a CSV, once its header was read. [public]';
comment on column verification.batch.delimiter    is 'What stands between them. [public]';
comment on column verification.batch.read_bytes   is 'How far it was read. [public]';
comment on column verification.batch.read_rows    is 'How many rows that were. [public]';
comment on column verification.batch.wrong_rows   is 'How many of them could not be checked. [public]';
comment on column verification.batch.result_bytes is 'How long the result is by now. [public]';
comment on column verification.batch.error_bytes  is 'How long the file of errors is by now. [public]';
comment on column verification.batch.waits_until  is 'Until when it waits for quota. [public]';
comment on column verification.batch.made_at      is 'When it was begun. [public]';
comment on column verification.batch.changed_at   is 'When it last moved. [public]';
comment on column verification.batch.ends_at      is 'When its files are deleted, if the party has not done so before. [public]';

create table verification.piece (
  batch_id uuid    not null,
  kind     text    not null check (kind in ('input', 'result', 'errors')),
  at_byte  bigint  not null check (at_byte >= 0),
  bytes    integer not null check (bytes > 0),
  sealed   bytea   not null,
  primary key (batch_id, kind, at_byte)
);
alter table verification.piece alter column sealed set storage external;
comment on table  verification.piece          is 'What was sent of a batch, what came of it, and its errors, in pieces. Of the input each is deleted in the transaction in which its last row is answered.';
comment on column verification.piece.batch_id is 'Of which batch. [public]';
comment on column verification.piece.kind     is 'input, result or errors. [public]';
comment on column verification.piece.at_byte  is 'Where in it the piece begins. [public]';
comment on column verification.piece.bytes    is 'How long the piece is. [public]';
comment on column verification.piece.sealed   is 'The piece: AES-256-GCM under the house''s key outside the database. [secret]';

alter table verification.wrong enable row level security;
alter table verification.wrong force  row level security;
alter table verification.tally enable row level security;
alter table verification.tally force  row level security;
alter table verification.batch enable row level security;
alter table verification.batch force  row level security;
alter table verification.piece enable row level security;
alter table verification.piece force  row level security;

-- Whoever may see a person may see who guessed about them.
create policy scope on verification.wrong to dinhdanh_application
  using ((select platform.sees_house())
    or exists (select from register.person_scope s where s.person_id = wrong.person_id offset 0));
create policy house on verification.tally to dinhdanh_application using ((select platform.sees_house())) with check ((select platform.sees_house()));
create policy house on verification.batch to dinhdanh_application using ((select platform.sees_house())) with check ((select platform.sees_house()));
create policy house on verification.piece to dinhdanh_application using ((select platform.sees_house())) with check ((select platform.sees_house()));
create policy maintenance on verification.wrong to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on verification.tally to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on verification.batch to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on verification.piece to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update, delete on all tables in schema verification to dinhdanh_application, dinhdanh_maintenance;

/*
 * Who holds each of some numbers, what this client got wrong about them today, and what it asked at all: a row for each number that was asked, in their order.
 * What is wrong about one person is counted one after another: a hundred guesses at once are a hundred guesses. So each number is held, in their order, to the
 * end of the transaction; of a whole batch's thousands the client is, since the server has no room for as many locks.
 * It runs as maintenance, and answers to who sees the house anyway: the policies of four tables cost more than what they guard. Its plan is made once a
 * connection: made anew each time, it takes a hundred times as long as what it plans.
 */
create function verification.find(asked text[], by_client text, today date, held text)
returns table (number text, person_id uuid, number_state text, full_name text, birth_y smallint, birth_m smallint, birth_d smallint, sex text, life_status text,
               wrongs integer, free_at timestamptz, stopped boolean, wrongs_of_all integer, client_asked bigint, client_wrong bigint, client_wrong_at timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as
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
    from verification.wrong o where o.person_id = i.person_id and o.on_day = today) w on true
  order by a.place;
end
$$;
comment on function verification.find is 'Who holds some numbers, and what a client got wrong about them today.';

-- Keeps what a work's answers changed: how often the client asked and was wrong, and about whom, as it now stands; refusals are added.
create function verification.count(by_client text, today date, at timestamptz, asked_more bigint, wrong_more bigint,
                                   about uuid[], wrongs_now integer[], refused_more integer[], free_from timestamptz[], stopped_from timestamptz[])
returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as
$$
begin
  if asked_more > 0 then
    insert into verification.tally as known (client_id, on_day, hand, asked, wrong, wrong_at)
    values (by_client, today, (pg_backend_pid() % 1024)::smallint, asked_more, wrong_more, case when wrong_more > 0 then at end)
    on conflict (client_id, on_day, hand) do update set
      asked = known.asked + excluded.asked, wrong = known.wrong + excluded.wrong, wrong_at = coalesce(excluded.wrong_at, known.wrong_at);
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
end
$$;
comment on function verification.count is 'Keeps what a work''s answers changed of the counts of guesses.';

grant create on schema verification to dinhdanh_maintenance;
alter function verification.find(text[], text, date, text) owner to dinhdanh_maintenance;
alter function verification.count(text, date, timestamptz, bigint, bigint, uuid[], integer[], integer[], timestamptz[], timestamptz[]) owner to dinhdanh_maintenance;
revoke create on schema verification from dinhdanh_maintenance;
revoke execute on function verification.find(text[], text, date, text),
  verification.count(text, date, timestamptz, bigint, bigint, uuid[], integer[], integer[], timestamptz[], timestamptz[]) from public;
grant execute on function verification.find(text[], text, date, text),
  verification.count(text, date, timestamptz, bigint, bigint, uuid[], integer[], integer[], timestamptz[], timestamptz[])
  to dinhdanh_application, dinhdanh_maintenance;

-- Readings by the thousand, by a plan that is made once a connection; the policies of audit.access hold as ever.
create function audit.note_readings(batch uuid, noted_at timestamptz, kind text, who text, in_unit uuid, why text,
                                    whose uuid[], ids uuid[], field_lists text[], list_of smallint[], requests text[])
returns void language plpgsql volatile set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as
$$
begin
  insert into audit.access (person_id, id, batch_id, at, by_kind, by_id, unit_id, purpose, fields, request_id)
  select r.person_id, r.id, batch, noted_at, kind, who, in_unit, why, field_lists[r.list], r.request_id
  from unnest(whose, ids, list_of, requests) as r (person_id, id, list, request_id);
end
$$;
comment on function audit.note_readings is 'Notes many readings of one work.';
grant execute on function audit.note_readings(uuid, timestamptz, text, text, uuid, text, uuid[], uuid[], text[], smallint[], text[])
  to dinhdanh_application, dinhdanh_maintenance;

-- A request of the API has its token and nothing else: it is found by exact hash, whatever the work sees otherwise.
create function signin.api_tokens(hashes bytea[]) returns table (id_hash bytea, payload jsonb, expires_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as
$$
begin
  return query select a.id_hash, a.payload, a.expires_at from signin.artifact a where a.kind = 'ClientCredentials' and a.id_hash = any (hashes);
end
$$;
comment on function signin.api_tokens is 'Access tokens of relying parties for the house''s API, by the hash of what their bearer holds.';
grant create on schema signin to dinhdanh_maintenance;
alter function signin.api_tokens(bytea[]) owner to dinhdanh_maintenance;
revoke create on schema signin from dinhdanh_maintenance;
revoke execute on function signin.api_tokens(bytea[]) from public;
grant execute on function signin.api_tokens(bytea[]) to dinhdanh_application, dinhdanh_maintenance;

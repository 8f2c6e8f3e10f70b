-- What a work read is sealed in its own transaction: one entry with the number and the hash of its readings, under a key that the database does not know, in one of
-- sixteen chains of entries (16 to 31) beside the sixteen of deeds. Readings of before stay in the batches that deeds `access.sealed` seal.

alter table audit.head drop constraint head_chain_check;
alter table audit.head add constraint head_chain_check check (chain between 0 and 31);
insert into audit.head (chain, seq, seal) select chain, 0, decode(repeat('00', 32), 'hex') from generate_series(16, 31) as chain;
comment on table  audit.head       is 'The last seal of each chain; locked while a work seals its deeds or its readings.';
comment on column audit.head.chain is 'Which chain: 0 to 15 of deeds, 16 to 31 of entries of readings. [public]';

create table audit.reading_entry (
  chain   smallint    not null check (chain between 16 and 31),
  seq     bigint      not null check (seq > 0),
  work_id uuid        not null,
  at      timestamptz not null,
  count   integer     not null check (count > 0),
  digest  bytea       not null check (length(digest) = 32),
  mac     bytea       not null check (length(mac) = 32),
  seal    bytea       not null check (length(seal) = 32),
  primary key (chain, seq)
);
create unique index reading_entry_by_work on audit.reading_entry (work_id);

comment on table  audit.reading_entry         is 'What one work read: how many readings and their hash, in the order of its chain.';
comment on column audit.reading_entry.chain   is 'One of sixteen, by hash of the work''s id. [public]';
comment on column audit.reading_entry.seq     is 'Place in the chain, without gaps. [public]';
comment on column audit.reading_entry.work_id is 'The transaction that read; its readings have it as their batch. [public]';
comment on column audit.reading_entry.at      is 'The work''s moment. [public]';
comment on column audit.reading_entry.count   is 'How many readings. [public]';
comment on column audit.reading_entry.digest  is 'SHA-256 over the canonical forms of its readings in the order of their places. [public]';
comment on column audit.reading_entry.mac     is 'HMAC-SHA-256 over work, moment, count and digest, under a key of the installation that lies outside the database. [public]';
comment on column audit.reading_entry.seal    is 'SHA-256 over the seal before and this entry. [public]';

grant select, insert on audit.reading_entry to dinhdanh_app, dinhdanh_maintenance;

alter table audit.access add column place integer check (place > 0);
create index access_by_time on audit.access using brin (at);
comment on column audit.access.batch_id is 'The work that read, whose entry seals its readings; of a reading without a place, the batch that a Merkle root seals. [public]';
comment on column audit.access.place    is 'Which of the work''s readings it is, from 1; empty where it was noted before works sealed their readings. [public]';

-- Readings that the rule of retention no longer keeps are removed by maintenance alone; their month's root stays.
grant delete on audit.access to dinhdanh_maintenance;

create table audit.kept_heads (
  one  boolean     not null default true primary key check (one),
  line bigint      not null,
  hash bytea       not null check (length(hash) = 32),
  at   timestamptz
);
insert into audit.kept_heads (line, hash) values (0, decode(repeat('00', 32), 'hex'));
comment on table  audit.kept_heads      is 'The last line of the file of heads: a file that was cut or set back is told by it.';
comment on column audit.kept_heads.one  is 'Always true: there is one row. [public]';
comment on column audit.kept_heads.line is 'The number of the line. [public]';
comment on column audit.kept_heads.hash is 'The hash over all lines up to it. [public]';
comment on column audit.kept_heads.at   is 'When it was written; empty where none was. [public]';
grant select, update on audit.kept_heads to dinhdanh_app, dinhdanh_maintenance;

drop function audit.note_readings(uuid, timestamptz, text, text, uuid, text, uuid[], uuid[], text[], smallint[], text[]);
create function audit.note_readings(work uuid, noted_at timestamptz, kind text, who text, in_unit uuid, why text, first_place integer,
                                    whose uuid[], ids uuid[], field_lists text[], list_of smallint[], requests text[])
returns void language plpgsql volatile set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as
$$
begin
  insert into audit.access (person_id, id, batch_id, place, at, by_kind, by_id, unit_id, purpose, fields, request_id)
  select r.person_id, r.id, work, (first_place + r.nth - 1)::integer, noted_at, kind, who, in_unit, why, field_lists[r.list], r.request_id
  from unnest(whose, ids, list_of, requests) with ordinality as r (person_id, id, list, request_id, nth);
end
$$;
comment on function audit.note_readings is 'Notes many readings of one work.';

-- One statement, so that the chain is locked for as short as can be: everybody who reads comes through here.
create function audit.seal_readings(in_chain smallint, work uuid, at_ms bigint, how_many integer, rows_digest bytea, rows_mac bytea,
                                    out seq bigint, out seal bytea)
language plpgsql volatile set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as
$$
begin
  select h.seq + 1, h.seal into strict seq, seal from audit.head h where h.chain = in_chain for update;
  seal := sha256(seal || convert_to(concat_ws('|', in_chain, seq, work, at_ms, how_many, encode(rows_digest, 'hex'), encode(rows_mac, 'hex')), 'UTF8'));
  insert into audit.reading_entry (chain, seq, work_id, at, count, digest, mac, seal)
  values (in_chain, seq, work, timestamptz 'epoch' + at_ms * interval '1 millisecond', how_many, rows_digest, rows_mac, seal);
  update audit.head h set seq = seal_readings.seq, seal = seal_readings.seal where h.chain = in_chain;
end
$$;
comment on function audit.seal_readings is 'Seals what a work read at the end of a chain of entries.';
revoke execute on function audit.note_readings(uuid, timestamptz, text, text, uuid, text, integer, uuid[], uuid[], text[], smallint[], text[]),
  audit.seal_readings(smallint, uuid, bigint, integer, bytea, bytea) from public;
grant execute on function audit.note_readings(uuid, timestamptz, text, text, uuid, text, integer, uuid[], uuid[], text[], smallint[], text[]),
  audit.seal_readings(smallint, uuid, bigint, integer, bytea, bytea) to dinhdanh_app, dinhdanh_maintenance;

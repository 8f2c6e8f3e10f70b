-- Sixteen chains of deeds, each sealed over the one before; the readings of personal data, sealed by batches.

create schema audit;

create table audit.deed (
  chain        smallint    not null check (chain between 0 and 15),
  seq          bigint      not null check (seq > 0),
  id           uuid        not null,
  work_id      uuid        not null,
  at           timestamptz not null,
  day          date        not null,
  by_kind      text        not null check (by_kind in ('officer', 'citizen', 'party', 'class-link', 'station', 'operator', 'system')),
  by_id        text        not null,
  on_behalf_of text,
  purpose      text        not null,
  deed         text        not null check (deed ~ '^[a-z-]+\.[a-z-]+$'),
  subject_kind text        not null,
  subject_id   text        not null,
  person_id    uuid,
  unit_id      uuid,
  facts        jsonb       not null,
  seal         bytea       not null check (length(seal) = 32),
  primary key (chain, seq)
);
create index deed_by_subject on audit.deed (subject_id, at);
create index deed_by_person  on audit.deed (person_id, at) where person_id is not null;
create index deed_by_unit    on audit.deed (unit_id, day) where unit_id is not null;

comment on table  audit.deed              is 'Every change, in the order of its chain.';
comment on column audit.deed.chain        is 'One of sixteen, by hash of the work''s id. [public]';
comment on column audit.deed.seq          is 'Place in the chain, without gaps. [public]';
comment on column audit.deed.id           is 'The deed. [public]';
comment on column audit.deed.work_id      is 'The transaction that did it. [public]';
comment on column audit.deed.at           is 'The work''s moment. [public]';
comment on column audit.deed.day          is 'The house''s day. [public]';
comment on column audit.deed.by_kind      is 'What kind of actor answers for it. [public]';
comment on column audit.deed.by_id        is 'Who answers for it. [personal]';
comment on column audit.deed.on_behalf_of is 'For whom it was done. [personal]';
comment on column audit.deed.purpose      is 'Why. [public]';
comment on column audit.deed.deed         is 'What was done, noun.past. [public]';
comment on column audit.deed.subject_kind is 'To what kind of thing. [public]';
comment on column audit.deed.subject_id   is 'To which thing. [public]';
comment on column audit.deed.person_id    is 'The person whom it concerns. [personal]';
comment on column audit.deed.unit_id      is 'The unit in which it counts. [public]';
comment on column audit.deed.facts        is 'What else is to be remembered; old and new values. [personal]';
comment on column audit.deed.seal         is 'SHA-256 over the seal before and the canonical form of this row. [public]';

create table audit.head (
  chain smallint primary key check (chain between 0 and 15),
  seq   bigint   not null,
  seal  bytea    not null check (length(seal) = 32)
);
insert into audit.head (chain, seq, seal) select chain, 0, decode(repeat('00', 32), 'hex') from generate_series(0, 15) as chain;

comment on table  audit.head       is 'The last seal of each chain; locked while a work seals its deeds.';
comment on column audit.head.chain is 'Which chain. [public]';
comment on column audit.head.seq   is 'Its last place. [public]';
comment on column audit.head.seal  is 'Its last seal. [public]';

create table audit.access (
  person_id  uuid        not null,
  id         uuid        not null,
  batch_id   uuid        not null,
  at         timestamptz not null,
  by_kind    text        not null,
  by_id      text        not null,
  unit_id    uuid,
  purpose    text        not null,
  fields     text        not null,
  request_id text,
  primary key (person_id, id)
);
create index access_by_batch  on audit.access (batch_id);
create index access_by_reader on audit.access (by_id, at);

comment on table  audit.access            is 'Who read whose data, when and why (kept at least five years: NĐ59/2022 Art. 21).';
comment on column audit.access.person_id  is 'Whose data were read. [personal]';
comment on column audit.access.id         is 'The reading. [public]';
comment on column audit.access.batch_id   is 'The batch that a Merkle root seals. [public]';
comment on column audit.access.at         is 'When. [public]';
comment on column audit.access.by_kind    is 'What kind of actor read. [public]';
comment on column audit.access.by_id      is 'Who read. [personal]';
comment on column audit.access.unit_id    is 'In which unit they acted. [public]';
comment on column audit.access.purpose    is 'Why. [public]';
comment on column audit.access.fields     is 'Which groups of fields, separated by commas. [public]';
comment on column audit.access.request_id is 'The request it was done for. [public]';

alter table audit.deed   enable row level security;
alter table audit.deed   force  row level security;
alter table audit.access enable row level security;
alter table audit.access force  row level security;

create policy house       on audit.deed   to dinhdanh_application using ((select platform.sees_house()));
create policy unit        on audit.deed   for select to dinhdanh_application using (unit_id = any ((select platform.scope())::uuid[]));
create policy written     on audit.deed   for insert to dinhdanh_application with check (true);
create policy maintenance on audit.deed   to dinhdanh_maintenance using (true) with check (true);
create policy house       on audit.access to dinhdanh_application using ((select platform.sees_house()));
create policy unit        on audit.access for select to dinhdanh_application using (unit_id = any ((select platform.scope())::uuid[]));
create policy written     on audit.access for insert to dinhdanh_application with check (true);
create policy maintenance on audit.access to dinhdanh_maintenance using (true) with check (true);

grant usage on schema audit to dinhdanh_application, dinhdanh_maintenance;
grant select, insert on audit.deed, audit.access to dinhdanh_application, dinhdanh_maintenance;
grant select, update on audit.head to dinhdanh_application, dinhdanh_maintenance;

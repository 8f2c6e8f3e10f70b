-- An engine of somebody else's searches captured people among all others: by which reference it knows a capture, and
-- the addresses at which it fetches the pictures.

create table enrolment.engine_reference (
  id             uuid        not null primary key,
  person_id      uuid        not null,
  application_id uuid        not null,
  packet_hash    text        not null,
  state          text        not null check (state in ('given', 'ended')),
  at             timestamptz not null
);
create unique index engine_reference_given on enrolment.engine_reference (application_id) where state = 'given';
create index engine_reference_by_person on enrolment.engine_reference (person_id);
create index engine_reference_ended on enrolment.engine_reference (at) where state = 'ended';
comment on table  enrolment.engine_reference                is 'By what the engine that searches people knows a capture.';
comment on column enrolment.engine_reference.id             is 'What the engine is told, and nothing else of the person. [public]';
comment on column enrolment.engine_reference.person_id      is 'Whose pictures. [personal]';
comment on column enrolment.engine_reference.application_id is 'Of which application. [public]';
comment on column enrolment.engine_reference.packet_hash    is 'Of which capture of it. [public]';
comment on column enrolment.engine_reference.state          is 'given: the engine may have it. ended: the engine has still to let go of it. [public]';
comment on column enrolment.engine_reference.at             is 'Since when it is in this state. [public]';

create table enrolment.engine_address (
  token_hash   text        not null primary key,
  reference_id uuid        not null references enrolment.engine_reference on delete cascade,
  expires_at   timestamptz not null
);
create index engine_address_by_reference on enrolment.engine_address (reference_id);
create index engine_address_by_end on enrolment.engine_address (expires_at);
comment on table  enrolment.engine_address              is 'Addresses at which the engine fetches pictures, each once.';
comment on column enrolment.engine_address.token_hash   is 'SHA-256 of the last part of the address. [secret]';
comment on column enrolment.engine_address.reference_id is 'Of which reference the pictures are. [public]';
comment on column enrolment.engine_address.expires_at   is 'From when on it opens nothing. [public]';

alter table enrolment.engine_reference enable row level security;
alter table enrolment.engine_reference force row level security;
create policy visible on enrolment.engine_reference to dinhdanh_app
  using ((select platform.sees_house())) with check ((select platform.sees_house()));
create policy maintenance on enrolment.engine_reference to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update, delete on enrolment.engine_reference to dinhdanh_app, dinhdanh_maintenance;

alter table enrolment.engine_address enable row level security;
alter table enrolment.engine_address force row level security;
create policy visible on enrolment.engine_address to dinhdanh_app
  using ((select platform.sees_house())) with check ((select platform.sees_house()));
create policy maintenance on enrolment.engine_address to dinhdanh_maintenance using (true) with check (true);
grant select, insert, delete on enrolment.engine_address to dinhdanh_app;
grant select, insert, update, delete on enrolment.engine_address to dinhdanh_maintenance;

alter table enrolment.finding drop constraint finding_kind_check;
alter table enrolment.finding add constraint finding_kind_check check (kind in (
  'data', 'duplicate', 'portrait', 'fingerprints', 'signature', 'clock', 'face-match', 'face-duplicate',
  'biometric-duplicate'));

create index finding_unsearched on enrolment.finding (at)
  where kind = 'biometric-duplicate' and decided_by is null
    and facts ->> 'why' in ('no-search-engine', 'engine-unanswered', 'search-waiting');

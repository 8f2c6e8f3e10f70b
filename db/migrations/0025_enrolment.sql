-- Applications for cards: stations and their packets, what an application goes through, who checked and decided, and what got stuck on the way.

create schema enrolment;
grant usage on schema enrolment to dinhdanh_application, dinhdanh_maintenance;

-- Stations -----------------------------------------------------------------------------------------------------------

create table enrolment.station (
  id             uuid not null primary key,
  unit_id        uuid not null,
  code           text not null check (code <> ''),
  name           text not null check (name <> ''),
  public_key     jsonb not null,
  thumbprint     text not null check (thumbprint <> ''),
  registered_by  text not null,
  registered_at  timestamptz not null,
  revoked_at     timestamptz,
  revoked_by     text,
  revoked_reason text,
  head           integer not null default 0 check (head >= 0),
  head_hash      bytea check (length(head_hash) = 32),
  told_at        timestamptz,
  clock_off      integer,
  check ((revoked_at is null) = (revoked_by is null) and (revoked_at is null) = (revoked_reason is null)),
  check ((head = 0) = (head_hash is null))
);
create unique index one_station_a_key on enrolment.station (thumbprint);
create unique index one_station_a_code on enrolment.station (unit_id, code);
comment on table  enrolment.station                is 'A browser or laptop at which applications are captured, by the key that it signs with.';
comment on column enrolment.station.id             is 'The station. [public]';
comment on column enrolment.station.unit_id        is 'Whose it is. [public]';
comment on column enrolment.station.code           is 'What people call it; packets are numbered after it. [public]';
comment on column enrolment.station.name           is 'What the officers call it. [public]';
comment on column enrolment.station.public_key     is 'The public key of its signatures, P-256, as a JWK. [public]';
comment on column enrolment.station.thumbprint     is 'RFC 7638 thumbprint of the key. [public]';
comment on column enrolment.station.registered_by  is 'Who registered it. [personal]';
comment on column enrolment.station.registered_at  is 'When. [public]';
comment on column enrolment.station.revoked_at     is 'Since when nothing that it seals is taken. [public]';
comment on column enrolment.station.revoked_by     is 'Who revoked it. [personal]';
comment on column enrolment.station.revoked_reason is 'Why. [public]';
comment on column enrolment.station.head           is 'The number of the last packet that it told of; 0 = none. [public]';
comment on column enrolment.station.head_hash      is 'The hash of that packet. [public]';
comment on column enrolment.station.told_at        is 'When it last told what it holds. [public]';
comment on column enrolment.station.clock_off      is 'By how many seconds its clock was ahead then. [public]';

create table enrolment.station_number (
  unit_id uuid not null primary key,
  last    integer not null check (last > 0)
);
comment on table  enrolment.station_number         is 'The number of the last station of each unit.';
comment on column enrolment.station_number.unit_id is 'The unit. [public]';
comment on column enrolment.station_number.last    is 'The number. [public]';

create table enrolment.officer_grant (
  id         uuid not null primary key,
  officer_id uuid not null,
  unit_id    uuid not null,
  station_id uuid not null references enrolment.station (id),
  given_at   timestamptz not null,
  until      timestamptz not null,
  check (given_at < until)
);
create index officer_grant_by_station on enrolment.officer_grant (station_id);
comment on table  enrolment.officer_grant            is 'That an officer may capture at a station for some days, without a line.';
comment on column enrolment.officer_grant.id         is 'The grant. [public]';
comment on column enrolment.officer_grant.officer_id is 'Who. [personal]';
comment on column enrolment.officer_grant.unit_id    is 'In which unit''s name. [public]';
comment on column enrolment.officer_grant.station_id is 'Where. [public]';
comment on column enrolment.officer_grant.given_at   is 'From when. [public]';
comment on column enrolment.officer_grant.until      is 'Until when. [public]';

-- Packets: what a station told of is known before it is here --------------------------------------------------------------

create table enrolment.packet (
  station_id     uuid not null,
  hash           bytea not null check (length(hash) = 32),
  unit_id        uuid not null,
  counter        integer not null check (counter > 0),
  previous       bytea check (length(previous) = 32),
  application_id uuid not null,
  session_id     uuid,
  bytes          integer not null check (bytes > 0),
  sealed_at      timestamptz not null,
  state          text not null check (state in ('told', 'received', 'held', 'landed', 'refused', 'set-aside')),
  chain          text not null default 'open' check (chain in ('open', 'linked', 'broken')),
  problem        text,
  facts          jsonb,
  told_at        timestamptz not null,
  received_at    timestamptz,
  landed_at      timestamptz,
  word           text,
  person_id      uuid,
  decided_by     text,
  decided_at     timestamptz,
  reason         text,
  primary key (station_id, hash),
  foreign key (station_id) references enrolment.station (id),
  check ((state in ('received', 'held', 'landed', 'set-aside')) = (received_at is not null)),
  check ((state in ('received', 'held', 'landed', 'set-aside')) = (word is not null)),
  check ((state = 'landed') = (landed_at is not null)),
  check (state not in ('held', 'refused') or problem is not null),
  check ((decided_by is null) = (decided_at is null))
);
-- A number belongs to one packet that became an application by itself; a second of the same number is held, and lands only on an officer's word.
create unique index one_landed_packet_a_number on enrolment.packet (station_id, counter) where state = 'landed' and decided_by is null;
create index packet_by_counter on enrolment.packet (station_id, counter);
create index packet_by_application on enrolment.packet (application_id);
create index packet_that_waits on enrolment.packet (unit_id, told_at) where state in ('told', 'received', 'held', 'refused');
comment on table  enrolment.packet                is 'A packet of a station: told of, here, held for a person, or become an application.';
comment on column enrolment.packet.station_id     is 'Of which station. [public]';
comment on column enrolment.packet.hash           is 'SHA-256 of the whole packet. [public]';
comment on column enrolment.packet.unit_id        is 'The station''s unit. [public]';
comment on column enrolment.packet.counter        is 'Its number at the station. [public]';
comment on column enrolment.packet.previous       is 'The hash of the packet before; empty for the first, and while it is not here. [public]';
comment on column enrolment.packet.application_id is 'To which application it belongs. [public]';
comment on column enrolment.packet.session_id     is 'At which session it was captured. [public]';
comment on column enrolment.packet.bytes          is 'How long it is. [public]';
comment on column enrolment.packet.sealed_at      is 'When, by the station''s clock. [public]';
comment on column enrolment.packet.state          is 'told (the station has it), received, held (a person must look first), landed, refused (it stays at the station), set-aside (decided to be none). [public]';
comment on column enrolment.packet.chain          is 'Whether the packet before is here and is the one that it names. [public]';
comment on column enrolment.packet.problem        is 'Why it is held or refused. [public]';
comment on column enrolment.packet.facts          is 'What belongs to that; nothing personal. [public]';
comment on column enrolment.packet.told_at        is 'When the house first knew of it. [public]';
comment on column enrolment.packet.received_at    is 'When it was here whole. [public]';
comment on column enrolment.packet.landed_at      is 'When an application came of it. [public]';
comment on column enrolment.packet.word           is 'The house''s signed word that it holds it. [public]';
comment on column enrolment.packet.person_id      is 'Who it turned out to be. [personal]';
comment on column enrolment.packet.decided_by     is 'Who released it or set it aside. [personal]';
comment on column enrolment.packet.decided_at     is 'When. [public]';
comment on column enrolment.packet.reason         is 'Why. [personal]';

create table enrolment.packet_piece (
  station_id uuid    not null,
  hash       bytea   not null,
  at         integer not null check (at >= 0),
  unit_id    uuid    not null,
  body       bytea   not null,
  primary key (station_id, hash, at)
);
alter table enrolment.packet_piece alter column body set storage external;
comment on table  enrolment.packet_piece            is 'Pieces of a packet that is still arriving.';
comment on column enrolment.packet_piece.station_id is 'Of which station. [public]';
comment on column enrolment.packet_piece.hash       is 'Of which packet. [public]';
comment on column enrolment.packet_piece.at         is 'From which byte on. [public]';
comment on column enrolment.packet_piece.unit_id    is 'The station''s unit. [public]';
comment on column enrolment.packet_piece.body       is 'The bytes, encrypted to the centre. [secret]';

create table enrolment.packet_body (
  station_id uuid  not null,
  hash       bytea not null,
  unit_id    uuid  not null,
  body       bytea not null,
  primary key (station_id, hash)
);
alter table enrolment.packet_body alter column body set storage external;
comment on table  enrolment.packet_body            is 'Packets as they came, encrypted to the centre: pictures and fingerprints lie nowhere else until a card is ordered.';
comment on column enrolment.packet_body.station_id is 'Of which station. [public]';
comment on column enrolment.packet_body.hash       is 'Which packet. [public]';
comment on column enrolment.packet_body.unit_id    is 'The station''s unit. [public]';
comment on column enrolment.packet_body.body       is 'The bytes, encrypted to the centre. [secret]';

-- Applications -------------------------------------------------------------------------------------------------------

create table enrolment.legal_move (
  from_state text not null,
  to_state   text not null,
  primary key (from_state, to_state)
);
comment on table  enrolment.legal_move            is 'From which state an application may go to which (src/enrolment/application.ts has the same table).';
comment on column enrolment.legal_move.from_state is 'From. [public]';
comment on column enrolment.legal_move.to_state   is 'To. [public]';

insert into enrolment.legal_move (from_state, to_state)
select f, unnest(string_to_array(t, ' ')) from (values
  ('draft',              'data-check refused cancelled'),
  ('data-check',         'correction-pending captured submitted refused cancelled'),
  ('correction-pending', 'data-check refused cancelled'),
  ('captured',           'data-check signed cancelled'),
  ('signed',             'submitted cancelled'),
  ('submitted',          'sent-to-centre returned data-check correction-pending refused cancelled'),
  ('sent-to-centre',     'approved returned refused cancelled'),
  ('returned',           'recapture correction-pending data-check refused cancelled'),
  ('recapture',          'captured refused cancelled'),
  ('approved',           'printed cancelled'),
  ('printed',            'shipped at-unit lost-in-transit'),
  ('shipped',            'at-unit lost-in-transit'),
  ('at-unit',            'dispatched handed-over lost-in-transit'),
  ('dispatched',         'at-unit handed-over lost-in-transit'),
  ('lost-in-transit',    'reprint at-unit'),
  ('reprint',            'printed cancelled')) as m (f, t);

create table enrolment.application (
  person_id        uuid not null,
  id               uuid not null,
  kind             text not null check (kind in ('first-issue', 'exchange', 're-issue')),
  reason           text not null check (reason <> ''),
  form_code        text not null check (form_code <> ''),
  form_version     text not null check (form_version <> ''),
  state            text not null,
  unit_id          uuid not null,
  session_id       uuid,
  source           text not null check (source in ('counter', 'roster', 'walk-in')),
  capture          text not null check (capture in ('none', 'here', 'elsewhere')),
  station_id       uuid,
  packet_hash      bytea,
  captured_by      text,
  captured_at      timestamptz,
  signed_by        text check (signed_by in ('self', 'representative')),
  signer           jsonb,
  signed_at        timestamptz,
  card_id          uuid,
  account_id       uuid,
  account_problem  text,
  correction_id    uuid,
  submitted_on     date,
  due_on           date,
  campaign_due_on  date,
  returned_reason  text,
  returned_note    text,
  acts_unit_id     uuid,
  act_by           date,
  merged_into      uuid,
  begun_on         date not null,
  changed_at       timestamptz not null,
  version          integer not null default 1,
  primary key (person_id, id),
  check ((capture = 'here') = (station_id is not null)),
  check ((station_id is null) = (packet_hash is null)),
  check ((capture = 'none') = (captured_at is null)),
  check ((submitted_on is null) = (due_on is null)),
  -- What was not captured and signed is not sent on; what waits for nobody has nobody who must act.
  check (state not in ('sent-to-centre', 'approved', 'printed', 'shipped', 'at-unit', 'dispatched', 'handed-over', 'lost-in-transit', 'reprint') or (captured_at is not null and submitted_on is not null)),
  check (state not in ('approved', 'printed', 'shipped', 'at-unit', 'dispatched', 'handed-over', 'lost-in-transit', 'reprint') or card_id is not null),
  check ((state = 'returned') <= (returned_reason is not null and acts_unit_id is not null and act_by is not null)),
  check (merged_into is null or state = 'cancelled')
);
-- A person has one application under way; it ends before another begins. One that arrives beside it is kept in state data-check as its duplicate.
create unique index one_application_on_the_way on enrolment.application (person_id)
  where state in ('signed', 'submitted', 'sent-to-centre', 'returned', 'recapture', 'approved', 'printed', 'shipped', 'at-unit', 'dispatched', 'lost-in-transit', 'reprint');
create index application_by_id on enrolment.application (id);
create index application_by_urgency on enrolment.application (state, (coalesce(least(due_on, campaign_due_on), date '9999-12-31')), id);
create index application_by_card on enrolment.application (card_id);
create index application_by_unit on enrolment.application (unit_id, begun_on);
create index application_by_session on enrolment.application (session_id) where session_id is not null;
create index application_that_waits on enrolment.application (state, due_on)
  where state in ('draft', 'data-check', 'correction-pending', 'captured', 'signed', 'submitted', 'sent-to-centre', 'returned', 'recapture');
create index application_by_correction on enrolment.application (correction_id) where correction_id is not null;
comment on table  enrolment.application                 is 'An application for a card, and with it for an account, from the first word to the card in the hand.';
comment on column enrolment.application.person_id       is 'Whose. [personal]';
comment on column enrolment.application.id              is 'The application. [public]';
comment on column enrolment.application.kind            is 'First issue, exchange or re-issue. [public]';
comment on column enrolment.application.reason          is 'Why, by the law of the day. [personal]';
comment on column enrolment.application.form_code       is 'The form that was signed. [public]';
comment on column enrolment.application.form_version    is 'Of which circular: one code has meant different forms. [public]';
comment on column enrolment.application.state           is 'Where it is; a move of legal_move brought it there. [public]';
comment on column enrolment.application.unit_id         is 'The unit that took it. [public]';
comment on column enrolment.application.session_id      is 'The session at which it was taken. [public]';
comment on column enrolment.application.source          is 'At a counter, from a session''s list, or a walk-in. [public]';
comment on column enrolment.application.capture         is 'Whether face, fingers and signature were taken here, elsewhere, or not yet. [public]';
comment on column enrolment.application.station_id      is 'By which station. [public]';
comment on column enrolment.application.packet_hash     is 'In which of its packets. [public]';
comment on column enrolment.application.captured_by     is 'By which officer: nobody approves what they captured. [personal]';
comment on column enrolment.application.captured_at     is 'When, by the clock that was there. [public]';
comment on column enrolment.application.signed_by       is 'The citizen, or a representative. [public]';
comment on column enrolment.application.signer          is 'Who, where it is a representative: name, relation, number, evidence. [personal]';
comment on column enrolment.application.signed_at       is 'When. [public]';
comment on column enrolment.application.card_id         is 'The card that is applied for. [public]';
comment on column enrolment.application.account_id      is 'The account that was asked for with it. [public]';
comment on column enrolment.application.account_problem is 'Why none could be, where one was asked for. [public]';
comment on column enrolment.application.correction_id   is 'The correction that must be decided first. [public]';
comment on column enrolment.application.submitted_on    is 'The day from which the law''s limit counts: the application was complete. [public]';
comment on column enrolment.application.due_on          is 'The last day of that limit. [public]';
comment on column enrolment.application.campaign_due_on is 'The day by which its campaign needs the card in the hand. [public]';
comment on column enrolment.application.returned_reason is 'Why it was sent back last. [public]';
comment on column enrolment.application.returned_note   is 'The same in words. [personal]';
comment on column enrolment.application.acts_unit_id    is 'Who must act on it. [public]';
comment on column enrolment.application.act_by          is 'By when. [public]';
comment on column enrolment.application.merged_into     is 'Into which application of the same person. [public]';
comment on column enrolment.application.begun_on        is 'The house''s day on which it began. [public]';
comment on column enrolment.application.changed_at      is 'When it last changed. [public]';
comment on column enrolment.application.version         is 'Grows with each change. [public]';

create table enrolment.application_move (
  person_id      uuid not null,
  id             uuid not null,
  application_id uuid not null,
  seq            integer not null check (seq > 0),
  from_state     text not null,
  to_state       text not null,
  on_day         date not null,
  at             timestamptz not null,
  by_kind        text not null,
  by_id          text not null,
  reason         text,
  note           text,
  primary key (person_id, id),
  unique (person_id, application_id, seq),
  foreign key (from_state, to_state) references enrolment.legal_move (from_state, to_state)
);
comment on table  enrolment.application_move                is 'Each move of an application; none that is not legal.';
comment on column enrolment.application_move.person_id      is 'Whose. [personal]';
comment on column enrolment.application_move.id             is 'The move. [public]';
comment on column enrolment.application_move.application_id is 'Of which application. [public]';
comment on column enrolment.application_move.seq            is 'Its place among the application''s moves, from 1. [public]';
comment on column enrolment.application_move.from_state     is 'From. [public]';
comment on column enrolment.application_move.to_state       is 'To. [public]';
comment on column enrolment.application_move.on_day         is 'On which day of the house. [public]';
comment on column enrolment.application_move.at             is 'When. [public]';
comment on column enrolment.application_move.by_kind        is 'What kind of actor answers for it. [public]';
comment on column enrolment.application_move.by_id          is 'Who. [personal]';
comment on column enrolment.application_move.reason         is 'Why, as a code. [public]';
comment on column enrolment.application_move.note           is 'Why, in words. [personal]';

create table enrolment.finding (
  person_id      uuid not null,
  application_id uuid not null,
  kind           text not null check (kind in ('data', 'duplicate', 'portrait', 'fingerprints', 'signature', 'clock', 'face-match')),
  verdict        text not null check (verdict in ('good', 'doubtful', 'bad', 'not-done')),
  facts          jsonb not null default '{}',
  at             timestamptz not null,
  decided_by     text,
  decided_at     timestamptz,
  note           text,
  primary key (person_id, application_id, kind),
  check ((decided_by is null) = (decided_at is null))
);
comment on table  enrolment.finding                is 'What was found of an application, check by check; one that was not made is not-done, never good.';
comment on column enrolment.finding.person_id      is 'Whose. [personal]';
comment on column enrolment.finding.application_id is 'Of which application. [public]';
comment on column enrolment.finding.kind           is 'Which check. [public]';
comment on column enrolment.finding.verdict        is 'What came of it. [public]';
comment on column enrolment.finding.facts          is 'On what it rests: fields that differ, who is alike. [personal]';
comment on column enrolment.finding.at             is 'When. [public]';
comment on column enrolment.finding.decided_by     is 'The officer who settled a doubtful one. [personal]';
comment on column enrolment.finding.decided_at     is 'When. [public]';
comment on column enrolment.finding.note           is 'What they say of it. [personal]';

create table enrolment.proposal (
  person_id      uuid not null,
  id             uuid not null,
  application_id uuid not null,
  kind           text not null check (kind in ('refuse', 'merge')),
  reason         text not null check (reason <> ''),
  note           text,
  other_id       uuid,
  unit_id        uuid not null,
  proposed_by    text not null,
  proposed_at    timestamptz not null,
  state          text not null check (state in ('open', 'agreed', 'rejected', 'withdrawn')),
  decided_by     text,
  decided_at     timestamptz,
  primary key (person_id, id),
  -- Two people: nobody agrees to what they proposed themselves.
  constraint agreed_by_another check (state = 'withdrawn' or decided_by is distinct from proposed_by),
  check ((state = 'open') = (decided_by is null)),
  check ((kind = 'merge') = (other_id is not null))
);
create unique index one_open_proposal on enrolment.proposal (person_id, application_id) where state = 'open';
create index proposal_to_decide on enrolment.proposal (unit_id, proposed_at) where state = 'open';
comment on table  enrolment.proposal                is 'That an application be refused, or merged into another: one officer proposes, another agrees.';
comment on column enrolment.proposal.person_id      is 'Whose. [personal]';
comment on column enrolment.proposal.id             is 'The proposal. [public]';
comment on column enrolment.proposal.application_id is 'Of which application. [public]';
comment on column enrolment.proposal.kind           is 'Refuse or merge. [public]';
comment on column enrolment.proposal.reason         is 'Why, as a code. [public]';
comment on column enrolment.proposal.note           is 'Why, in words that the citizen reads. [personal]';
comment on column enrolment.proposal.other_id       is 'The application that stays. [public]';
comment on column enrolment.proposal.unit_id        is 'The unit of the application. [public]';
comment on column enrolment.proposal.proposed_by    is 'Who proposed it. [personal]';
comment on column enrolment.proposal.proposed_at    is 'When. [public]';
comment on column enrolment.proposal.state          is 'open, agreed, rejected or withdrawn. [public]';
comment on column enrolment.proposal.decided_by     is 'Who decided. [personal]';
comment on column enrolment.proposal.decided_at     is 'When. [public]';

create table enrolment.receipt_lookup (
  token_hash     bytea not null primary key check (length(token_hash) = 32),
  code           text not null,
  station_id     uuid,
  hash           bytea,
  application_id uuid not null,
  person_id      uuid,
  unit_id        uuid not null,
  given_at       timestamptz not null
);
create index receipt_by_application on enrolment.receipt_lookup (application_id);
create index receipt_by_code on enrolment.receipt_lookup (code);
comment on table  enrolment.receipt_lookup                is 'What a receipt opens. The token itself is on the paper alone.';
comment on column enrolment.receipt_lookup.token_hash     is 'SHA-256 of the token. [secret]';
comment on column enrolment.receipt_lookup.code           is 'The code that people read aloud. [public]';
comment on column enrolment.receipt_lookup.station_id     is 'Which station gave it. [public]';
comment on column enrolment.receipt_lookup.hash           is 'With which packet. [public]';
comment on column enrolment.receipt_lookup.application_id is 'For which application. [public]';
comment on column enrolment.receipt_lookup.person_id      is 'Whose, once it is known. [personal]';
comment on column enrolment.receipt_lookup.unit_id        is 'The unit that took it. [public]';
comment on column enrolment.receipt_lookup.given_at       is 'When. [public]';

-- Gaps ---------------------------------------------------------------------------------------------------------------

create table enrolment.gap (
  kind       text not null check (kind in ('counter-hole', 'captured-not-received', 'held', 'refused-packet', 'received-not-landed', 'chain-broken', 'received-not-approved', 'waits-for-correction',
                                           'returned-not-acted', 'approved-not-produced', 'produced-not-received', 'missing-from-box', 'received-not-handed-over')),
  subject    text not null check (subject <> ''),
  unit_id    uuid not null,
  person_id  uuid,
  since_on   date not null,
  due_on     date not null,
  facts      jsonb not null default '{}',
  seen_at    timestamptz not null,
  first_at   timestamptz not null,
  primary key (kind, subject)
);
create index gap_by_unit on enrolment.gap (unit_id, due_on);
comment on table  enrolment.gap           is 'What is stuck between two hands, as it was last looked for: each with who must act and by when.';
comment on column enrolment.gap.kind      is 'Between which hands. [public]';
comment on column enrolment.gap.subject   is 'The packet number, application or card that it is about. [public]';
comment on column enrolment.gap.unit_id   is 'Who must act. [public]';
comment on column enrolment.gap.person_id is 'Whose. [personal]';
comment on column enrolment.gap.since_on  is 'Since when. [public]';
comment on column enrolment.gap.due_on    is 'By when. [public]';
comment on column enrolment.gap.facts     is 'What belongs to it; nothing personal. [public]';
comment on column enrolment.gap.seen_at   is 'When it was last seen. [public]';
comment on column enrolment.gap.first_at  is 'When it was first seen. [public]';

-- Row-level security --------------------------------------------------------------------------------------------------

do $$
declare
  one text;
begin
  -- What a unit's stations do goes with the unit.
  foreach one in array array['station', 'station_number', 'officer_grant', 'packet', 'packet_piece', 'packet_body', 'gap']
  loop
    execute format('alter table enrolment.%I enable row level security', one);
    execute format('alter table enrolment.%I force  row level security', one);
    execute format($policy$
      create policy scope on enrolment.%1$I to dinhdanh_application
        using      ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))
        with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))$policy$, one);
    execute format('create policy maintenance on enrolment.%I to dinhdanh_maintenance using (true) with check (true)', one);
  end loop;
  -- What is a person's goes with the person, by residence or by an open case; the unit that took an application has one.
  foreach one in array array['application', 'application_move', 'finding', 'proposal']
  loop
    execute format('alter table enrolment.%I enable row level security', one);
    execute format('alter table enrolment.%I force  row level security', one);
    execute format($policy$
      create policy visible on enrolment.%1$I to dinhdanh_application using (
        (select platform.sees_house())
        or exists (select from register.person_scope s where s.person_id = %1$I.person_id offset 0)
        or exists (select from register.access_case c where c.person_id = %1$I.person_id and (c.until is null or c.until >= current_date) offset 0))$policy$, one);
    execute format('create policy maintenance on enrolment.%I to dinhdanh_maintenance using (true) with check (true)', one);
  end loop;
end
$$;

-- A receipt opens by its token to anyone who has it; the house answers, not the asker.
alter table enrolment.receipt_lookup enable row level security;
alter table enrolment.receipt_lookup force  row level security;
create policy scope on enrolment.receipt_lookup to dinhdanh_application
  using      ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
create policy maintenance on enrolment.receipt_lookup to dinhdanh_maintenance using (true) with check (true);

create view enrolment.published_application with (security_invoker = true) as
select person_id, id, kind, state, unit_id, session_id, source, capture, card_id, account_id, account_problem, captured_at, submitted_on, due_on, campaign_due_on, begun_on
from enrolment.application;
comment on view enrolment.published_application is 'Applications and where each is.';

grant select, insert, update on enrolment.station, enrolment.station_number, enrolment.packet, enrolment.application, enrolment.finding, enrolment.proposal,
                                enrolment.receipt_lookup to dinhdanh_application, dinhdanh_maintenance;
grant select, insert         on enrolment.officer_grant, enrolment.packet_body, enrolment.application_move to dinhdanh_application, dinhdanh_maintenance;
grant select, insert, delete on enrolment.packet_piece to dinhdanh_application, dinhdanh_maintenance;
grant select, insert, update, delete on enrolment.gap to dinhdanh_application, dinhdanh_maintenance;
grant select on enrolment.legal_move, enrolment.published_application to dinhdanh_application, dinhdanh_maintenance;

-- One channel to the national centre: what is asked of it, the signed envelopes in which it goes out, and what came back.
create schema exchange;
comment on schema exchange is 'The channel to the national centre: questions, envelopes, what cannot be used, and what each day came to.';
grant usage on schema exchange to dinhdanh_app, dinhdanh_maintenance;

create table exchange.centre (
  id          text        not null check (id <> ''),
  address     text        not null,
  sign_key    jsonb       not null,
  open_key    jsonb       not null,
  fingerprint text        not null check (fingerprint <> ''),
  joined_at   timestamptz not null,
  left_at     timestamptz,
  primary key (id, joined_at)
);
-- An installation answers to one centre.
create unique index one_centre on exchange.centre ((true)) where left_at is null;
comment on table  exchange.centre             is 'The national centre that an operator joined this installation to, by its card.';
comment on column exchange.centre.id          is 'How the centre names itself in envelopes. [public]';
comment on column exchange.centre.address     is 'Where bundles are posted; empty where they are carried as files alone. [public]';
comment on column exchange.centre.sign_key    is 'The public key of its signatures, a JWK. [public]';
comment on column exchange.centre.open_key    is 'The public key to which bundles are encrypted, a JWK. [public]';
comment on column exchange.centre.fingerprint is 'RFC 7638 thumbprint of the key of its signatures. [public]';
comment on column exchange.centre.joined_at   is 'When an operator joined it. [public]';
comment on column exchange.centre.left_at     is 'When an operator ended that. [public]';

create table exchange.question (
  person_id       uuid        not null,
  id              uuid        not null,
  kind            text        not null check (kind in ('number.request', 'account.request', 'person.look-up')),
  subject_id      uuid        not null,
  unit_id         uuid        not null,
  body            jsonb       not null,
  state           text        not null default 'waiting'
                  check (state in ('waiting', 'sent', 'acknowledged', 'granted', 'returned', 'rejected')),
  asked_at        timestamptz not null,
  asked_on        date        not null,
  asked_by        text        not null check (asked_by <> ''),
  due_on          date        not null,
  acknowledged_at timestamptz,
  answered_at     timestamptz,
  answer          jsonb,
  code            text        check (code <> ''),
  note            text,
  primary key (person_id, id),
  check ((state in ('granted', 'returned', 'rejected')) = (answered_at is not null)),
  check ((state in ('returned', 'rejected')) = (code is not null))
);
-- A thing is asked about once at a time.
create unique index one_open_question on exchange.question (person_id, kind, subject_id)
  where state in ('waiting', 'sent', 'acknowledged');
create index question_by_id    on exchange.question (id);
create index question_by_state on exchange.question (state, asked_at);
create index question_by_unit  on exchange.question (unit_id, asked_at);
comment on table  exchange.question                 is 'What is asked of the national centre, and its answer.';
comment on column exchange.question.person_id       is 'About whom; of a look-up an id that nobody in the register has. [personal]';
comment on column exchange.question.id              is 'The question, and the envelope that bears it. [public]';
comment on column exchange.question.kind            is 'What is asked: number.request, account.request or person.look-up. [public]';
comment on column exchange.question.subject_id      is 'The collection, account or request for level 2 that waits for it. [public]';
comment on column exchange.question.unit_id         is 'Whose officers asked, and see it. [public]';
comment on column exchange.question.body            is 'What is sent. [personal]';
comment on column exchange.question.state           is 'waiting until it is sent, sent, acknowledged, and how it was answered. [public]';
comment on column exchange.question.asked_at        is 'When it was asked. [public]';
comment on column exchange.question.asked_on        is 'On which day. [public]';
comment on column exchange.question.asked_by        is 'Who asked. [personal]';
comment on column exchange.question.due_on          is 'By which day an answer is expected. [public]';
comment on column exchange.question.acknowledged_at is 'When the centre said that it has it. [public]';
comment on column exchange.question.answered_at     is 'When the answer was taken in. [public]';
comment on column exchange.question.answer          is 'What the centre answered, as far as it is kept here. [personal]';
comment on column exchange.question.code            is 'Why it was returned or rejected: the centre''s code. [public]';
comment on column exchange.question.note            is 'The same in the centre''s words. [personal]';

create table exchange.place (
  direction text    not null primary key check (direction = 'out'),
  seq       bigint  not null check (seq >= 0),
  hash      text
);
insert into exchange.place values ('out', 0, null);
comment on table  exchange.place           is 'The last envelope of ours, which the next one names.';
comment on column exchange.place.direction is 'Always out: the centre keeps its own. [public]';
comment on column exchange.place.seq       is 'Its number. [public]';
comment on column exchange.place.hash      is 'Its SHA-256, in hexadecimal; empty before the first. [public]';

create table exchange.envelope (
  id              uuid        not null primary key,
  direction       text        not null check (direction in ('out', 'in')),
  centre_id       text        not null,
  kind            text        not null check (kind <> ''),
  seq             bigint      not null check (seq > 0),
  hash            text        not null check (hash ~ '^[0-9a-f]{64}$'),
  made_at         timestamptz not null,
  made_on         date        not null,
  came_at         timestamptz not null,
  re_id           uuid,
  sent_at         timestamptz,
  tries           integer     not null default 0,
  next_at         timestamptz,
  acknowledged_at timestamptz,
  owes            boolean     not null default false,
  check (direction = 'out' or (sent_at is null and next_at is null and acknowledged_at is null)),
  check (direction = 'in' or not owes)
);
create unique index envelope_by_seq on exchange.envelope (seq) where direction = 'out';
create index envelope_due    on exchange.envelope (next_at) where direction = 'out' and acknowledged_at is null;
create index envelope_owed   on exchange.envelope (id) where owes;
create index envelope_by_day on exchange.envelope (made_on, direction);
comment on table  exchange.envelope                 is 'Signed envelopes that went out and came in. What they say stands in envelope_text.';
comment on column exchange.envelope.id              is 'The envelope, as its sender named it. [public]';
comment on column exchange.envelope.direction       is 'out or in. [public]';
comment on column exchange.envelope.centre_id       is 'With which centre. [public]';
comment on column exchange.envelope.kind            is 'What it is. [public]';
comment on column exchange.envelope.seq             is 'Its number among those of its sender. [public]';
comment on column exchange.envelope.hash            is 'SHA-256 of its text, in hexadecimal. [public]';
comment on column exchange.envelope.made_at         is 'When its sender made it. [public]';
comment on column exchange.envelope.made_on         is 'The province''s day of that. [public]';
comment on column exchange.envelope.came_at         is 'When it was made or taken in here. [public]';
comment on column exchange.envelope.re_id           is 'Which envelope it answers. [public]';
comment on column exchange.envelope.sent_at         is 'When it left last. [public]';
comment on column exchange.envelope.tries           is 'How often it left. [public]';
comment on column exchange.envelope.next_at         is 'When it leaves again, unless it is acknowledged before. [public]';
comment on column exchange.envelope.acknowledged_at is 'When the centre said that it has it. [public]';
comment on column exchange.envelope.owes            is 'Whether the centre is still to be told that it is here. [public]';

create table exchange.envelope_text (
  envelope_id uuid not null primary key references exchange.envelope (id),
  text        text not null
);
comment on table  exchange.envelope_text             is 'Envelopes of ours as they were signed, so that each sending is the same.';
comment on column exchange.envelope_text.envelope_id is 'The envelope. [public]';
comment on column exchange.envelope_text.text        is 'The JWS. [personal]';

create table exchange.quarantined (
  id         uuid        not null primary key,
  hash       text        not null unique,
  reason     text        not null check (reason <> ''),
  via        text        not null check (via in ('line', 'file')),
  came_at    timestamptz not null,
  came_again integer     not null default 0,
  bytes      integer     not null,
  envelope_id uuid,
  made_on    date,
  owes       boolean     not null default false,
  again_at   timestamptz,
  settled_at timestamptz,
  settled_as text        check (settled_as in ('set-aside', 'taken')),
  check ((settled_at is null) = (settled_as is null))
);
create index quarantined_open on exchange.quarantined (came_at) where settled_at is null;
create index quarantined_owed on exchange.quarantined (id) where owes;
create index quarantined_by_day on exchange.quarantined (made_on);
comment on table  exchange.quarantined            is 'What came and cannot be used, kept with the reason until an officer settles it.';
comment on column exchange.quarantined.id         is 'The entry. [public]';
comment on column exchange.quarantined.hash       is 'SHA-256 of what came, in hexadecimal. [public]';
comment on column exchange.quarantined.reason     is 'Why it cannot be used, by code. [public]';
comment on column exchange.quarantined.via        is 'By line, or in a file. [public]';
comment on column exchange.quarantined.came_at    is 'When it came first. [public]';
comment on column exchange.quarantined.came_again is 'How often it came again. [public]';
comment on column exchange.quarantined.bytes      is 'How long it is. [public]';
comment on column exchange.quarantined.envelope_id is 'Which envelope of the centre''s it is, where it is signed and meant for us. [public]';
comment on column exchange.quarantined.made_on is 'The day on which the centre made it. [public]';
comment on column exchange.quarantined.owes is 'Whether the centre is still to be told that it is here. [public]';
comment on column exchange.quarantined.again_at   is 'When an officer asked that it be tried again. [public]';
comment on column exchange.quarantined.settled_at is 'When it was settled. [public]';
comment on column exchange.quarantined.settled_as is 'set-aside by an officer, or taken after all. [public]';

create table exchange.quarantined_text (
  quarantined_id uuid not null primary key references exchange.quarantined (id),
  text           text not null
);
comment on table  exchange.quarantined_text                is 'What came and cannot be used, word by word.';
comment on column exchange.quarantined_text.quarantined_id is 'The entry. [public]';
comment on column exchange.quarantined_text.text           is 'The text as it came. [personal]';

create table exchange.line (
  one       boolean     not null primary key default true check (one),
  tried_at  timestamptz,
  ok_at     timestamptz,
  failures  integer     not null default 0,
  fault     text,
  clock_off integer
);
insert into exchange.line default values;
comment on table  exchange.line           is 'How the line to the centre does.';
comment on column exchange.line.one       is 'There is one row. [public]';
comment on column exchange.line.tried_at  is 'When a bundle was posted last. [public]';
comment on column exchange.line.ok_at     is 'When the centre answered last. [public]';
comment on column exchange.line.failures  is 'How often it failed since. [public]';
comment on column exchange.line.fault     is 'How it failed last, by code. [public]';
comment on column exchange.line.clock_off is 'Seconds by which the centre''s clock is ahead of ours. [public]';

create table exchange.day (
  day          date        not null primary key,
  envelope_id  uuid        not null,
  sent         integer     not null,
  received     integer     not null,
  asked_at     timestamptz not null,
  answered_at  timestamptz,
  missing      integer,
  differing    integer,
  not_received integer
);
comment on table  exchange.day              is 'What a day came to on both sides.';
comment on column exchange.day.day          is 'The province''s day. [public]';
comment on column exchange.day.envelope_id  is 'The envelope that lists it. [public]';
comment on column exchange.day.sent         is 'How many envelopes of ours it had. [public]';
comment on column exchange.day.received     is 'How many of the centre''s. [public]';
comment on column exchange.day.asked_at     is 'When the list was made. [public]';
comment on column exchange.day.answered_at  is 'When the centre compared it. [public]';
comment on column exchange.day.missing      is 'How many of ours the centre had not: they were sent again. [public]';
comment on column exchange.day.differing    is 'How many the centre has otherwise. [public]';
comment on column exchange.day.not_received is 'How many of the centre''s were not here: it sends them again. [public]';

alter table exchange.question         enable row level security;
alter table exchange.question         force  row level security;
alter table exchange.envelope_text    enable row level security;
alter table exchange.envelope_text    force  row level security;
alter table exchange.quarantined_text enable row level security;
alter table exchange.quarantined_text force  row level security;
create policy house       on exchange.question to dinhdanh_app using ((select platform.sees_house()));
create policy unit        on exchange.question to dinhdanh_app using (unit_id = any ((select platform.scope())::uuid[]));
create policy maintenance on exchange.question to dinhdanh_maintenance using (true) with check (true);
create policy house       on exchange.envelope_text to dinhdanh_app using ((select platform.sees_house()));
create policy maintenance on exchange.envelope_text to dinhdanh_maintenance using (true) with check (true);
create policy house       on exchange.quarantined_text to dinhdanh_app using ((select platform.sees_house()));
create policy maintenance on exchange.quarantined_text to dinhdanh_maintenance using (true) with check (true);

grant select, insert, update on exchange.centre, exchange.question, exchange.place, exchange.envelope,
  exchange.quarantined, exchange.line, exchange.day to dinhdanh_app, dinhdanh_maintenance;
grant select, insert on exchange.envelope_text, exchange.quarantined_text to dinhdanh_app, dinhdanh_maintenance;

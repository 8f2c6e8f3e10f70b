-- Messages to people: what is said to whom about which deed, and what became of it.

create schema outreach;
grant usage on schema outreach to dinhdanh_application, dinhdanh_maintenance;

create table outreach.message (
  person_id  uuid        not null,
  id         uuid        not null,
  unit_id    uuid,
  template   text        not null check (template <> ''),
  language   text        not null check (language in ('vi', 'en')),
  about_kind text        not null check (about_kind ~ '^[a-z][a-z-]*$'),
  about_id   uuid        not null,
  recipient  text        not null check (recipient in ('email', 'phone')),
  address    text        not null check (length(address) <= 320),
  subject    text        not null check (subject <> '' and subject !~ '[[:cntrl:]]'),
  body       text        not null check (body <> ''),
  page       text        check (page ~ '^/([^/]|$)'),
  state      text        not null check (state in ('queued', 'sending', 'sent', 'failed', 'given-up', 'undeliverable')),
  attempts   integer     not null default 0 check (attempts >= 0),
  tries      smallint    not null default 0 check (tries between 0 and attempts),
  code       text        check (code <> ''),
  queued_at  timestamptz not null,
  next_at    timestamptz,
  begun_at   timestamptz,
  ended_at   timestamptz,
  primary key (person_id, id),
  check ((state in ('queued', 'failed')) = (next_at is not null)),
  check ((state = 'sending') = (begun_at is not null)),
  check ((state in ('sent', 'given-up', 'undeliverable')) = (ended_at is not null)),
  check (state <> 'failed' or code is not null)
);
create index message_by_id      on outreach.message (id);
create index message_by_about   on outreach.message (about_kind, about_id, id);
create index message_by_unit    on outreach.message (unit_id, id);
create index message_by_state   on outreach.message (state, id);
create index message_due        on outreach.message (next_at) where state in ('queued', 'failed');
create index message_begun      on outreach.message (begun_at) where state = 'sending';
comment on table  outreach.message            is 'A message to someone, in the words that were sent, and where its delivery stands.';
comment on column outreach.message.person_id  is 'Whom it is about; the message''s own id where it is about nobody, so that these lie apart from each other. [personal]';
comment on column outreach.message.id         is 'The message; also its Message-ID, by which a receiver knows a second copy. [public]';
comment on column outreach.message.unit_id    is 'The unit whose matter it is: whoever sees the unit sees the message. Empty = seen by the house alone. [public]';
comment on column outreach.message.template   is 'Which of the templates of src/outreach/templates.ts. [public]';
comment on column outreach.message.language   is 'In which language. [public]';
comment on column outreach.message.about_kind is 'What kind of thing it is about: application, card, account. [public]';
comment on column outreach.message.about_id   is 'Which one. [public]';
comment on column outreach.message.recipient  is 'Whether the address is an e-mail address or a phone. [public]';
comment on column outreach.message.address    is 'Where it goes: an address, or a phone in E.164; as it was given where it is neither. [personal]';
comment on column outreach.message.subject    is 'The subject of an e-mail. [personal]';
comment on column outreach.message.body       is 'What it says, without the link, which is written on delivery. [personal]';
comment on column outreach.message.page       is 'The page of this house that it leads to. [public]';
comment on column outreach.message.state      is 'queued, sending, sent, failed (tried again at next_at), given-up, or undeliverable: the address was refused for good. [public]';
comment on column outreach.message.attempts   is 'How often it was tried in all. [public]';
comment on column outreach.message.tries      is 'How often since it was queued, or since somebody asked for another try. [public]';
comment on column outreach.message.code       is 'What the last attempt met with; names of src/outreach/channel.ts. [public]';
comment on column outreach.message.queued_at  is 'When the deed was done that caused it. [public]';
comment on column outreach.message.next_at    is 'When it is tried next. [public]';
comment on column outreach.message.begun_at   is 'Since when it is being sent. [public]';
comment on column outreach.message.ended_at   is 'When it was sent, given up, or found undeliverable. [public]';

create table outreach.attempt (
  person_id  uuid        not null,
  message_id uuid        not null,
  number     integer     not null check (number > 0),
  via        text        not null check (via <> ''),
  begun_at   timestamptz not null,
  ended_at   timestamptz,
  outcome    text        check (outcome in ('accepted', 'deferred', 'refused', 'interrupted')),
  code       text        check (code <> ''),
  primary key (person_id, message_id, number),
  foreign key (person_id, message_id) references outreach.message (person_id, id),
  check ((outcome is null) = (ended_at is null))
);
comment on table  outreach.attempt            is 'One try to deliver a message.';
comment on column outreach.attempt.person_id  is 'As the message''s. [personal]';
comment on column outreach.attempt.message_id is 'Which message. [public]';
comment on column outreach.attempt.number     is 'Its number, from one. [public]';
comment on column outreach.attempt.via        is 'By which channel. [public]';
comment on column outreach.attempt.begun_at   is 'When it began. [public]';
comment on column outreach.attempt.ended_at   is 'When its outcome was known; empty = it is under way. [public]';
comment on column outreach.attempt.outcome    is 'accepted, deferred (try again), refused for good, or interrupted: whoever sent it was stopped meanwhile. [public]';
comment on column outreach.attempt.code       is 'What it met with, in a code; a server''s own words may name the address and are not kept. [public]';

-- A key comes without its person (house.md 7), and holds across persons.
create table outreach.message_lookup (
  key        text not null primary key check (key <> '' and length(key) <= 200),
  message_id uuid not null
);
comment on table  outreach.message_lookup            is 'Which message was sent under a key: the same key twice sends once.';
comment on column outreach.message_lookup.key        is 'What the sender calls it: kinds and ids, nothing personal. [public]';
comment on column outreach.message_lookup.message_id is 'The message. [public]';

alter table outreach.message enable row level security;
alter table outreach.message force  row level security;
alter table outreach.attempt enable row level security;
alter table outreach.attempt force  row level security;
-- Whoever does a deed sends its message, also about a unit that they do not see, or without seeing any, as a citizen; to read it is another matter.
create policy written on outreach.message for insert to dinhdanh_application with check (true);
create policy scope   on outreach.message for select to dinhdanh_application
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
create policy changed on outreach.message for update to dinhdanh_application
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
create policy house   on outreach.attempt to dinhdanh_application using ((select platform.sees_house()));
create policy scope   on outreach.attempt for select to dinhdanh_application
  using (exists (select from outreach.message m where m.person_id = attempt.person_id and m.id = attempt.message_id offset 0));
create policy maintenance on outreach.message to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on outreach.attempt to dinhdanh_maintenance using (true) with check (true);

grant select, insert, update on outreach.message, outreach.attempt to dinhdanh_application, dinhdanh_maintenance;
grant select, insert         on outreach.message_lookup           to dinhdanh_application, dinhdanh_maintenance;

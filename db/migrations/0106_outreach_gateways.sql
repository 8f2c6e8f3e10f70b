-- Messages by gateways that answer late, or never. A message that was handed over without an answer is `unknown` and is
-- never sent again by itself; one that a gateway took is `accepted` until its receipt comes.
alter table outreach.message
  drop constraint message_state_check,
  drop constraint message_check3,
  drop constraint message_check4,
  drop constraint message_check5,
  drop constraint message_recipient_check,
  add column urgent boolean not null default false,
  add column refusable boolean not null default false,
  add column budget_kind text,
  add column budget_id uuid,
  add column refused_by text[] not null default '{}',
  add column other_ways jsonb not null default '[]',
  add column former_ways jsonb not null default '[]',
  add column receipt_by timestamptz,
  add column facts jsonb not null default '{}',
  add column followed_by_id uuid,
  add constraint message_state_check check (state in ('queued', 'held', 'to-print', 'sending', 'accepted', 'delivered',
    'sent', 'printed', 'failed', 'given-up', 'undeliverable', 'unknown')),
  add constraint message_ended check ((state in ('sent', 'delivered', 'printed', 'given-up', 'undeliverable', 'unknown'))
    = (ended_at is not null)),
  add constraint message_code_of_state check (state not in ('failed', 'held', 'unknown') or code is not null),
  add constraint message_sealed_while_it_may_go check (sealed is null or state in ('queued', 'held', 'sending', 'failed')),
  add constraint message_receipt_by check ((state = 'accepted') = (receipt_by is not null)),
  add constraint message_recipient_check check (recipient in ('email', 'phone', 'letter')),
  add constraint message_budget check ((budget_kind is null) = (budget_id is null) and budget_kind ~ '^[a-z][a-z-]*$');
comment on column outreach.message.recipient      is 'Whether the address is an e-mail address, a phone, or that of a letter on paper. [public]';
comment on column outreach.message.address        is 'Where it goes: an address, a phone in E.164, or a postal address; as it was given where it is neither. [personal]';
comment on column outreach.message.state          is 'queued, held (its budget is spent), to-print, sending, accepted (a gateway has it, its receipt is awaited), delivered, sent, printed, failed (certainly not taken, tried again at next_at), given-up, undeliverable (refused for good), unknown (handed over without an answer; never sent again by itself). [public]';
comment on column outreach.message.code           is 'What the last attempt met with; names of src/outreach/channels/channel.ts. [public]';
comment on column outreach.message.ended_at       is 'When it was sent, delivered, printed, given up, found undeliverable or lost sight of. [public]';
comment on column outreach.message.urgent         is 'Whether somebody waits for it, as for a code: it goes before others, and at any hour. [public]';
comment on column outreach.message.refusable      is 'Whether its recipient may refuse messages of its kind, as reminders. [public]';
comment on column outreach.message.budget_kind    is 'What kind of thing pays for it: unit, campaign. Empty = nothing is counted. [public]';
comment on column outreach.message.budget_id      is 'Which one pays for it. [public]';
comment on column outreach.message.refused_by     is 'Channels that refused it for good at this address, in turn. [public]';
comment on column outreach.message.other_ways     is 'Further ways, in order: recipient, address, subject, body, page. [personal]';
comment on column outreach.message.former_ways    is 'Ways that refused it, as they were tried, with the last attempt of each. [personal]';
comment on column outreach.message.facts          is 'The facts of its template as they are written in its words, for channels that fill a form of their own; stars where a secret stands. [personal]';
comment on column outreach.message.receipt_by     is 'Until when a gateway that has it is expected to say what became of it. [public]';
comment on column outreach.message.followed_by_id is 'The unit that follows it up, which sees it then. [public]';

drop index outreach.message_due;
create index message_due on outreach.message (recipient, urgent desc, next_at) where state in ('queued', 'failed');
create index message_receipt_due on outreach.message (receipt_by) where state = 'accepted';
create index message_held on outreach.message (budget_kind, budget_id) where state = 'held';
create index message_to_print on outreach.message (unit_id) where state = 'to-print';
drop policy scope on outreach.message;
create policy scope on outreach.message for select to dinhdanh_app using ((select platform.sees_house())
  or unit_id = any ((select platform.scope())::uuid[]) or followed_by_id = any ((select platform.scope())::uuid[]));
drop policy changed on outreach.message;
create policy changed on outreach.message for update to dinhdanh_app using ((select platform.sees_house())
  or unit_id = any ((select platform.scope())::uuid[]) or followed_by_id = any ((select platform.scope())::uuid[]));

alter table outreach.attempt
  drop constraint attempt_outcome_check,
  add column parts smallint not null default 1 check (parts > 0),
  add column price integer not null default 0 check (price >= 0),
  add column receipt text check (receipt in ('delivered', 'failed')),
  add column receipt_at timestamptz,
  add constraint attempt_outcome_check check (outcome in ('accepted', 'deferred', 'refused', 'unknown', 'interrupted')),
  add constraint attempt_receipt_has_time check ((receipt is null) = (receipt_at is null));
comment on column outreach.attempt.outcome    is 'accepted, deferred (certainly not taken, try again), refused for good, unknown (no answer), or interrupted: whoever sent it was stopped meanwhile. [public]';
comment on column outreach.attempt.parts      is 'In how many parts it goes out. [public]';
comment on column outreach.attempt.price      is 'What it costs, in đồng, as it was set aside; 0 once a gateway said that it did not take it. [public]';
comment on column outreach.attempt.receipt    is 'What the receipts of all its parts came to: delivered, or failed. [public]';
comment on column outreach.attempt.receipt_at is 'When that was known. [public]';

-- A gateway gives each part a name of its own, and receipts come under it: some before the answer that tells the name is
-- written. Whichever of both is written second finds the other in this row.
create table outreach.part (
  channel    text        not null check (channel <> ''),
  gateway_id text        not null check (gateway_id <> '' and length(gateway_id) <= 200),
  message_id uuid,
  number     integer,
  address    text check (length(address) <= 40),
  receipt    text check (receipt in ('delivered', 'failed')),
  code       text check (code <> ''),
  receipt_at timestamptz,
  noted_at   timestamptz not null,
  primary key (channel, gateway_id),
  check ((message_id is null) = (number is null)),
  check ((receipt is null) = (receipt_at is null)),
  check (message_id is not null or receipt is not null)
);
create index part_of_message on outreach.part (message_id, number) where message_id is not null;
create index part_without_message on outreach.part (noted_at) where message_id is null;
comment on table  outreach.part            is 'What a gateway calls a part of a message that it took, and what it said became of it.';
comment on column outreach.part.channel    is 'Which channel. [public]';
comment on column outreach.part.gateway_id is 'The name that the gateway gave. [public]';
comment on column outreach.part.message_id is 'Of which message; empty = a receipt whose message is not known yet. [public]';
comment on column outreach.part.number     is 'Of which attempt. [public]';
comment on column outreach.part.address    is 'The phone that a receipt without a message names. [personal]';
comment on column outreach.part.receipt    is 'delivered, or failed. [public]';
comment on column outreach.part.code       is 'What the gateway gave as a reason, in its code. [public]';
comment on column outreach.part.receipt_at is 'When the receipt came. [public]';
comment on column outreach.part.noted_at   is 'When the row was written. [public]';
alter table outreach.part enable row level security;
alter table outreach.part force  row level security;
create policy house       on outreach.part to dinhdanh_app using ((select platform.sees_house()));
create policy maintenance on outreach.part to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update, delete on outreach.part to dinhdanh_app;
grant select, insert, update, delete on outreach.part to dinhdanh_maintenance;

-- What messages may cost: of a unit, a campaign, or whatever else a message names. Whoever has none pays without a limit.
create table outreach.budget (
  kind    text    not null check (kind ~ '^[a-z][a-z-]*$'),
  id      uuid    not null,
  unit_id uuid    not null,
  cap     bigint  not null check (cap >= 0),
  spent   bigint  not null default 0 check (spent >= 0),
  set_at  timestamptz not null,
  primary key (kind, id)
);
create index budget_of_unit on outreach.budget (unit_id);
comment on table  outreach.budget         is 'What the messages of something may cost, and what they cost so far.';
comment on column outreach.budget.kind    is 'What kind of thing pays: unit, campaign. [public]';
comment on column outreach.budget.id      is 'Which one. [public]';
comment on column outreach.budget.unit_id is 'The unit whose officers set it. [public]';
comment on column outreach.budget.cap     is 'What may be spent, in đồng. [public]';
comment on column outreach.budget.spent   is 'What was set aside for messages that went out, or may have, in đồng. [public]';
comment on column outreach.budget.set_at  is 'When the cap was set last. [public]';
alter table outreach.budget enable row level security;
alter table outreach.budget force  row level security;
create policy scope on outreach.budget to dinhdanh_app using ((select platform.sees_house())
  or unit_id = any ((select platform.scope())::uuid[])) with check ((select platform.sees_house())
  or unit_id = any ((select platform.scope())::uuid[]));
create policy maintenance on outreach.budget to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update on outreach.budget to dinhdanh_app;
grant select, insert, update, delete on outreach.budget to dinhdanh_maintenance;

-- Phones and mailboxes whose owners refused what may be refused. Who asks by a text says nothing but the number.
create table outreach.opt_out (
  address text        not null primary key check (length(address) <= 320),
  how     text        not null check (how in ('text', 'page', 'officer')),
  since   timestamptz not null
);
comment on table  outreach.opt_out         is 'Addresses to which no reminders and invitations go, since their owners said so.';
comment on column outreach.opt_out.address is 'The phone in E.164, or the mailbox. [personal]';
comment on column outreach.opt_out.how     is 'By a text, by the page of the person, or by an officer whom they told. [public]';
comment on column outreach.opt_out.since   is 'Since when. [public]';
alter table outreach.opt_out enable row level security;
alter table outreach.opt_out force  row level security;
create policy house       on outreach.opt_out to dinhdanh_app using ((select platform.sees_house()));
create policy maintenance on outreach.opt_out to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update, delete on outreach.opt_out to dinhdanh_app;
grant select, insert, update, delete on outreach.opt_out to dinhdanh_maintenance;

comment on column follow_ups.follow_up.kind is 'What kind of work: roll-defect (a defect of a row of a roll), roll-of-strangers (a roll that the police accept first), household (homes of a pupil''s household that differ), message (a message that did not arrive, or may not have). [public]';
create index follow_up_of_person on follow_ups.follow_up (person_id) where state = 'open' and kind = 'message';

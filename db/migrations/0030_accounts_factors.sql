-- What holders of accounts prove themselves by, how they activate, and the paper slip for whoever no message reaches.

-- A message that carries a number for one use: it is sealed, filled in on delivery, gone afterwards, and worth nothing once it is over.
alter table outreach.message add column sealed bytea, add column useless_at timestamptz;
alter table outreach.message add check (sealed is null or state in ('queued', 'sending', 'failed'));
comment on column outreach.message.sealed     is 'What stands for the stars in the words: AES-256-GCM under the house''s key, gone once the message is sent or given up. [secret]';
comment on column outreach.message.useless_at is 'From when it is worth nothing any more: it is not tried again then. [public]';

-- Signing in has nobody yet: it says so by a literal SET LOCAL of its own, as staff's does, and sees what holders prove themselves by.
create function accounts.signing_in() returns boolean language sql stable parallel safe as
$$ select coalesce(current_setting('dinhdanh.holder_signing_in', true), '') = 'yes' $$;
comment on function accounts.signing_in() is 'Whether this transaction has opened what holders prove themselves by.';

create table accounts.passcode (
  person_id  uuid        not null,
  account_id uuid        not null,
  hash       text        not null,
  set_at     timestamptz not null,
  primary key (person_id, account_id)
);
comment on table  accounts.passcode            is 'The six digits by which a holder signs in.';
comment on column accounts.passcode.person_id  is 'Whose. [personal]';
comment on column accounts.passcode.account_id is 'Of which account. [public]';
comment on column accounts.passcode.hash       is 'argon2id over the digits with the house''s key, which is not in the database: six digits alone are tried out in hours. [secret]';
comment on column accounts.passcode.set_at     is 'Since when. [public]';

create table accounts.totp (
  person_id    uuid        not null,
  account_id   uuid        not null,
  sealed       bytea       not null,
  last_step    bigint      not null default 0,
  offered_at   timestamptz not null,
  confirmed_at timestamptz,
  primary key (person_id, account_id)
);
comment on table  accounts.totp              is 'An app that shows a number each thirty seconds (RFC 6238).';
comment on column accounts.totp.person_id    is 'Whose. [personal]';
comment on column accounts.totp.account_id   is 'Of which account. [public]';
comment on column accounts.totp.sealed       is 'The shared secret: AES-256-GCM under the house''s key. [secret]';
comment on column accounts.totp.last_step    is 'The latest step that was used: none is used twice, nor an earlier one after it. [public]';
comment on column accounts.totp.offered_at   is 'When it was shown to be scanned. [public]';
comment on column accounts.totp.confirmed_at is 'When its first number was given back; until then it proves nothing. [public]';

create table accounts.one_time_code (
  person_id  uuid        not null,
  account_id uuid        not null,
  purpose    text        not null check (purpose in ('sign-in', 'activation', 'step-up', 'new-device', 'passcode', 'device-shown')),
  hash       bytea       not null check (length(hash) = 32),
  sent_at    timestamptz not null,
  ends_at    timestamptz not null,
  tries      smallint    not null default 0 check (tries between 0 and 5),
  used_at    timestamptz,
  primary key (person_id, account_id, purpose)
);
comment on table  accounts.one_time_code            is 'The latest number that was sent for a purpose; sending another ends it.';
comment on column accounts.one_time_code.person_id  is 'To whom. [personal]';
comment on column accounts.one_time_code.account_id is 'For which account. [public]';
comment on column accounts.one_time_code.purpose    is 'What it opens, and nothing else. device-shown is read from the old device instead of a message. [public]';
comment on column accounts.one_time_code.hash       is 'HMAC-SHA-256 of the number under the house''s key, with person and purpose. [secret]';
comment on column accounts.one_time_code.sent_at    is 'When. [public]';
comment on column accounts.one_time_code.ends_at    is 'Until when it is good. [public]';
comment on column accounts.one_time_code.tries      is 'Tries so far, each counted before the number is looked at; five end it. [public]';
comment on column accounts.one_time_code.used_at    is 'When it was used: once. [public]';

create table accounts.recovery_code (
  person_id  uuid        not null,
  account_id uuid        not null,
  hash       bytea       not null check (length(hash) = 32),
  made_at    timestamptz not null,
  used_at    timestamptz,
  primary key (person_id, account_id, hash)
);
comment on table  accounts.recovery_code            is 'Codes on paper, ten at a time, for who has lost the device or forgotten the passcode.';
comment on column accounts.recovery_code.person_id  is 'Whose. [personal]';
comment on column accounts.recovery_code.account_id is 'Of which account. [public]';
comment on column accounts.recovery_code.hash       is 'SHA-256 of 80 random bits, which nobody tries out: a slow hash would protect nothing more. [secret]';
comment on column accounts.recovery_code.made_at    is 'When. [public]';
comment on column accounts.recovery_code.used_at    is 'When it was used: once. [public]';

create table accounts.passkey (
  person_id     uuid        not null,
  account_id    uuid        not null,
  credential_id text        not null check (credential_id ~ '^[A-Za-z0-9_-]+$' and length(credential_id) between 16 and 1400),
  public_key    bytea       not null,
  counter       bigint      not null check (counter >= 0),
  transports    text[]      not null,
  backed_up     boolean     not null,
  name          text        not null check (length(name) <= 100),
  added_at      timestamptz not null,
  used_at       timestamptz,
  primary key (person_id, credential_id)
);
comment on table  accounts.passkey               is 'A key in a phone, a computer or a token (WebAuthn level 3).';
comment on column accounts.passkey.person_id     is 'Whose. [personal]';
comment on column accounts.passkey.account_id    is 'Of which account. [public]';
comment on column accounts.passkey.credential_id is 'The authenticator''s own name of it. [personal]';
comment on column accounts.passkey.public_key    is 'COSE. [public]';
comment on column accounts.passkey.counter       is 'Signatures so far, where the authenticator counts; one that goes back is a copy. [public]';
comment on column accounts.passkey.transports    is 'How a browser reaches it. [public]';
comment on column accounts.passkey.backed_up     is 'Whether it is kept beyond the one device. [public]';
comment on column accounts.passkey.name          is 'What its holder knows it by. [personal]';
comment on column accounts.passkey.added_at      is 'When. [public]';
comment on column accounts.passkey.used_at       is 'Last time. [public]';

create table accounts.passkey_lookup (
  credential_id text not null primary key,
  person_id     uuid not null
);
comment on table  accounts.passkey_lookup               is 'Whose a passkey is: it comes without its person.';
comment on column accounts.passkey_lookup.credential_id is 'The passkey. [personal]';
comment on column accounts.passkey_lookup.person_id     is 'Whose. [personal]';

create table accounts.passkey_challenge (
  hash    bytea       not null primary key check (length(hash) = 32),
  ends_at timestamptz not null
);
comment on table  accounts.passkey_challenge         is 'Challenges that were given out and not yet answered: each is answered once.';
comment on column accounts.passkey_challenge.hash    is 'SHA-256 of it. [secret]';
comment on column accounts.passkey_challenge.ends_at is 'Until when. [public]';
create index passkey_challenge_by_end on accounts.passkey_challenge (ends_at);

create table accounts.device (
  person_id   uuid        not null,
  id          uuid        not null,
  account_id  uuid        not null,
  device_hash bytea       not null check (length(device_hash) = 32),
  browser     text        not null check (length(browser) <= 300),
  known_at    timestamptz not null,
  seen_at     timestamptz not null,
  ended_at    timestamptz,
  why         text,
  primary key (person_id, id),
  check ((ended_at is null) = (why is null))
);
-- An account is on one device at a time (domain.md 3C).
create unique index one_device_per_account on accounts.device (person_id, account_id) where ended_at is null;
comment on table  accounts.device             is 'The browser in which an account is used; former ones stay as history.';
comment on column accounts.device.person_id   is 'Whose. [personal]';
comment on column accounts.device.id          is 'The device. [public]';
comment on column accounts.device.account_id  is 'Of which account. [public]';
comment on column accounts.device.device_hash is 'SHA-256 of the browser''s device cookie. [secret]';
comment on column accounts.device.browser     is 'What the browser calls itself. [personal]';
comment on column accounts.device.known_at    is 'Since when. [public]';
comment on column accounts.device.seen_at     is 'Last time. [public]';
comment on column accounts.device.ended_at    is 'When it stopped being the account''s. [public]';
comment on column accounts.device.why         is 'Why: replaced, lost, locked. [public]';

create table accounts.slowdown (
  key       bytea       not null primary key check (length(key) = 32),
  failures  integer     not null check (failures > 0),
  failed_at timestamptz not null,
  free_at   timestamptz not null
);
comment on table  accounts.slowdown           is 'How long to wait after wrong secrets, and before another message, by what they are for and where they come from.';
comment on column accounts.slowdown.key       is 'SHA-256 of what is counted. [secret]';
comment on column accounts.slowdown.failures  is 'Attempts since the last success, each counted before its secret is looked at. [public]';
comment on column accounts.slowdown.failed_at is 'The last of them. [public]';
comment on column accounts.slowdown.free_at   is 'When the next is allowed. [public]';
create index slowdown_by_age on accounts.slowdown (failed_at);

create table accounts.slip (
  person_id  uuid        not null,
  id         uuid        not null,
  account_id uuid        not null,
  hash       bytea       not null check (length(hash) = 32),
  printed_by text        not null,
  unit_id    uuid,
  printed_at timestamptz not null,
  last_on    date        not null,
  tries      smallint    not null default 0 check (tries between 0 and 5),
  used_at    timestamptz,
  ended_at   timestamptz,
  why        text        check (why in ('printed-anew', 'wrong-data', 'taken-back')),
  primary key (person_id, id),
  check ((ended_at is null) = (why is null)),
  check (used_at is null or ended_at is null)
);
-- Printing again ends the former.
create unique index one_slip_per_account on accounts.slip (person_id, account_id) where used_at is null and ended_at is null;
comment on table  accounts.slip            is 'A slip of paper that opens an account for whoever no message reaches, together with number and birth date.';
comment on column accounts.slip.person_id  is 'Whose. [personal]';
comment on column accounts.slip.id         is 'The slip. [public]';
comment on column accounts.slip.account_id is 'Of which account. [public]';
comment on column accounts.slip.hash       is 'SHA-256 of the 80 random bits on the paper. [secret]';
comment on column accounts.slip.printed_by is 'Which officer printed it. [personal]';
comment on column accounts.slip.unit_id    is 'In which unit. [public]';
comment on column accounts.slip.printed_at is 'When. [public]';
comment on column accounts.slip.last_on    is 'Its last day. [public]';
comment on column accounts.slip.tries      is 'How often number and birth date were wrong; five times end it. [public]';
comment on column accounts.slip.used_at    is 'When it was used: once. [public]';
comment on column accounts.slip.ended_at   is 'When it ended unused. [public]';
comment on column accounts.slip.why        is 'Why it ended. [public]';

create table accounts.slip_lookup (
  hash      bytea not null primary key check (length(hash) = 32),
  person_id uuid  not null,
  slip_id   uuid  not null
);
comment on table  accounts.slip_lookup           is 'Whose a slip is: its secret comes without its person.';
comment on column accounts.slip_lookup.hash      is 'SHA-256 of the secret. [secret]';
comment on column accounts.slip_lookup.person_id is 'Whose. [personal]';
comment on column accounts.slip_lookup.slip_id   is 'Which slip. [public]';

create table accounts.activation (
  person_id   uuid        not null,
  id          uuid        not null,
  account_id  uuid,
  purpose     text        not null check (purpose in ('activation', 'passcode', 'device')),
  way         text        not null check (way in ('message', 'slip', 'recovery-code', 'old-device', 'passkey')),
  token_hash  bytea       not null check (length(token_hash) = 32),
  slip_id     uuid,
  step        text        not null check (step in ('began', 'code-sent', 'code-right', 'guardian-confirmed', 'passcode-kept', 'codes-shown', 'done', 'stopped')),
  why         text,
  shown       text        check (shown ~ '^[0-9]{3}$'),
  began_at    timestamptz not null,
  at          timestamptz not null,
  ends_at     timestamptz not null,
  primary key (person_id, id),
  check ((step = 'stopped') = (why is not null))
);
create index activation_by_token on accounts.activation (token_hash);
create index activation_by_end   on accounts.activation (ends_at);
comment on table  accounts.activation            is 'Where someone stands who activates an account, chooses a new passcode, or takes up another device: one row an attempt, so that a page that is lost goes on where it was.';
comment on column accounts.activation.person_id  is 'Whose; the attempt''s own id where the number and phone that were given are nobody''s. [personal]';
comment on column accounts.activation.id         is 'The attempt. [public]';
comment on column accounts.activation.account_id is 'Which account; empty where there is none. [public]';
comment on column accounts.activation.purpose    is 'What for. [public]';
comment on column accounts.activation.way        is 'How they prove who they are. [public]';
comment on column accounts.activation.token_hash is 'SHA-256 of the browser''s cookie, which is drawn anew each time more is proven. [secret]';
comment on column accounts.activation.slip_id    is 'By which slip. [public]';
comment on column accounts.activation.step       is 'How far it has come. [public]';
comment on column accounts.activation.why        is 'Why it stopped. [public]';
comment on column accounts.activation.shown      is 'The last digits of the phone, as they were typed. [personal]';
comment on column accounts.activation.began_at   is 'When it began. [public]';
comment on column accounts.activation.at         is 'When it came to this step. [public]';
comment on column accounts.activation.ends_at    is 'Until when it can go on. [public]';

create table accounts.activation_step (
  person_id     uuid        not null,
  id            uuid        not null,
  activation_id uuid        not null,
  account_id    uuid        not null,
  step          text        not null,
  at            timestamptz not null,
  why           text,
  primary key (person_id, id)
);
create index activation_step_by_time on accounts.activation_step (at);
comment on table  accounts.activation_step               is 'The steps that activations went through, and where and why they stopped.';
comment on column accounts.activation_step.person_id     is 'Whose. [personal]';
comment on column accounts.activation_step.id            is 'The step. [public]';
comment on column accounts.activation_step.activation_id is 'Of which attempt. [public]';
comment on column accounts.activation_step.account_id    is 'Of which account. [public]';
comment on column accounts.activation_step.step          is 'began, code-sent, code-right, guardian-confirmed, passcode-kept, activated, codes-shown, done or stopped. [public]';
comment on column accounts.activation_step.at            is 'When. [public]';
comment on column accounts.activation_step.why           is 'Of stopped: no-sms, wrong-code, wrong-data, over, no-phone, too-late-hotline, officer-device, not-approved, locked, activated, slip-over. [public]';

-- A counter lets an activation go on after the seven days (NĐ59/2022 Art. 18, NĐ69/2024 Art. 14).
create table accounts.activation_opening (
  person_id  uuid        not null,
  account_id uuid        not null,
  last_on    date        not null,
  opened_at  timestamptz not null,
  primary key (person_id, account_id)
);
comment on table  accounts.activation_opening            is 'Until when an account may be activated although the seven days are over: a hotline or a counter has opened it again.';
comment on column accounts.activation_opening.person_id  is 'Whose. [personal]';
comment on column accounts.activation_opening.account_id is 'Which account. [public]';
comment on column accounts.activation_opening.last_on    is 'The last day. [public]';
comment on column accounts.activation_opening.opened_at  is 'When it was opened. [public]';

do $$
declare name text;
begin
  foreach name in array array['passcode', 'totp', 'one_time_code', 'recovery_code', 'passkey', 'passkey_lookup', 'passkey_challenge', 'device', 'slowdown', 'slip',
                              'slip_lookup', 'activation'] loop
    execute format('alter table accounts.%I enable row level security', name);
    execute format('alter table accounts.%I force row level security', name);
    execute format('create policy signing_in on accounts.%I to dinhdanh_application using ((select accounts.signing_in())) with check ((select accounts.signing_in()))', name);
    execute format('create policy maintenance on accounts.%I to dinhdanh_maintenance using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on accounts.%I to dinhdanh_application, dinhdanh_maintenance', name);
  end loop;
end $$;

-- Where activations stop is told to whoever sees the person; it is written by who signs in.
alter table accounts.activation_step    enable row level security;
alter table accounts.activation_step    force  row level security;
alter table accounts.activation_opening enable row level security;
alter table accounts.activation_opening force  row level security;
create policy signing_in on accounts.activation_step to dinhdanh_application using ((select accounts.signing_in())) with check ((select accounts.signing_in()));
create policy visible on accounts.activation_step for select to dinhdanh_application using (
  (select platform.sees_house())
  or exists (select from register.person_scope s where s.person_id = activation_step.person_id offset 0)
  or exists (select from register.access_case c where c.person_id = activation_step.person_id and (c.until is null or c.until >= current_date) offset 0));
create policy visible on accounts.activation_opening to dinhdanh_application using (
  (select platform.sees_house())
  or exists (select from register.person_scope s where s.person_id = activation_opening.person_id offset 0)
  or exists (select from register.access_case c where c.person_id = activation_opening.person_id and (c.until is null or c.until >= current_date) offset 0));
create policy maintenance on accounts.activation_step    to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on accounts.activation_opening to dinhdanh_maintenance using (true) with check (true);
grant select, insert         on accounts.activation_step    to dinhdanh_application, dinhdanh_maintenance;
grant select, insert, update on accounts.activation_opening to dinhdanh_application, dinhdanh_maintenance;

create view accounts.published_activation_step with (security_invoker = true) as
select s.person_id, s.account_id, s.activation_id, s.step, s.at, s.why from accounts.activation_step s;
comment on view accounts.published_activation_step is 'The steps that activations went through, and where and why they stopped.';
grant select on accounts.published_activation_step to dinhdanh_application, dinhdanh_maintenance;

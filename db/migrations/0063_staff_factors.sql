-- An officer signs in by a password and a second factor: a passkey or the app of their phone.

create table staff.factor (
  id            uuid        not null primary key,
  officer_id    uuid        not null references staff.officer (id),
  kind          text        not null check (kind in ('passkey', 'totp')),
  name          text        not null check (name <> '' and length(name) <= 100),
  sealed        bytea,
  last_step     bigint,
  credential_id text        unique check (credential_id ~ '^[A-Za-z0-9_-]+$' and length(credential_id) between 16 and 1400),
  public_key    bytea,
  counter       bigint      check (counter >= 0),
  transports    text[],
  backed_up     boolean,
  added_at      timestamptz not null,
  used_at       timestamptz,
  check ((kind = 'totp') = (sealed is not null and last_step is not null)),
  check ((kind = 'passkey') = (credential_id is not null and public_key is not null and counter is not null
    and transports is not null and backed_up is not null))
);
create index factor_by_officer on staff.factor (officer_id, added_at);

comment on table  staff.factor               is 'What an officer proves themselves by beside the password.';
comment on column staff.factor.id            is 'The factor. [public]';
comment on column staff.factor.officer_id    is 'Whose. [personal]';
comment on column staff.factor.kind          is 'passkey, or totp: the app of a phone. [public]';
comment on column staff.factor.name          is 'As its officer calls it. [personal]';
comment on column staff.factor.sealed        is 'Of an app: its secret, sealed under the sealing key. [secret]';
comment on column staff.factor.last_step     is 'Of an app: the last time step that a code was used of. [public]';
comment on column staff.factor.credential_id is 'Of a passkey: the authenticator''s own name of it. [personal]';
comment on column staff.factor.public_key    is 'Of a passkey: the key its signatures are checked with (COSE). [public]';
comment on column staff.factor.counter       is 'Of a passkey: how often it was used; less than before is a copy. [public]';
comment on column staff.factor.transports    is 'Of a passkey: how a browser reaches it. [public]';
comment on column staff.factor.backed_up     is 'Of a passkey: whether it is kept with its maker too. [public]';
comment on column staff.factor.added_at      is 'When. [public]';
comment on column staff.factor.used_at       is 'When it was used last; empty = never. [public]';

create table staff.factor_offer (
  officer_id uuid        not null primary key references staff.officer (id),
  sealed     bytea       not null,
  ends_at    timestamptz not null
);
comment on table  staff.factor_offer            is 'The secret that an app is given: no factor before its first code was typed.';
comment on column staff.factor_offer.officer_id is 'Whose. [personal]';
comment on column staff.factor_offer.sealed     is 'The secret, sealed under the sealing key. [secret]';
comment on column staff.factor_offer.ends_at    is 'From when on another is offered. [public]';

create table staff.factor_challenge (
  hash       bytea       not null primary key check (length(hash) = 32),
  officer_id uuid        not null references staff.officer (id),
  ends_at    timestamptz not null
);
create index factor_challenge_by_end on staff.factor_challenge (ends_at);
comment on table  staff.factor_challenge            is 'What a browser is to sign with a passkey, answered once.';
comment on column staff.factor_challenge.hash       is 'SHA-256 of the challenge. [secret]';
comment on column staff.factor_challenge.officer_id is 'Who is to answer. [personal]';
comment on column staff.factor_challenge.ends_at    is 'From when on it takes no answer. [public]';

create table staff.sign_in (
  id             uuid        not null primary key,
  token_hash     bytea       not null unique check (length(token_hash) = 32),
  officer_id     uuid        not null references staff.officer (id),
  device_hash    bytea       not null check (length(device_hash) = 32),
  mail_code_hash bytea       check (length(mail_code_hash) = 32),
  began_at       timestamptz not null,
  ends_at        timestamptz not null
);
create index sign_in_by_end on staff.sign_in (ends_at);
comment on table  staff.sign_in                is 'A sign-in whose password was right and whose second factor is asked.';
comment on column staff.sign_in.id             is 'The sign-in. [public]';
comment on column staff.sign_in.token_hash     is 'SHA-256 of the token in the browser''s cookie. [secret]';
comment on column staff.sign_in.officer_id     is 'Whose. [personal]';
comment on column staff.sign_in.device_hash    is 'SHA-256 of the browser''s device token. [secret]';
comment on column staff.sign_in.mail_code_hash is 'SHA-256 of the sign-in''s id and the code that was sent by mail; empty = none. [secret]';
comment on column staff.sign_in.began_at       is 'When the password was right. [public]';
comment on column staff.sign_in.ends_at        is 'From when on it leads nowhere. [public]';

alter table staff.credential add column may_enrol boolean not null default true;
alter table staff.credential alter column may_enrol set default false;
comment on column staff.credential.may_enrol is 'Whether the password alone leads to adding a first second factor: since it was chosen by a link, or since before there were any. [public]';

-- Nobody is signed in by a password alone any more.
update staff.session set ended_at = now() where ended_at is null;
alter table staff.session
  add column factor    text not null default 'none' check (factor in ('none', 'passkey', 'totp', 'mail')),
  add column factor_at timestamptz;
alter table staff.session alter column factor drop default;
alter table staff.session add check ((factor = 'none') = (factor_at is null)), add check (factor <> 'none' or ended_at is not null);
comment on column staff.session.factor    is 'By which second factor the officer signed in, or proved themselves last; none = before there were any. [public]';
comment on column staff.session.factor_at is 'When they last did. [public]';

alter table staff.proposal drop constraint proposal_kind_check;
alter table staff.proposal add constraint proposal_kind_check
  check (kind in ('appointment', 'stand-in', 'reset', 'contact', 'factor-reset'));
comment on column staff.proposal.kind is 'appointment (to a role), stand-in (to act in another''s appointment), reset (a new password), factor-reset (a new password, and second factors added anew), contact (another phone or e-mail address). [public]';

alter table staff.password_link add column drops_factors boolean not null default false;
alter table staff.password_link alter column drops_factors drop default;
comment on column staff.password_link.drops_factors is 'Whether its use removes the officer''s second factors, so that they add new ones. [public]';

alter table staff.factor           enable row level security;
alter table staff.factor           force  row level security;
alter table staff.factor_offer     enable row level security;
alter table staff.factor_offer     force  row level security;
alter table staff.factor_challenge enable row level security;
alter table staff.factor_challenge force  row level security;
alter table staff.sign_in          enable row level security;
alter table staff.sign_in          force  row level security;

create policy signing_in on staff.factor to dinhdanh_app
  using ((select staff.signing_in())) with check ((select staff.signing_in()));
create policy signing_in on staff.factor_offer to dinhdanh_app
  using ((select staff.signing_in())) with check ((select staff.signing_in()));
create policy signing_in on staff.factor_challenge to dinhdanh_app
  using ((select staff.signing_in())) with check ((select staff.signing_in()));
create policy signing_in on staff.sign_in to dinhdanh_app
  using ((select staff.signing_in())) with check ((select staff.signing_in()));
create policy maintenance on staff.factor           to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on staff.factor_offer     to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on staff.factor_challenge to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on staff.sign_in          to dinhdanh_maintenance using (true) with check (true);

grant select, insert, update, delete on staff.factor, staff.factor_offer, staff.factor_challenge, staff.sign_in
  to dinhdanh_app, dinhdanh_maintenance;

-- Who is signed in, by what, and what the OpenID provider keeps of it. Sign-in has no officer and no scope: it opens these tables by a literal of its own.

create schema signin;
grant usage on schema signin to dinhdanh_application, dinhdanh_maintenance;

create function signin.at_the_door() returns boolean language sql stable parallel safe as
$$ select coalesce(current_setting('dinhdanh.at_the_door', true), '') = 'yes' $$;
comment on function signin.at_the_door() is 'Whether this transaction signs a person in, or serves the provider.';

create table signin.session (
  person_id  uuid        not null,
  id         uuid        not null,
  account_id uuid        not null,
  child_id   uuid,
  token_hash bytea       not null check (length(token_hash) = 32),
  factors    jsonb       not null,
  provider_uid text,
  browser    text        not null,
  began_at   timestamptz not null,
  seen_at    timestamptz not null,
  ends_at    timestamptz not null,
  ended_at   timestamptz,
  ended_why  text,
  primary key (person_id, id),
  check ((ended_at is null) = (ended_why is null))
);
comment on table  signin.session            is 'From the moment that a person signed in to the end of it. Everything that the provider gave within it ends with it.';
comment on column signin.session.person_id  is 'Who is signed in: the parent, where it is for a child. [personal]';
comment on column signin.session.id         is 'The session. [public]';
comment on column signin.session.account_id is 'With which account. [public]';
comment on column signin.session.child_id   is 'For which child the person acts, where for one. [personal]';
comment on column signin.session.token_hash is 'SHA-256 of the token in the cookie. [secret]';
comment on column signin.session.factors    is 'What was proved, and when: [{"kind", "at"}]. [public]';
comment on column signin.session.provider_uid is 'By which the provider''s tokens know it, once it was asked. [public]';
comment on column signin.session.browser    is 'How the browser calls itself, for the person''s own list. [personal]';
comment on column signin.session.began_at   is 'When it began. [public]';
comment on column signin.session.seen_at    is 'Last used, to the minute. [public]';
comment on column signin.session.ends_at    is 'When it ends whatever happens. [public]';
comment on column signin.session.ended_at   is 'When it was ended. [public]';
comment on column signin.session.ended_why  is 'Why it was ended. [public]';

create table signin.artifact (
  kind        text        not null,
  id_hash     bytea       not null check (length(id_hash) = 32),
  payload     jsonb       not null,
  person_id   uuid,
  client_id   text,
  grant_id    text,
  uid         text,
  expires_at  timestamptz not null,
  consumed_at timestamptz,
  primary key (kind, id_hash)
);
create index artifact_by_person  on signin.artifact (person_id)  where person_id is not null;
create index artifact_by_grant   on signin.artifact (grant_id)   where grant_id is not null;
create index artifact_by_uid     on signin.artifact (uid)        where uid is not null;
create index artifact_by_expiry  on signin.artifact (expires_at);
comment on table  signin.artifact             is 'What the OpenID provider keeps for a while: codes, tokens, grants, interactions, pushed requests, assertions that were seen. Keyed by the hash of what its bearer holds.';
comment on column signin.artifact.kind        is 'The provider''s name of it. [public]';
comment on column signin.artifact.id_hash     is 'SHA-256 of what its bearer holds. [secret]';
comment on column signin.artifact.payload     is 'What it says, without what its bearer holds. [personal]';
comment on column signin.artifact.person_id   is 'Whose it is, where anybody''s: the parent''s, where it is for a child. [personal]';
comment on column signin.artifact.client_id   is 'Given to which client. [public]';
comment on column signin.artifact.grant_id    is 'Under which grant; its own for a grant. [public]';
comment on column signin.artifact.uid         is 'Of a session of the provider: by which tokens know it. [public]';
comment on column signin.artifact.expires_at  is 'Until when it counts. [public]';
comment on column signin.artifact.consumed_at is 'When it was used, of what may be used once. [public]';

create table signin.consent (
  person_id    uuid        not null,
  id           uuid        not null,
  account_id   uuid        not null,
  child_id     uuid,
  client_id    text        not null,
  party_id     uuid        not null,
  scopes       text[]      not null,
  refused      text[]      not null,
  given_at     timestamptz not null,
  ends_at      timestamptz not null,
  grant_id     text        not null,
  ended_at     timestamptz,
  ended_why    text,
  primary key (person_id, id),
  check ((ended_at is null) = (ended_why is null))
);
create index consent_by_grant on signin.consent (grant_id);
create unique index one_consent_per_client on signin.consent (person_id, coalesce(child_id, person_id), client_id) where ended_at is null;
comment on table  signin.consent           is 'What a person let a relying party see, and until when (NĐ69/2024 Art. 19).';
comment on column signin.consent.person_id is 'Who consented: the parent, where it is about a child. [personal]';
comment on column signin.consent.id        is 'The consent. [public]';
comment on column signin.consent.account_id is 'With which account. [public]';
comment on column signin.consent.child_id  is 'About which child, where about one. [personal]';
comment on column signin.consent.client_id is 'To which client. [public]';
comment on column signin.consent.party_id  is 'Of which party. [public]';
comment on column signin.consent.scopes    is 'To what. [public]';
comment on column signin.consent.refused   is 'To what not, of what was asked for. [public]';
comment on column signin.consent.given_at  is 'When. [public]';
comment on column signin.consent.ends_at   is 'Until when, unless it is withdrawn. [public]';
comment on column signin.consent.grant_id  is 'The provider''s grant that rests on it. [public]';
comment on column signin.consent.ended_at  is 'When it ended. [public]';
comment on column signin.consent.ended_why is 'withdrawn, replaced, account, or expired. [public]';

create table signin.visit (
  person_id  uuid        not null,
  id         uuid        not null,
  child_id   uuid,
  client_id  text        not null,
  party_id   uuid        not null,
  at         timestamptz not null,
  level      smallint    not null,
  strength   smallint    not null,
  scopes     text[]      not null,
  primary key (person_id, id)
);
create index visit_by_person on signin.visit (person_id, at desc);
comment on table  signin.visit            is 'Where a person signed in: usage history, kept five years (NĐ59/2022 Art. 21).';
comment on column signin.visit.person_id  is 'Who: the parent, where it was for a child. [personal]';
comment on column signin.visit.id         is 'The visit. [public]';
comment on column signin.visit.child_id   is 'For which child, where for one. [personal]';
comment on column signin.visit.client_id  is 'To which client. [public]';
comment on column signin.visit.party_id   is 'Of which party. [public]';
comment on column signin.visit.at         is 'When. [public]';
comment on column signin.visit.level      is 'The level of the account that was told. [public]';
comment on column signin.visit.strength   is 'How strongly they had signed in (NĐ69/2024). [public]';
comment on column signin.visit.scopes     is 'What could be seen. [public]';

create table signin.key (
  kid        text        not null primary key,
  public_jwk jsonb       not null,
  sealed     bytea       not null,
  made_at    timestamptz not null,
  active_at  timestamptz,
  retired_at timestamptz,
  gone_at    timestamptz,
  check (active_at is not null or retired_at is null)
);
create unique index one_active_key on signin.key ((true)) where active_at is not null and retired_at is null;
comment on table  signin.key            is 'The keys by which ID tokens and logout tokens are signed: published first, then active, then retired until nothing signed by it counts any more.';
comment on column signin.key.kid        is 'RFC 7638 thumbprint. [public]';
comment on column signin.key.public_jwk is 'What is published. [public]';
comment on column signin.key.sealed     is 'The private part, AES-256-GCM under the house''s key outside the database. [secret]';
comment on column signin.key.made_at    is 'Since when it is published. [public]';
comment on column signin.key.active_at  is 'Since when it signs. [public]';
comment on column signin.key.retired_at is 'Until when it signed. [public]';
comment on column signin.key.gone_at    is 'Until when it was published. [public]';

alter table signin.session  enable row level security;
alter table signin.session  force  row level security;
alter table signin.artifact enable row level security;
alter table signin.artifact force  row level security;
alter table signin.consent  enable row level security;
alter table signin.consent  force  row level security;
alter table signin.visit    enable row level security;
alter table signin.visit    force  row level security;
alter table signin.key      enable row level security;
alter table signin.key      force  row level security;
create policy door on signin.session  to dinhdanh_application using ((select signin.at_the_door())) with check ((select signin.at_the_door()));
create policy door on signin.artifact to dinhdanh_application using ((select signin.at_the_door())) with check ((select signin.at_the_door()));
create policy door on signin.consent  to dinhdanh_application using ((select signin.at_the_door())) with check ((select signin.at_the_door()));
create policy door on signin.visit    to dinhdanh_application using ((select signin.at_the_door())) with check ((select signin.at_the_door()));
create policy door on signin.key      to dinhdanh_application using ((select signin.at_the_door())) with check ((select signin.at_the_door()));
create policy maintenance on signin.session  to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on signin.artifact to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on signin.consent  to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on signin.visit    to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on signin.key      to dinhdanh_maintenance using (true) with check (true);

grant select, insert, update         on signin.session, signin.consent, signin.key to dinhdanh_application, dinhdanh_maintenance;
grant select, insert, update, delete on signin.artifact                            to dinhdanh_application, dinhdanh_maintenance;
grant select, insert                 on signin.visit                               to dinhdanh_application, dinhdanh_maintenance;

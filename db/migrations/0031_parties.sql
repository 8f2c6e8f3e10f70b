-- Relying parties: who may ask whom for what, by which keys, how often, and what became of each request. Nothing here is about a person who signs in.

create schema parties;
grant usage on schema parties to dinhdanh_application, dinhdanh_maintenance;

-- A party's engineer has no unit and so no scope: a literal SET LOCAL names them, and they see their own parties by it.
create function parties.engineer() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('dinhdanh.engineer', true), '')::uuid $$;
comment on function parties.engineer() is 'Which engineer acts in this transaction, where one does.';

create function parties.signing_in() returns boolean language sql stable parallel safe as
$$ select coalesce(current_setting('dinhdanh.engineer_signing_in', true), '') = 'yes' $$;
comment on function parties.signing_in() is 'Whether this transaction signs an engineer in: it sees what that rests on.';

create table parties.engineer (
  id       uuid        not null primary key,
  email    text        not null unique check (email = lower(email) and length(email) <= 254),
  added_at timestamptz not null
);
comment on table  parties.engineer          is 'Someone who answers for a party''s software; known by an e-mail address that they read.';
comment on column parties.engineer.id       is 'The engineer. [public]';
comment on column parties.engineer.email    is 'Their address, in small letters. [personal]';
comment on column parties.engineer.added_at is 'Since when they are known here. [public]';

create table parties.sign_in_link (
  token_hash   bytea       not null primary key check (length(token_hash) = 32),
  email        text        not null check (email = lower(email) and length(email) <= 254),
  device_hash  bytea       not null check (length(device_hash) = 32),
  address_hash bytea       not null check (length(address_hash) = 32),
  made_at      timestamptz not null,
  ends_at      timestamptz not null,
  used_at      timestamptz
);
create index sign_in_link_by_email   on parties.sign_in_link (email, made_at);
create index sign_in_link_by_address on parties.sign_in_link (address_hash, made_at);
comment on table  parties.sign_in_link              is 'A link that signs an engineer in, once, and in the browser that asked for it.';
comment on column parties.sign_in_link.token_hash   is 'SHA-256 of the token in the link. [secret]';
comment on column parties.sign_in_link.email        is 'Where it was sent. [personal]';
comment on column parties.sign_in_link.device_hash  is 'SHA-256 of the device cookie of the browser that asked. [secret]';
comment on column parties.sign_in_link.address_hash is 'SHA-256 of the network address that asked, to count by. [secret]';
comment on column parties.sign_in_link.made_at      is 'When it was asked for. [public]';
comment on column parties.sign_in_link.ends_at      is 'Until when it opens. [public]';
comment on column parties.sign_in_link.used_at      is 'When it was used. [public]';

create table parties.engineer_session (
  id          uuid        not null primary key,
  token_hash  bytea       not null unique check (length(token_hash) = 32),
  engineer_id uuid        not null references parties.engineer (id),
  began_at    timestamptz not null,
  ends_at     timestamptz not null,
  ended_at    timestamptz
);
create index engineer_session_by_engineer on parties.engineer_session (engineer_id);
comment on table  parties.engineer_session             is 'An engineer who is signed in.';
comment on column parties.engineer_session.id          is 'The session. [public]';
comment on column parties.engineer_session.token_hash  is 'SHA-256 of the token in the cookie. [secret]';
comment on column parties.engineer_session.engineer_id is 'Who is signed in. [personal]';
comment on column parties.engineer_session.began_at    is 'When it began. [public]';
comment on column parties.engineer_session.ends_at     is 'When it ends whatever happens. [public]';
comment on column parties.engineer_session.ended_at    is 'When it was ended. [public]';

create table parties.party (
  id                 uuid        not null primary key,
  name_vi            text        not null check (name_vi <> '' and length(name_vi) <= 200),
  name_en            text        not null check (name_en <> '' and length(name_en) <= 200),
  kind               text        not null check (kind in ('state-body', 'other')),
  basis_text         text        check (basis_text <> ''),
  basis_article      text        check (basis_article <> ''),
  contact_name       text        not null check (contact_name <> ''),
  contact_email      text        not null check (contact_email = lower(contact_email) and length(contact_email) <= 254),
  state              text        not null check (state in ('draft', 'submitted', 'approved', 'refused', 'suspended')),
  registered_by_kind text        not null,
  registered_by_id   text        not null,
  registered_at      timestamptz not null,
  submitted_by_kind  text,
  submitted_by_id    text,
  submitted_at       timestamptz,
  decided_by_id      text,
  decided_at         timestamptz,
  reason             text        check (reason <> ''),
  check ((basis_text is null) = (basis_article is null)),
  check ((submitted_by_id is null) = (submitted_at is null)),
  check (state in ('draft', 'submitted') or decided_at is not null),
  check (state not in ('refused', 'suspended') or reason is not null),
  -- Nobody approves what they registered or submitted.
  check (decided_by_id is null or state = 'suspended' or (decided_by_id <> registered_by_id and decided_by_id is distinct from submitted_by_id))
);
create index party_by_contact on parties.party (contact_email);
comment on table  parties.party                    is 'An organisation whose services people sign in to, or that asks for checks.';
comment on column parties.party.id                 is 'The party; also the sector by which its pairwise subjects are made. [public]';
comment on column parties.party.name_vi            is 'Its name as people read it on the consent page. [public]';
comment on column parties.party.name_en            is 'The same in English. [public]';
comment on column parties.party.kind               is 'A state body or another. [public]';
comment on column parties.party.basis_text         is 'The legal text that lets it know personal numbers and residence; empty = none. [public]';
comment on column parties.party.basis_article      is 'The article of that text. [public]';
comment on column parties.party.contact_name       is 'The engineer who answers for it. [personal]';
comment on column parties.party.contact_email      is 'Their address; who reads it may sign in for the party. [personal]';
comment on column parties.party.state              is 'draft, submitted, approved, refused or suspended. [public]';
comment on column parties.party.registered_by_kind is 'What kind of actor registered it. [public]';
comment on column parties.party.registered_by_id   is 'Which officer or engineer. [public]';
comment on column parties.party.registered_at      is 'When. [public]';
comment on column parties.party.submitted_by_kind  is 'What kind of actor submitted it. [public]';
comment on column parties.party.submitted_by_id    is 'Which officer or engineer. [public]';
comment on column parties.party.submitted_at       is 'When. [public]';
comment on column parties.party.decided_by_id      is 'Which officer decided last. [public]';
comment on column parties.party.decided_at         is 'When. [public]';
comment on column parties.party.reason             is 'Why it was refused or suspended. [public]';

create table parties.member (
  party_id    uuid        not null references parties.party (id),
  engineer_id uuid        not null references parties.engineer (id),
  added_at    timestamptz not null,
  primary key (party_id, engineer_id)
);
create index member_by_engineer on parties.member (engineer_id);
comment on table  parties.member             is 'Which engineers answer for which party.';
comment on column parties.member.party_id    is 'The party. [public]';
comment on column parties.member.engineer_id is 'The engineer. [personal]';
comment on column parties.member.added_at    is 'Since when. [public]';

create table parties.client (
  client_id text        not null primary key check (client_id ~ '^[a-z0-9][a-z0-9-]{2,63}$'),
  party_id  uuid        not null references parties.party (id),
  name      text        not null check (name <> '' and length(name) <= 100),
  sandbox   boolean     not null,
  state     text        not null check (state in ('active', 'suspended')),
  reason    text        check (reason <> ''),
  made_at   timestamptz not null,
  check ((state = 'suspended') = (reason is not null))
);
create index client_by_party on parties.client (party_id);
comment on table  parties.client           is 'A piece of a party''s software, as OAuth knows it.';
comment on column parties.client.client_id is 'Its client_id. [public]';
comment on column parties.client.party_id  is 'Whose it is. [public]';
comment on column parties.client.name      is 'What its engineers call it. [public]';
comment on column parties.client.sandbox   is 'It is for trying out: in force without review, and for sandbox people alone. [public]';
comment on column parties.client.state     is 'active or suspended. [public]';
comment on column parties.client.reason    is 'Why it is suspended. [public]';
comment on column parties.client.made_at   is 'Since when it is registered. [public]';

create table parties.version (
  client_id         text        not null references parties.client (client_id),
  number            integer     not null check (number > 0),
  state             text        not null check (state in ('draft', 'submitted', 'in-force', 'former', 'refused', 'withdrawn')),
  settings          jsonb       not null check (jsonb_typeof(settings) = 'object'),
  made_by_kind      text        not null,
  made_by_id        text        not null,
  made_at           timestamptz not null,
  submitted_by_kind text,
  submitted_by_id   text,
  submitted_at      timestamptz,
  decided_by_id     text,
  decided_at        timestamptz,
  reason            text        check (reason <> ''),
  primary key (client_id, number),
  check ((submitted_by_id is null) = (submitted_at is null)),
  check (state <> 'refused' or reason is not null),
  check (decided_by_id is null or (decided_by_id <> made_by_id and decided_by_id is distinct from submitted_by_id))
);
-- The old one stays in force while the next is written and reviewed, one at a time.
create unique index one_version_in_force on parties.version (client_id) where state = 'in-force';
create unique index one_version_open     on parties.version (client_id) where state in ('draft', 'submitted');
create index version_submitted on parties.version (submitted_at) where state = 'submitted';
comment on table  parties.version                   is 'What is registered of a client, as a whole that is reviewed: a change is another version.';
comment on column parties.version.client_id         is 'Of which client. [public]';
comment on column parties.version.number            is 'Its number, from one. [public]';
comment on column parties.version.state             is 'draft, submitted, in-force, former, refused or withdrawn. [public]';
comment on column parties.version.settings          is 'Addresses, public keys, grants, scopes with their purposes; shape in src/parties/client.ts. [public]';
comment on column parties.version.made_by_kind      is 'What kind of actor wrote it. [public]';
comment on column parties.version.made_by_id        is 'Which officer or engineer. [public]';
comment on column parties.version.made_at           is 'When. [public]';
comment on column parties.version.submitted_by_kind is 'What kind of actor submitted it. [public]';
comment on column parties.version.submitted_by_id   is 'Which officer or engineer. [public]';
comment on column parties.version.submitted_at      is 'When. [public]';
comment on column parties.version.decided_by_id     is 'Which officer decided; empty for a sandbox client''s, which nobody reviews. [public]';
comment on column parties.version.decided_at        is 'When. [public]';
comment on column parties.version.reason            is 'Why it was refused. [public]';

create table parties.quota (
  client_id  text        not null references parties.client (client_id),
  what       text        not null check (what in ('sign-in', 'verification')),
  per_minute integer     not null check (per_minute >= 0),
  per_day    integer     not null check (per_day >= 0),
  set_by_id  text        not null,
  set_at     timestamptz not null,
  primary key (client_id, what)
);
comment on table  parties.quota            is 'How often a client may ask, where it is not as often as any of its kind (src/parties/quota.ts).';
comment on column parties.quota.client_id  is 'Which client. [public]';
comment on column parties.quota.what       is 'Sign-ins or verifications. [public]';
comment on column parties.quota.per_minute is 'How many a minute. [public]';
comment on column parties.quota.per_day    is 'How many a day of the province. [public]';
comment on column parties.quota.set_by_id  is 'Which officer set it. [public]';
comment on column parties.quota.set_at     is 'When. [public]';

-- Each connection counts in a row of its own, so that nobody waits for another's commit; what was used is their sum.
create table parties.spent (
  client_id text        not null,
  what      text        not null,
  period    text        not null check (period in ('minute', 'day')),
  since     timestamptz not null,
  hand      smallint    not null,
  used      bigint      not null check (used > 0),
  primary key (client_id, what, period, since, hand)
);
create index spent_by_age on parties.spent (since);
comment on table  parties.spent           is 'What clients have used of their quotas.';
comment on column parties.spent.client_id is 'Which client. [public]';
comment on column parties.spent.what      is 'Sign-ins or verifications. [public]';
comment on column parties.spent.period    is 'A minute or a day. [public]';
comment on column parties.spent.since     is 'When that minute or day began. [public]';
comment on column parties.spent.hand      is 'By which of the connections it was counted. [public]';
comment on column parties.spent.used      is 'How many. [public]';

create table parties.sandbox_person (
  person_id uuid        not null primary key,
  added_at  timestamptz not null
);
comment on table  parties.sandbox_person           is 'Invented people, as whom one may sign in to sandbox clients.';
comment on column parties.sandbox_person.person_id is 'Who. [personal]';
comment on column parties.sandbox_person.added_at  is 'Since when. [public]';

create table parties.flight (
  request_id uuid        not null,
  id         uuid        not null,
  at         timestamptz not null,
  client_id  text,
  endpoint   text        not null check (endpoint ~ '^[a-z][a-z_-]{0,39}$'),
  outcome    text        not null check (outcome in ('passed', 'failed')),
  "check"    text        check ("check" ~ '^[a-z][a-z-]{0,39}$'),
  error      text        check (error ~ '^[a-z][a-z_]{0,59}$'),
  detail     text        check (detail ~ '^[a-z][a-z_ ]{0,99}$'),
  seconds    integer,
  primary key (request_id, id),
  check ((outcome = 'failed') = ("check" is not null))
);
create index flight_by_client on parties.flight (client_id, at);
create index flight_by_age    on parties.flight using brin (at);
comment on table  parties.flight            is 'The flight recorder: which check a request failed, or that a flow was finished. Nothing that a person or a browser sent; kept thirty days.';
comment on column parties.flight.request_id is 'The request: the correlation id that error pages and answers carry. [public]';
comment on column parties.flight.id         is 'The note. [public]';
comment on column parties.flight.at         is 'When. [public]';
comment on column parties.flight.client_id  is 'Which client; empty where the request named none that is registered. [public]';
comment on column parties.flight.endpoint   is 'At which door of the provider. [public]';
comment on column parties.flight.outcome    is 'passed or failed. [public]';
comment on column parties.flight."check"    is 'Which check it failed; a name of src/parties/flight-check.ts. [public]';
comment on column parties.flight.error      is 'The standard''s error that was answered. [public]';
comment on column parties.flight.detail     is 'Names of parameters that it is about; never what was in them. [public]';
comment on column parties.flight.seconds    is 'By how much the party''s clock differed from ours, where the check was about time; positive = theirs is ahead. [public]';

alter table parties.engineer         enable row level security;
alter table parties.engineer         force  row level security;
alter table parties.sign_in_link     enable row level security;
alter table parties.sign_in_link     force  row level security;
alter table parties.engineer_session enable row level security;
alter table parties.engineer_session force  row level security;
alter table parties.party            enable row level security;
alter table parties.party            force  row level security;
alter table parties.member           enable row level security;
alter table parties.member           force  row level security;
alter table parties.client           enable row level security;
alter table parties.client           force  row level security;
alter table parties.version          enable row level security;
alter table parties.version          force  row level security;
alter table parties.quota            enable row level security;
alter table parties.quota            force  row level security;
alter table parties.spent            enable row level security;
alter table parties.spent            force  row level security;
alter table parties.sandbox_person   enable row level security;
alter table parties.sandbox_person   force  row level security;
alter table parties.flight           enable row level security;
alter table parties.flight           force  row level security;

-- Who a party is, and what its software may ask for, is no secret among officers, whatever their unit; an engineer sees their own.
create policy signing_in on parties.engineer to dinhdanh_application
  using ((select platform.sees_house()) or (select parties.signing_in()) or id = (select parties.engineer()))
  with check ((select platform.sees_house()) or (select parties.signing_in()));
create policy signing_in on parties.sign_in_link to dinhdanh_application
  using ((select platform.sees_house()) or (select parties.signing_in())) with check ((select platform.sees_house()) or (select parties.signing_in()));
create policy signing_in on parties.engineer_session to dinhdanh_application
  using ((select platform.sees_house()) or (select parties.signing_in())) with check ((select platform.sees_house()) or (select parties.signing_in()));
create policy own on parties.member to dinhdanh_application
  using ((select platform.sees_house()) or cardinality((select platform.scope())) > 0 or (select parties.signing_in())
         or engineer_id = (select parties.engineer()))
  with check ((select platform.sees_house()) or (select parties.signing_in()) or engineer_id = (select parties.engineer()));
create policy own on parties.party to dinhdanh_application
  using ((select platform.sees_house()) or cardinality((select platform.scope())) > 0 or (select parties.signing_in())
         or exists (select from parties.member m where m.party_id = party.id and m.engineer_id = (select parties.engineer())));
create policy registered on parties.party for insert to dinhdanh_application
  with check ((select platform.sees_house()) or cardinality((select platform.scope())) > 0 or (select parties.engineer()) is not null);
create policy own on parties.client to dinhdanh_application
  using ((select platform.sees_house()) or cardinality((select platform.scope())) > 0
         or exists (select from parties.party p where p.id = client.party_id));
create policy own on parties.version to dinhdanh_application
  using ((select platform.sees_house()) or cardinality((select platform.scope())) > 0
         or exists (select from parties.client c where c.client_id = version.client_id));
create policy own on parties.quota to dinhdanh_application
  using ((select platform.sees_house()) or cardinality((select platform.scope())) > 0
         or exists (select from parties.client c where c.client_id = quota.client_id));
create policy own on parties.spent to dinhdanh_application
  using ((select platform.sees_house()) or cardinality((select platform.scope())) > 0
         or exists (select from parties.client c where c.client_id = spent.client_id));
create policy house on parties.sandbox_person to dinhdanh_application using ((select platform.sees_house())) with check ((select platform.sees_house()));
-- A request that named no registered client is told to whoever holds its correlation id: a wrong client_id is where engineers begin.
create policy own on parties.flight to dinhdanh_application
  using ((select platform.sees_house()) or cardinality((select platform.scope())) > 0 or client_id is null
         or exists (select from parties.client c where c.client_id = flight.client_id));

create policy maintenance on parties.engineer         to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on parties.sign_in_link     to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on parties.engineer_session to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on parties.party            to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on parties.member           to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on parties.client           to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on parties.version          to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on parties.quota            to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on parties.spent            to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on parties.sandbox_person   to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on parties.flight           to dinhdanh_maintenance using (true) with check (true);

grant select, insert         on parties.engineer, parties.member to dinhdanh_application, dinhdanh_maintenance;
grant select, insert, update on parties.party, parties.client, parties.version, parties.quota, parties.engineer_session
  to dinhdanh_application, dinhdanh_maintenance;
grant select, insert, update, delete on parties.sign_in_link, parties.spent, parties.sandbox_person, parties.flight
  to dinhdanh_application, dinhdanh_maintenance;

-- The provider serves requests that nobody has signed in to yet: it asks by the exact client_id, whatever it may see otherwise.
create function parties.client_in_force(asked text)
returns table (client_id text, party_id uuid, name_vi text, name_en text, legal_basis boolean, party_state text, state text, sandbox boolean, settings jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select c.client_id, p.id, p.name_vi, p.name_en, p.basis_text is not null, p.state, c.state, c.sandbox, v.settings
  from parties.client c
  join parties.party p on p.id = c.party_id
  join parties.version v on v.client_id = c.client_id and v.state = 'in-force'
  where c.client_id = asked
$$;
comment on function parties.client_in_force is 'A client by its client_id, with what is in force of it.';

/*
 * Counts what a client uses, unless that is more than its quota leaves: all of it or nothing. Two connections never write one row (a backend's process id names
 * it), so two thousand at once do not wait for each other; what others have not committed yet is not seen, so a quota may be passed by as many as are under way.
 */
create function parties.spend(asked text, spent_what text, amount integer, at timestamptz, usual_live integer[], usual_sandbox integer[])
returns table (allowed boolean, remaining bigint, resets_at timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
  this_minute timestamptz := date_trunc('minute', at);
  this_day    timestamptz := date_trunc('day', at, 'Asia/Ho_Chi_Minh');
  usual       integer[];
  left_minute bigint;
  left_day    bigint;
begin
  select case when c.sandbox then usual_sandbox else usual_live end into usual from parties.client c where c.client_id = asked;
  select coalesce(q.per_minute, usual[1]) - m.used, coalesce(q.per_day, usual[2]) - d.used into left_minute, left_day
  from (select coalesce(sum(s.used), 0)::bigint as used from parties.spent s
        where s.client_id = asked and s.what = spent_what and s.period = 'minute' and s.since = this_minute) m
  cross join (select coalesce(sum(s.used), 0)::bigint as used from parties.spent s
        where s.client_id = asked and s.what = spent_what and s.period = 'day' and s.since = this_day) d
  left join parties.quota q on q.client_id = asked and q.what = spent_what;
  -- Whose client_id is not registered has no quota at all.
  if usual is null or left_day < amount then
    return query select false, greatest(coalesce(left_day, 0), 0), this_day + interval '1 day';
    return;
  end if;
  if left_minute < amount then
    return query select false, greatest(left_minute, 0), this_minute + interval '1 minute';
    return;
  end if;
  insert into parties.spent as s (client_id, what, period, since, hand, used)
  values (asked, spent_what, 'minute', this_minute, (pg_backend_pid() % 1024)::smallint, amount),
         (asked, spent_what, 'day',    this_day,    (pg_backend_pid() % 1024)::smallint, amount)
  on conflict (client_id, what, period, since, hand) do update set used = s.used + excluded.used;
  return query select true, least(left_minute, left_day) - amount, null::timestamptz;
end
$$;
comment on function parties.spend is 'Counts what a client uses of its quota, or says when there is some again.';

create function parties.note_flight(request uuid, note uuid, noted_at timestamptz, asked text, door text, came text, failed text, answered text, about text, clock integer)
returns void language sql security definer set search_path = pg_catalog, pg_temp as
$$
  insert into parties.flight (request_id, id, at, client_id, endpoint, outcome, "check", error, detail, seconds)
  values (request, note, noted_at, (select c.client_id from parties.client c where c.client_id = asked), door, came, failed, answered, about, clock)
$$;
comment on function parties.note_flight is 'Writes a note of the flight recorder; a client_id that is not registered is not kept, since it is what a browser sent.';

create function parties.is_sandbox_person(asked uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$ select exists (select from parties.sandbox_person s where s.person_id = asked) $$;
comment on function parties.is_sandbox_person is 'Whether somebody is invented, so that one may sign in as them to sandbox clients.';

grant create on schema parties to dinhdanh_maintenance;
alter function parties.client_in_force(text) owner to dinhdanh_maintenance;
alter function parties.spend(text, text, integer, timestamptz, integer[], integer[]) owner to dinhdanh_maintenance;
alter function parties.note_flight(uuid, uuid, timestamptz, text, text, text, text, text, text, integer) owner to dinhdanh_maintenance;
alter function parties.is_sandbox_person(uuid) owner to dinhdanh_maintenance;
revoke create on schema parties from dinhdanh_maintenance;
revoke execute on function parties.client_in_force(text), parties.spend(text, text, integer, timestamptz, integer[], integer[]),
  parties.note_flight(uuid, uuid, timestamptz, text, text, text, text, text, text, integer), parties.is_sandbox_person(uuid) from public;
grant execute on function parties.client_in_force(text), parties.spend(text, text, integer, timestamptz, integer[], integer[]),
  parties.note_flight(uuid, uuid, timestamptz, text, text, text, text, text, text, integer), parties.is_sandbox_person(uuid)
  to dinhdanh_application, dinhdanh_maintenance;

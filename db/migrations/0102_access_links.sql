-- Links with a PIN: a teacher opens the sheet of a class by one, a member of a community group a visit list, a family its
-- page. The database has hashes of token and PIN alone. What a link shows is tied to its id by platform.parts().
create schema access_links;
grant usage on schema access_links to dinhdanh_app, dinhdanh_maintenance;

create table access_links.link (
  id             uuid        not null primary key,
  kind           text        not null check (kind in ('class', 'group', 'family')),
  subject_id     uuid        not null,
  label          text        not null,
  unit_id        uuid,
  school_id      uuid,
  holder         text        check (holder <> ''),
  until          date        not null,
  until_at       timestamptz not null,
  token_hash     bytea       not null unique check (length(token_hash) = 32),
  issued_by      text        not null,
  issued_at      timestamptz not null,
  void_before    timestamptz,
  last_opened_at timestamptz,
  ended_at       timestamptz,
  ended_why      text        check (ended_why in ('renewed', 'revoked', 'expired')),
  ended_by       text,
  check ((ended_at is null) = (ended_why is null))
);
create index link_by_subject on access_links.link (subject_id, kind, issued_at);
comment on table  access_links.link                is 'A link that opens one page by a PIN, for whoever has no sign-in of their own.';
comment on column access_links.link.id             is 'The link; what it shows is tied to it. [public]';
comment on column access_links.link.kind           is 'class, group or family. [public]';
comment on column access_links.link.subject_id     is 'What it opens: a linked class, a community group, a person. [personal]';
comment on column access_links.link.label          is 'What the audit calls it: the class or the group; of a family nothing. [public]';
comment on column access_links.link.unit_id        is 'Whose officers see to it. [public]';
comment on column access_links.link.school_id      is 'Which school sees to it, where one does. [public]';
comment on column access_links.link.holder         is 'To whom it was given. [personal]';
comment on column access_links.link.until          is 'The last day on which it opens. [public]';
comment on column access_links.link.until_at       is 'The instant at which it ends at the latest. [public]';
comment on column access_links.link.token_hash     is 'SHA-256 of the token of its address. [secret]';
comment on column access_links.link.issued_by      is 'Who issued it. [personal]';
comment on column access_links.link.issued_at      is 'When. [public]';
comment on column access_links.link.void_before    is 'Sessions that began before are over: the PIN was replaced then. [public]';
comment on column access_links.link.last_opened_at is 'When a right PIN was last given. [public]';
comment on column access_links.link.ended_at       is 'Since when it opens nothing. [public]';
comment on column access_links.link.ended_why      is 'renewed, revoked or expired. [public]';
comment on column access_links.link.ended_by       is 'Who ended it. [personal]';

create table access_links.pin (
  link_id uuid        not null references access_links.link (id),
  id      uuid        not null,
  hash    text        not null check (hash like '$argon2id$%'),
  set_at  timestamptz not null,
  primary key (link_id, id)
);
comment on table  access_links.pin         is 'The PINs of links; the last one of a link counts. Officers write them and cannot read them.';
comment on column access_links.pin.link_id is 'Of which link. [public]';
comment on column access_links.pin.id      is 'The PIN. [public]';
comment on column access_links.pin.hash    is 'Argon2id of the PIN under the installation''s key. [secret]';
comment on column access_links.pin.set_at  is 'Since when it counts. [public]';

create table access_links.session (
  link_id     uuid        not null references access_links.link (id),
  id          uuid        not null,
  token_hash  bytea       not null unique check (length(token_hash) = 32),
  device_hash bytea       not null check (length(device_hash) = 32),
  begun_at    timestamptz not null,
  ends_at     timestamptz not null,
  primary key (link_id, id)
);
create index session_by_end on access_links.session (ends_at);
comment on table  access_links.session             is 'A browser in which a link was opened by its PIN.';
comment on column access_links.session.link_id     is 'Which link. [public]';
comment on column access_links.session.id          is 'The session. [public]';
comment on column access_links.session.token_hash  is 'SHA-256 of its cookie. [secret]';
comment on column access_links.session.device_hash is 'SHA-256 of the browser''s device cookie, by which its own tries are counted apart. [secret]';
comment on column access_links.session.begun_at    is 'When the PIN was given. [public]';
comment on column access_links.session.ends_at     is 'When it is over, whatever is done. [public]';

create table access_links.slowdown (
  key       bytea       not null primary key check (length(key) = 32),
  failures  integer     not null check (failures > 0),
  failed_at timestamptz not null,
  free_at   timestamptz not null
);
create index slowdown_by_age on access_links.slowdown (failed_at);
comment on table  access_links.slowdown           is 'How long to wait after wrong PINs, by the token as it was presented, whether a link has it or not.';
comment on column access_links.slowdown.key       is 'SHA-256 of what is counted. [secret]';
comment on column access_links.slowdown.failures  is 'Tries since the last right one, each counted before its PIN is looked at. [public]';
comment on column access_links.slowdown.failed_at is 'The last of them. [public]';
comment on column access_links.slowdown.free_at   is 'When the next is allowed. [public]';

alter table access_links.link     enable row level security;
alter table access_links.link     force  row level security;
alter table access_links.pin      enable row level security;
alter table access_links.pin      force  row level security;
alter table access_links.session  enable row level security;
alter table access_links.session  force  row level security;
alter table access_links.slowdown enable row level security;
alter table access_links.slowdown force  row level security;
create policy maintenance on access_links.link     to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on access_links.pin      to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on access_links.session  to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on access_links.slowdown to dinhdanh_maintenance using (true) with check (true);
create policy unit on access_links.link to dinhdanh_app
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[])
    or school_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[])
    or school_id = any ((select platform.scope())::uuid[]));
-- A link sees itself while it is in force: policies of what it shows ask for this row.
create policy own on access_links.link for select to dinhdanh_app
  using (id = any ((select platform.parts())::uuid[]) and ended_at is null and until_at > now());
create policy house on access_links.pin to dinhdanh_app using ((select platform.sees_house()));
create policy written on access_links.pin for insert to dinhdanh_app
  with check (exists (select from access_links.link l
    where l.id = link_id and l.ended_at is null and not l.id = any ((select platform.parts())::uuid[])));
create policy house on access_links.session  to dinhdanh_app using ((select platform.sees_house()));
-- Only a link in force begins a session of its own, which it does not read.
create policy begun on access_links.session for insert to dinhdanh_app
  with check (link_id = any ((select platform.parts())::uuid[]) and exists (select from access_links.link l where l.id = link_id));
create policy house on access_links.slowdown to dinhdanh_app using ((select platform.sees_house()));
grant select, insert, update         on access_links.link     to dinhdanh_app;
grant select, insert                 on access_links.pin      to dinhdanh_app;
grant select, insert, delete         on access_links.session  to dinhdanh_app;
grant select, insert, update, delete on access_links.slowdown to dinhdanh_app;
grant select, insert, update, delete on access_links.link     to dinhdanh_maintenance;
grant select, insert, update, delete on access_links.pin      to dinhdanh_maintenance;
grant select, insert, update, delete on access_links.session  to dinhdanh_maintenance;
grant select, insert, update, delete on access_links.slowdown to dinhdanh_maintenance;

-- What the links are called that did something: no holder, no subject. A person who reads who looked sees no link.
create function access_links.names_of(asked uuid[])
returns table (id uuid, kind text, label text, school_id uuid, unit_id uuid)
language sql stable security definer set search_path to 'pg_catalog', 'pg_temp'
as $$
  select l.id, l.kind, l.label, l.school_id, l.unit_id from access_links.link l where l.id = any (asked)
$$;
grant create on schema access_links to dinhdanh_maintenance;
alter function access_links.names_of(uuid[]) owner to dinhdanh_maintenance;
revoke create on schema access_links from dinhdanh_maintenance;
revoke execute on function access_links.names_of(uuid[]) from public;
grant execute on function access_links.names_of(uuid[]) to dinhdanh_app, dinhdanh_maintenance;

-- Links of groups and families act as those of classes do.
alter table audit.deed drop constraint deed_by_kind_check;
alter table audit.deed add constraint deed_by_kind_check check (by_kind in ('officer', 'citizen', 'party', 'class-link',
  'group-link', 'family-link', 'station', 'operator', 'system')) not valid;
alter table audit.deed validate constraint deed_by_kind_check;

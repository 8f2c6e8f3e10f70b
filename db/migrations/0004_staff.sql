-- Officers, what they are appointed to and for how long, and how they sign in. Codes of roles and their rights stand in src/staff/role.ts.

create schema staff;
grant usage on schema staff to dinhdanh_application, dinhdanh_maintenance;

-- Sign-in has no officer yet and so no scope: it says so by a literal SET LOCAL of its own, and sees credentials and officers by it.
create function staff.signing_in() returns boolean language sql stable parallel safe as
$$ select coalesce(current_setting('dinhdanh.signing_in', true), '') = 'yes' $$;
comment on function staff.signing_in() is 'Whether this transaction has opened the credentials, to sign someone in or to change them.';

create table staff.officer (
  id        uuid not null primary key,
  login     text not null unique check (login ~ '^[a-z0-9][a-z0-9._-]{2,39}$'),
  full_name text not null check (full_name <> ''),
  unit_id   uuid not null,
  added_at  timestamptz not null,
  left_at   timestamptz
);
create index officer_by_unit on staff.officer (unit_id);

comment on table  staff.officer           is 'Someone who works with this house.';
comment on column staff.officer.id        is 'The officer. [public]';
comment on column staff.officer.login     is 'What they sign in with. [personal]';
comment on column staff.officer.full_name is 'Their name. [personal]';
comment on column staff.officer.unit_id   is 'The unit that keeps their record. [public]';
comment on column staff.officer.added_at  is 'Since when they are known here. [public]';
comment on column staff.officer.left_at   is 'When they left; they cannot sign in any more. [public]';

create table staff.appointment (
  id         uuid not null primary key,
  officer_id uuid not null references staff.officer (id),
  role       text not null,
  unit_id    uuid not null,
  from_on    date,
  to_on      date,
  valid      daterange not null generated always as (daterange(from_on, to_on)) stored,
  check (from_on < to_on)
);
create index appointment_by_officer on staff.appointment (officer_id);
create index appointment_by_unit    on staff.appointment (unit_id);

comment on table  staff.appointment            is 'A role in a unit, for a period.';
comment on column staff.appointment.id         is 'The appointment. [public]';
comment on column staff.appointment.officer_id is 'Who is appointed. [personal]';
comment on column staff.appointment.role       is 'To what; a name of src/staff/role.ts. [public]';
comment on column staff.appointment.unit_id    is 'Where. Of an education officer: the unit whose schools they answer for. [public]';
comment on column staff.appointment.from_on    is 'First day; empty = since ever. [public]';
comment on column staff.appointment.to_on      is 'The day after the last; empty = open. [public]';
comment on column staff.appointment.valid      is 'The same two days as a range. [public]';

create table staff.stand_in (
  id             uuid not null primary key,
  appointment_id uuid not null references staff.appointment (id),
  officer_id     uuid not null references staff.officer (id),
  from_on        date not null,
  to_on          date not null,
  valid          daterange not null generated always as (daterange(from_on, to_on)) stored,
  check (from_on < to_on)
);
create index stand_in_by_officer     on staff.stand_in (officer_id);
create index stand_in_by_appointment on staff.stand_in (appointment_id);

comment on table  staff.stand_in                is 'An officer who acts in another''s appointment for some days.';
comment on column staff.stand_in.id             is 'The stand-in. [public]';
comment on column staff.stand_in.appointment_id is 'In which appointment. [public]';
comment on column staff.stand_in.officer_id     is 'Who stands in. [personal]';
comment on column staff.stand_in.from_on        is 'First day. [public]';
comment on column staff.stand_in.to_on          is 'The day after the last. [public]';
comment on column staff.stand_in.valid          is 'The same two days as a range. [public]';

create table staff.credential (
  officer_id  uuid        not null primary key references staff.officer (id),
  password    text        not null,
  must_change boolean     not null,
  set_at      timestamptz not null
);
comment on table  staff.credential             is 'What an officer proves themselves by.';
comment on column staff.credential.officer_id  is 'Whose it is. [personal]';
comment on column staff.credential.password    is 'argon2id in PHC form, salt and cost included. [secret]';
comment on column staff.credential.must_change is 'Someone else chose it, so it opens only the page on which it is changed. [public]';
comment on column staff.credential.set_at      is 'Since when. [public]';

create table staff.session (
  id             uuid        not null primary key,
  token_hash     bytea       not null unique check (length(token_hash) = 32),
  officer_id     uuid        not null references staff.officer (id),
  appointment_id uuid        references staff.appointment (id),
  stand_in_id    uuid        references staff.stand_in (id),
  scope          uuid[]      not null,
  device_hash    bytea       not null check (length(device_hash) = 32),
  browser        text        not null,
  began_at       timestamptz not null,
  seen_at        timestamptz not null,
  ends_at        timestamptz not null,
  ended_at       timestamptz
);
create index session_by_officer on staff.session (officer_id, began_at);

comment on table  staff.session                is 'From a sign-in to its end.';
comment on column staff.session.id             is 'The session. [public]';
comment on column staff.session.token_hash     is 'SHA-256 of the token in the cookie. [secret]';
comment on column staff.session.officer_id     is 'Who is signed in. [personal]';
comment on column staff.session.appointment_id is 'In which appointment they act; empty until they choose one. [public]';
comment on column staff.session.stand_in_id    is 'By which stand-in, where it is another''s appointment. [public]';
comment on column staff.session.scope          is 'Units and schools whose rows it sees, computed when the appointment was chosen. [public]';
comment on column staff.session.device_hash    is 'SHA-256 of the browser''s device cookie. [secret]';
comment on column staff.session.browser        is 'How the browser calls itself, for the officer''s own list of sessions. [personal]';
comment on column staff.session.began_at       is 'When it began. [public]';
comment on column staff.session.seen_at        is 'Last used, to the minute. [public]';
comment on column staff.session.ends_at        is 'When it ends whatever happens. [public]';
comment on column staff.session.ended_at       is 'When it was ended. [public]';

create table staff.device_officer (
  device_hash  bytea       not null check (length(device_hash) = 32),
  officer_id   uuid        not null references staff.officer (id),
  signed_in_at timestamptz not null,
  primary key (device_hash, officer_id)
);
comment on table  staff.device_officer              is 'Which officers have signed in from a browser: it is known to be theirs, and offers them for a quick change.';
comment on column staff.device_officer.device_hash  is 'SHA-256 of the browser''s device cookie. [secret]';
comment on column staff.device_officer.officer_id   is 'Who signed in. [personal]';
comment on column staff.device_officer.signed_in_at is 'Last time. [public]';

create table staff.slowdown (
  key        bytea       not null primary key check (length(key) = 32),
  failures   integer     not null check (failures > 0),
  failed_at  timestamptz not null,
  free_at    timestamptz not null
);
comment on table  staff.slowdown           is 'How long to wait after wrong passwords, by login and where the attempts come from.';
comment on column staff.slowdown.key       is 'SHA-256 of the login and the address, or of the login and a device known to be its officer''s. [secret]';
comment on column staff.slowdown.failures  is 'Attempts since the last success, each counted before its password is looked at. [public]';
comment on column staff.slowdown.failed_at is 'The last of them. [public]';
comment on column staff.slowdown.free_at   is 'When the next is allowed. [public]';
create index slowdown_by_age on staff.slowdown (failed_at);

alter table staff.officer        enable row level security;
alter table staff.officer        force  row level security;
alter table staff.appointment    enable row level security;
alter table staff.appointment    force  row level security;
alter table staff.stand_in       enable row level security;
alter table staff.stand_in       force  row level security;
alter table staff.credential     enable row level security;
alter table staff.credential     force  row level security;
alter table staff.session        enable row level security;
alter table staff.session        force  row level security;
alter table staff.device_officer enable row level security;
alter table staff.device_officer force  row level security;
alter table staff.slowdown       enable row level security;
alter table staff.slowdown       force  row level security;

-- An officer's record is their unit's; an appointment is that of the unit it is to.
create policy scope on staff.appointment to dinhdanh_application
  using ((select platform.sees_house()) or (select staff.signing_in()) or unit_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
create policy scope on staff.officer to dinhdanh_application
  using ((select platform.sees_house()) or (select staff.signing_in()) or unit_id = any ((select platform.scope())::uuid[])
         or exists (select from staff.appointment a where a.officer_id = officer.id and a.unit_id = any ((select platform.scope())::uuid[])))
  with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
create policy scope on staff.stand_in to dinhdanh_application
  using ((select platform.sees_house()) or (select staff.signing_in())
         or exists (select from staff.appointment a where a.id = stand_in.appointment_id and a.unit_id = any ((select platform.scope())::uuid[])))
  with check ((select platform.sees_house())
         or exists (select from staff.appointment a where a.id = stand_in.appointment_id and a.unit_id = any ((select platform.scope())::uuid[])));
create policy signing_in on staff.credential     to dinhdanh_application using ((select staff.signing_in())) with check ((select staff.signing_in()));
create policy signing_in on staff.session        to dinhdanh_application using ((select staff.signing_in())) with check ((select staff.signing_in()));
create policy signing_in on staff.device_officer to dinhdanh_application using ((select staff.signing_in())) with check ((select staff.signing_in()));
create policy signing_in on staff.slowdown       to dinhdanh_application using ((select staff.signing_in())) with check ((select staff.signing_in()));

create policy maintenance on staff.officer        to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on staff.appointment    to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on staff.stand_in       to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on staff.credential     to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on staff.session        to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on staff.device_officer to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on staff.slowdown       to dinhdanh_maintenance using (true) with check (true);

create view staff.published_officer with (security_invoker) as select id, full_name, unit_id from staff.officer;
comment on view staff.published_officer is 'Names of officers, for contexts above.';

grant select, insert, update         on staff.officer, staff.appointment, staff.stand_in, staff.credential, staff.session
  to dinhdanh_application, dinhdanh_maintenance;
grant select, insert, update, delete on staff.device_officer, staff.slowdown to dinhdanh_application, dinhdanh_maintenance;
grant select                         on staff.published_officer to dinhdanh_application, dinhdanh_maintenance;

-- Who answers for a deed is told by name to everyone who may see the deed, whatever unit the officer is of.
create function staff.names_of(asked uuid[]) returns table (id uuid, full_name text)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$ select o.id, o.full_name from staff.officer o where o.id = any (asked) $$;
comment on function staff.names_of is 'The names of officers, beyond the caller''s scope.';
-- Its owner must see every officer; a function is handed over only to a role that may create in the schema.
grant create on schema staff to dinhdanh_maintenance;
alter function staff.names_of(uuid[]) owner to dinhdanh_maintenance;
revoke create on schema staff from dinhdanh_maintenance;

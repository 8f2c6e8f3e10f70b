-- The exam registration's own database. Whatever is personal is deleted after the exam's last day of keeping (retention.ts).

-- Secrets and marks of this installation: the keys of tickets and forms.
create table setting (name text primary key, value text not null) strict;

-- How far places of a queue are given out. Written ahead, a block at a time: a kill loses no place, it skips some.
create table queue (
  exam_id text    primary key,
  places  integer not null,
  next_at integer not null,
  beat_at integer not null
) strict;

-- By how many milliseconds moments of a queue were moved, in order: on, where nobody could be let in (the server did not run, stood still, or had
-- more to do than it could), back, where its clock was set back. It concerns the places that were given out by then and had not come at from_at.
create table queue_shift (
  exam_id  text    not null,
  from_at  integer not null,
  moved_by integer not null check (moved_by <> 0),
  places   integer,
  -- Of the first release, which knew whom it concerns by when their ticket was given out.
  issued_before integer,
  check ((places is null) <> (issued_before is null))
) strict;
create index queue_shift_by_exam on queue_shift (exam_id);

-- Who registers: by a number that the identity provider vouches for, or by a code for who has none. Never both, never neither.
create table candidate (
  id             text primary key,
  person_number  text unique check (length(person_number) = 12 and person_number not glob '*[^0-9]*'),
  temporary_code text unique check (length(temporary_code) = 12 and temporary_code glob '[A-Z]*' and temporary_code not glob '*[^0-9A-Z]*'),
  full_name      text not null check (full_name <> ''),
  birthdate      text not null check (birthdate glob '[0-9][0-9][0-9][0-9]*'),
  gender         text not null check (gender in ('male', 'female')),
  residence      text,
  phone          text,
  -- The paper that an office has seen of who has no number, and who made the code.
  paper          text,
  made_by        text,
  password       text,
  vouched_at     integer not null,
  -- Of the office's form by which the code was made, as a hash: a form makes one code.
  form_key       text,
  check ((person_number is null) <> (temporary_code is null)),
  check ((temporary_code is null) = (password is null))
) strict;
create unique index candidate_by_form on candidate (form_key);

-- Who an account of the identity provider is here. A cancelled account and its successor have two subjects and one number.
create table identity (
  issuer       text not null,
  subject      text not null,
  candidate_id text not null references candidate (id) on delete cascade,
  primary key (issuer, subject)
) strict;

-- A ticket is its first user's: a copy of it lets nobody else in.
create table ticket_use (
  ticket_id    text    primary key,
  candidate_id text    not null references candidate (id) on delete cascade,
  at           integer not null
) strict;

-- A sign-in that has gone to the identity provider and has not come back.
create table sign_in (
  id_hash    text    primary key,
  exam_id    text    not null,
  state      text    not null,
  nonce      text    not null,
  verifier   text    not null,
  dpop_key   text    not null,
  request_id text,
  started_at integer not null
) strict;

create table session (
  id_hash      text    primary key,
  candidate_id text    references candidate (id) on delete cascade,
  staff_login  text    references staff (login) on delete cascade,
  level        integer,
  issuer       text,
  subject      text,
  sid          text,
  id_token     text,
  started_at   integer not null,
  seen_at      integer not null,
  check ((candidate_id is null) <> (staff_login is null))
) strict;
create index session_by_subject on session (issuer, subject);

-- Logout tokens that were obeyed: each counts once (OpenID Connect Back-Channel Logout 1.0, 2.6).
create table logout_token (jti text primary key, at integer not null) strict;

-- What somebody has filled in and not handed in. The revision tells a tab that another one has gone on.
create table draft (
  exam_id      text    not null,
  candidate_id text    not null references candidate (id) on delete cascade,
  answers      text    not null check (json_valid(answers)),
  revision     integer not null,
  changed_at   integer not null,
  primary key (exam_id, candidate_id)
) strict;

-- One registration a person and exam, whatever races.
create table registration (
  id           text    primary key,
  exam_id      text    not null,
  candidate_id text    not null references candidate (id) on delete cascade,
  code         text    not null unique check (length(code) = 9),
  school       text    not null,
  version      integer not null check (version >= 1),
  state        text    not null check (state in ('submitted', 'confirmed', 'returned')),
  unique (exam_id, candidate_id)
) strict;
create index registration_by_school on registration (exam_id, school);

-- Every version that was handed in, with what was vouched for then. A form counts once.
create table version (
  registration_id text    not null references registration (id) on delete cascade,
  version         integer not null check (version >= 1),
  answers         text    not null check (json_valid(answers)),
  person          text    not null check (json_valid(person)),
  form_key        text    not null unique,
  within          text    not null check (within in ('window', 'ticket', 'returned')),
  ticket_id       text,
  committed_at    integer not null,
  primary key (registration_id, version),
  check (within <> 'ticket' or ticket_id is not null)
) strict;

create table review (
  registration_id text    not null references registration (id) on delete cascade,
  version         integer not null,
  outcome         text    not null check (outcome in ('confirmed', 'returned', 'printed')),
  reason          text,
  staff_login     text    not null,
  at              integer not null,
  -- A school's form counts once.
  form_key        text,
  check (outcome <> 'returned' or reason <> ''),
  foreign key (registration_id, version) references version (registration_id, version) on delete cascade
) strict;
create index review_by_registration on review (registration_id, at);
create unique index review_by_form on review (form_key);

-- Staff of a school; the office for candidates sees every school.
create table staff (
  login    text primary key,
  name     text not null,
  school   text not null check (school <> ''),
  password text not null
) strict;

-- Wrong passwords, by whom and from where, so that guessing is slow.
create table wrong_try (who text not null, at integer not null) strict;
create index wrong_try_by_who on wrong_try (who, at);

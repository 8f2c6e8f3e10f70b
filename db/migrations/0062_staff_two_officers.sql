-- Whoever is given a post, a new password or another address is given it by two officers: one proposes, another accepts.
-- The officer chooses the password, by a link that is good once.

alter table staff.officer
  add column phone          text check (phone <> ''),
  add column email          text check (email <> ''),
  add column contact_set_at timestamptz;
comment on column staff.officer.phone          is 'The officer''s own phone, in E.164, to which links go. [personal]';
comment on column staff.officer.email          is 'The officer''s own e-mail address, to which links go. [personal]';
comment on column staff.officer.contact_set_at is 'Since when phone and address are others than when the officer was added; empty = never changed. [public]';

create table staff.proposal (
  id               uuid        not null primary key,
  kind             text        not null check (kind in ('appointment', 'stand-in', 'reset', 'contact')),
  officer_id       uuid        not null references staff.officer (id),
  unit_id          uuid        not null,
  role             text,
  appointment_id   uuid        references staff.appointment (id),
  from_on          date,
  to_on            date,
  phone            text        check (phone <> ''),
  email            text        check (email <> ''),
  former_phone     text,
  former_email     text,
  note             text        check (note <> ''),
  state            text        not null default 'pending' check (state in ('pending', 'accepted', 'refused', 'withdrawn', 'expired')),
  proposed_by_kind text        not null check (proposed_by_kind in ('officer', 'operator')),
  proposed_by      text        not null check (proposed_by <> ''),
  proposed_for     text        check (proposed_for <> ''),
  proposed_at      timestamptz not null,
  expires_at       timestamptz not null,
  decided_by       text        check (decided_by <> ''),
  decided_for      text        check (decided_for <> ''),
  decided_at       timestamptz,
  unique (id, officer_id, state),
  check (from_on < to_on),
  check (expires_at > proposed_at),
  check ((kind = 'appointment') = (role is not null)),
  check ((kind = 'stand-in') = (appointment_id is not null)),
  check (kind <> 'stand-in' or (from_on is not null and to_on is not null)),
  check (kind = 'contact' or (phone is null and email is null)),
  check ((decided_at is null) = (state in ('pending', 'expired')) and (decided_at is null) = (decided_by is null)),
  -- Neither who proposed it, nor whom it concerns, nor who stands in for either of them.
  constraint accepted_by_another check (state <> 'accepted' or (
        decided_by <> proposed_by and decided_by <> officer_id::text and decided_by is distinct from proposed_for
    and decided_for is distinct from proposed_by and decided_for is distinct from officer_id::text
    and (decided_for <> proposed_for) is not false))
);
create index proposal_by_unit    on staff.proposal (unit_id, proposed_at);
create index proposal_by_officer on staff.proposal (officer_id);
create unique index one_pending_proposal on staff.proposal
  (officer_id, kind, unit_id, coalesce(role, ''), coalesce(appointment_id, officer_id)) where state = 'pending';

comment on table  staff.proposal                  is 'What one officer proposes about another, and whether a third accepted it.';
comment on column staff.proposal.id               is 'The proposal. [public]';
comment on column staff.proposal.kind             is 'appointment (to a role), stand-in (to act in another''s appointment), reset (a new password), contact (another phone or e-mail address). [public]';
comment on column staff.proposal.officer_id       is 'Whom it concerns: who gets the post, the password or the address. [personal]';
comment on column staff.proposal.unit_id          is 'Whose officers see it: the unit of the appointment, else the one that keeps the officer''s record. [public]';
comment on column staff.proposal.role             is 'Of an appointment: to what. [public]';
comment on column staff.proposal.appointment_id   is 'Of a stand-in: in which appointment. [public]';
comment on column staff.proposal.from_on          is 'First day; empty = since ever. [public]';
comment on column staff.proposal.to_on            is 'The day after the last; empty = open. [public]';
comment on column staff.proposal.phone            is 'The new phone; empty = none. [personal]';
comment on column staff.proposal.email            is 'The new e-mail address; empty = none. [personal]';
comment on column staff.proposal.former_phone     is 'The phone that an accepted one replaced. [personal]';
comment on column staff.proposal.former_email     is 'The e-mail address that an accepted one replaced. [personal]';
comment on column staff.proposal.note             is 'Why, in the words of who proposes. [personal]';
comment on column staff.proposal.state            is 'pending, accepted, refused, withdrawn, expired. [public]';
comment on column staff.proposal.proposed_by_kind is 'officer, or operator: the command line. [public]';
comment on column staff.proposal.proposed_by      is 'Who proposed it. [personal]';
comment on column staff.proposal.proposed_for     is 'For whom that officer stood in, where they did. [personal]';
comment on column staff.proposal.proposed_at      is 'When. [public]';
comment on column staff.proposal.expires_at       is 'From when on nobody can accept it. [public]';
comment on column staff.proposal.decided_by       is 'Who accepted, refused or withdrew it. [personal]';
comment on column staff.proposal.decided_for      is 'For whom that officer stood in, where they did. [personal]';
comment on column staff.proposal.decided_at       is 'When. [public]';

-- Why an appointment stands. Of an accepted proposal, of the same officer, the key says so: no other row can be named.
alter table staff.appointment
  add column basis          text not null default 'earlier' check (basis in ('earlier', 'house', 'founding', 'two-officers')),
  add column founding       smallint unique check (founding in (1, 2)),
  add column proposal_id    uuid unique,
  add column proposal_state text generated always as (case when proposal_id is not null then 'accepted' end) stored,
  add check ((basis = 'founding') = (founding is not null)),
  add check ((basis = 'two-officers') = (proposal_id is not null)),
  add foreign key (proposal_id, officer_id, proposal_state) references staff.proposal (id, officer_id, state);
alter table staff.appointment alter column basis set default 'house';
comment on column staff.appointment.basis          is 'two-officers (an accepted proposal), founding (one of the first two of an empty installation), house (the demonstration), earlier (before two officers were needed). [public]';
comment on column staff.appointment.founding       is 'Which of the first two of an empty installation. [public]';
comment on column staff.appointment.proposal_id    is 'The proposal that was accepted. [public]';
comment on column staff.appointment.proposal_state is 'Accepted, for the key to compare. [public]';

alter table staff.stand_in
  add column basis          text not null default 'earlier' check (basis in ('earlier', 'house', 'two-officers')),
  add column proposal_id    uuid unique,
  add column proposal_state text generated always as (case when proposal_id is not null then 'accepted' end) stored,
  add check ((basis = 'two-officers') = (proposal_id is not null)),
  add foreign key (proposal_id, officer_id, proposal_state) references staff.proposal (id, officer_id, state);
alter table staff.stand_in alter column basis set default 'house';
comment on column staff.stand_in.basis          is 'two-officers (an accepted proposal), house (the demonstration), earlier (before two officers were needed). [public]';
comment on column staff.stand_in.proposal_id    is 'The proposal that was accepted. [public]';
comment on column staff.stand_in.proposal_state is 'Accepted, for the key to compare. [public]';

create table staff.password_link (
  id          uuid        not null primary key,
  officer_id  uuid        not null references staff.officer (id),
  proposal_id uuid        references staff.proposal (id),
  delivery    text        not null check (delivery in ('phone', 'email', 'paper')),
  token_hash  bytea       unique check (length(token_hash) = 32),
  tries       integer     not null default 0 check (tries >= 0),
  granted_by  text        not null check (granted_by <> ''),
  granted_at  timestamptz not null,
  expires_at  timestamptz not null,
  used_at     timestamptz,
  ended_at    timestamptz,
  check (expires_at > granted_at),
  check (used_at is null or token_hash is not null),
  check (used_at is null or ended_at is null)
);
create unique index one_open_link on staff.password_link (officer_id) where used_at is null and ended_at is null;
create index password_link_by_proposal on staff.password_link (proposal_id);

comment on table  staff.password_link             is 'A link by which an officer chooses their own password, once.';
comment on column staff.password_link.id          is 'The link. [public]';
comment on column staff.password_link.officer_id  is 'Whose password. [personal]';
comment on column staff.password_link.proposal_id is 'The accepted proposal it comes of; empty of the first two officers of an installation. [public]';
comment on column staff.password_link.delivery    is 'phone, email, or paper. [public]';
comment on column staff.password_link.token_hash  is 'SHA-256 of its token; empty until it is sent or printed. [secret]';
comment on column staff.password_link.tries       is 'How often a login was typed there that is not the officer''s. [public]';
comment on column staff.password_link.granted_by  is 'Who accepted the proposal; they alone print the paper. [personal]';
comment on column staff.password_link.granted_at  is 'When. [public]';
comment on column staff.password_link.expires_at  is 'From when on it opens nothing. [public]';
comment on column staff.password_link.used_at     is 'When the password was chosen. [public]';
comment on column staff.password_link.ended_at    is 'When another took its place, or too many logins were tried. [public]';

alter table staff.proposal      enable row level security;
alter table staff.proposal      force  row level security;
alter table staff.password_link enable row level security;
alter table staff.password_link force  row level security;

create policy scope on staff.proposal to dinhdanh_app
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
create policy signing_in on staff.password_link to dinhdanh_app
  using ((select staff.signing_in())) with check ((select staff.signing_in()));
create policy maintenance on staff.proposal      to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on staff.password_link to dinhdanh_maintenance using (true) with check (true);

grant select, insert, update on staff.proposal, staff.password_link to dinhdanh_app, dinhdanh_maintenance;

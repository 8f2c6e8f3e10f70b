-- A slip of paper for an account that was opened before lets whoever holds it choose a new passcode. It opens nothing
-- unless another officer than the printer approved it, or the holder proves something that only they have; for the time
-- after it the account takes no new factor and signs in with one factor alone; and its holder can stop it.

create table accounts.slip_reset (
  person_id   uuid        not null,
  slip_id     uuid        not null,
  account_id  uuid        not null,
  printed_by  text        not null,
  unit_id     uuid,
  printed_at  timestamptz not null,
  last_on     date        not null,
  decided_by  text,
  decided_at  timestamptz,
  outcome     text        check (outcome in ('approved', 'refused')),
  used_at     timestamptz,
  own_factor  text        check (own_factor in ('passcode', 'totp', 'recovery-code', 'message', 'representative')),
  held_until  timestamptz,
  lifted_by   text,
  lifted_at   timestamptz,
  stopped_at  timestamptz,
  stopped_how text        check (stopped_how in ('code', 'session')),
  ended_at    timestamptz,
  primary key (person_id, slip_id),
  foreign key (person_id, account_id) references accounts.account (person_id, id),
  check ((decided_by is null) = (decided_at is null)),
  check ((decided_by is null) = (outcome is null)),
  -- Two officers: whoever printed it neither approves it nor ends what follows from it.
  constraint another_officer_decides check (decided_by <> printed_by),
  constraint another_officer_lifts check (lifted_by <> printed_by),
  constraint used_by_two_or_by_the_holder check (used_at is null or outcome is not distinct from 'approved' or own_factor is not null),
  constraint refused_is_never_used check (used_at is null or outcome is distinct from 'refused'),
  check ((used_at is null) = (held_until is null)),
  check ((lifted_by is null) = (lifted_at is null)),
  check (lifted_at is null or used_at is not null),
  check ((stopped_at is null) = (stopped_how is null)),
  check (used_at is null or ended_at is null)
);
create index slip_reset_by_account on accounts.slip_reset (person_id, account_id, printed_at);
create index slip_reset_to_decide on accounts.slip_reset (last_on)
  where decided_at is null and used_at is null and ended_at is null;
comment on table  accounts.slip_reset             is 'A slip for an account that was opened before: who printed it, who else approved it, and the time after it in which the account takes no new factor.';
comment on column accounts.slip_reset.person_id   is 'Whose. [personal]';
comment on column accounts.slip_reset.slip_id     is 'The slip. [public]';
comment on column accounts.slip_reset.account_id  is 'Of which account. [public]';
comment on column accounts.slip_reset.printed_by  is 'Which officer printed it. [personal]';
comment on column accounts.slip_reset.unit_id     is 'In which unit. [public]';
comment on column accounts.slip_reset.printed_at  is 'When. [public]';
comment on column accounts.slip_reset.last_on     is 'Its last day. [public]';
comment on column accounts.slip_reset.decided_by  is 'Which other officer approved or refused it. [personal]';
comment on column accounts.slip_reset.decided_at  is 'When. [public]';
comment on column accounts.slip_reset.outcome     is 'What they decided. [public]';
comment on column accounts.slip_reset.used_at     is 'When a passcode was chosen by it. [public]';
comment on column accounts.slip_reset.own_factor  is 'What the holder proved besides, where they did: passcode, totp, recovery-code, message (to a phone of their own) or representative (who acts for a child confirmed). [public]';
comment on column accounts.slip_reset.held_until  is 'Until when the account takes no new factor and signs in with one factor alone. [public]';
comment on column accounts.slip_reset.lifted_by   is 'Which officer ended that before, with card and face before them. [personal]';
comment on column accounts.slip_reset.lifted_at   is 'When. [public]';
comment on column accounts.slip_reset.stopped_at  is 'When the holder stopped it. [public]';
comment on column accounts.slip_reset.stopped_how is 'How they did: by a code to a phone of theirs, or from a session. [public]';
comment on column accounts.slip_reset.ended_at    is 'When it ended unused: printed anew, refused, stopped, wrong data. [public]';

alter table accounts.slip_reset enable row level security;
alter table accounts.slip_reset force  row level security;
create policy visible on accounts.slip_reset to dinhdanh_app using (
  (select platform.sees_house())
  or exists (select from register.person_scope s where s.person_id = slip_reset.person_id offset 0)
  or exists (select from register.access_case c where c.person_id = slip_reset.person_id and (c.until is null or c.until >= current_date) offset 0));
create policy own on accounts.slip_reset for select to dinhdanh_app using (person_id = (select platform.person()));
create policy maintenance on accounts.slip_reset to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update on accounts.slip_reset to dinhdanh_app, dinhdanh_maintenance;

-- What a reset replaced, so that its holder gets it back when they stop it.
alter table accounts.slip
  add column former_passcode text,
  add column former_device   uuid,
  drop constraint slip_why_check,
  add constraint slip_why_check check (why in ('printed-anew', 'wrong-data', 'representative', 'opened-otherwise', 'refused', 'stopped'));
comment on column accounts.slip.former_passcode is 'The passcode''s hash that a reset by this slip replaced, while the holder can stop it. [secret]';
comment on column accounts.slip.former_device   is 'The device that it replaced. [public]';

alter table accounts.account add column held_until timestamptz;
comment on column accounts.account.held_until is 'Until when the account takes no new factor and signs in with one factor alone, after a reset by slip. [public]';

-- Slips that are out for accounts that were opened before: each waits for another officer, or for the holder's own proof.
insert into accounts.slip_reset (person_id, slip_id, account_id, printed_by, unit_id, printed_at, last_on)
select s.person_id, s.id, s.account_id, s.printed_by, s.unit_id, s.printed_at, s.last_on
from accounts.slip s join accounts.account a on a.person_id = s.person_id and a.id = s.account_id
where s.used_at is null and s.ended_at is null
  and (a.activated_at is not null
    or exists (select from accounts.transition t where t.person_id = s.person_id and t.state = 'activated'));

-- An attempt notes what the holder proved besides the slip; and one may be there to stop a slip.
alter table accounts.activation
  add column own_factor text check (own_factor in ('passcode', 'totp', 'recovery-code', 'message', 'representative')),
  drop constraint activation_purpose_check,
  add constraint activation_purpose_check check (purpose in ('activation', 'passcode', 'slip-stop'));
comment on column accounts.activation.own_factor is 'What was proved besides, of an account that was opened before. [public]';
comment on column accounts.activation.purpose    is 'What for: to activate, to choose another passcode, or to stop a slip (slip-stop). [public]';
alter table accounts.one_time_code
  drop constraint one_time_code_purpose_check,
  add constraint one_time_code_purpose_check
    check (purpose in ('sign-in', 'activation', 'step-up', 'new-device', 'passcode', 'device-shown', 'slip-stop'));

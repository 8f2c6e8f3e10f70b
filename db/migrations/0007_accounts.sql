-- The electronic identity accounts that people have. Here they come by extracts; later from our own registrations.

create schema accounts;
grant usage on schema accounts to dinhdanh_application, dinhdanh_maintenance;

create table accounts.account (
  person_id    uuid     not null,
  id           uuid     not null,
  level        smallint not null check (level in (1, 2)),
  state        text     not null check (state in ('requested', 'approved', 'activated', 'locked', 'cancelled')),
  phone        text     check (phone ~ '^\+\d{8,15}$'),
  approved_at  timestamptz,
  activated_at timestamptz,
  origin       text     not null check (origin in ('registered', 'imported')),
  state_on     date     not null,
  changed_at   timestamptz not null,
  primary key (person_id, id),
  check (activated_at is null or approved_at is null or approved_at <= activated_at)
);
-- A person has one account; cancelled ones stay as history.
create unique index one_account_per_person on accounts.account (person_id) where state <> 'cancelled';
create index account_by_id on accounts.account (id);
comment on table  accounts.account              is 'An electronic identity account.';
comment on column accounts.account.person_id    is 'Whose. [personal]';
comment on column accounts.account.id           is 'The account. [public]';
comment on column accounts.account.level        is 'Level 1 or 2 (NĐ59/2022, NĐ69/2024). [public]';
comment on column accounts.account.state        is 'requested, approved, activated, locked or cancelled. [public]';
comment on column accounts.account.phone        is 'The holder''s phone, E.164. [personal]';
comment on column accounts.account.approved_at  is 'When it was approved. [public]';
comment on column accounts.account.activated_at is 'When the holder activated it. [public]';
comment on column accounts.account.origin       is 'Whether it was registered here or came by an extract. [public]';
comment on column accounts.account.state_on     is 'The day for which the state is known: an older extract never rolls it back. [public]';
comment on column accounts.account.changed_at   is 'When the state last changed here. [public]';

create table accounts.move (
  person_id  uuid        not null,
  id         uuid        not null,
  account_id uuid        not null,
  state      text        not null,
  level      smallint    not null,
  on_day     date        not null,
  at         timestamptz not null,
  primary key (person_id, id)
);
comment on table  accounts.move            is 'The states and levels that an account went through, as they became known.';
comment on column accounts.move.person_id  is 'Whose. [personal]';
comment on column accounts.move.id         is 'The move. [public]';
comment on column accounts.move.account_id is 'Which account. [public]';
comment on column accounts.move.state      is 'The state it came to. [public]';
comment on column accounts.move.level      is 'The level it then had. [public]';
comment on column accounts.move.on_day     is 'The day for which it is known. [public]';
comment on column accounts.move.at         is 'When it became known here. [public]';

alter table accounts.account enable row level security;
alter table accounts.account force  row level security;
alter table accounts.move    enable row level security;
alter table accounts.move    force  row level security;
-- Whose scope or open case the actor sees is the policies' of those tables. To ask for its units here again makes the index
-- take in the whole list for each row: 13 to 18 µs at 125 units, instead of 2 to 8 at a province's 628 (explain analyze; bench/RESULTS.md, "Needs").
create policy visible on accounts.account to dinhdanh_application using (
  (select platform.sees_house())
  or exists (select from register.person_scope s where s.person_id = account.person_id offset 0)
  or exists (select from register.access_case c where c.person_id = account.person_id and (c.until is null or c.until >= current_date) offset 0));
create policy visible on accounts.move to dinhdanh_application using (
  (select platform.sees_house())
  or exists (select from register.person_scope s where s.person_id = move.person_id offset 0)
  or exists (select from register.access_case c where c.person_id = move.person_id and (c.until is null or c.until >= current_date) offset 0));
create policy maintenance on accounts.account to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on accounts.move    to dinhdanh_maintenance using (true) with check (true);

create view accounts.published_account with (security_invoker = true) as
select person_id, id, level, state, phone, approved_at, activated_at, state_on,
       (approved_at  at time zone 'Asia/Ho_Chi_Minh')::date as approved_on,
       (activated_at at time zone 'Asia/Ho_Chi_Minh')::date as activated_on
from accounts.account;
comment on view accounts.published_account is 'The account of a person, cancelled ones too; the days are the province''s.';

create view accounts.published_move with (security_invoker = true) as
select person_id, account_id, state, level, on_day, at from accounts.move;
comment on view accounts.published_move is 'The states and levels that accounts went through.';

grant select, insert, update on accounts.account to dinhdanh_application, dinhdanh_maintenance;
grant select, insert         on accounts.move    to dinhdanh_application, dinhdanh_maintenance;
grant select on accounts.published_account, accounts.published_move to dinhdanh_application, dinhdanh_maintenance;

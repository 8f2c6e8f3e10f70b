-- What an officer asks for before a request for an account, or for level 2, can be decided. The limit to decide runs from
-- the day of a complete and valid file (NĐ59/2022 Art. 17, NĐ69/2024 Art. 13), so it begins anew when this is supplied.
create table accounts.supplement (
  person_id   uuid        not null,
  id          uuid        not null,
  account_id  uuid        not null,
  items       text[]      not null check (cardinality(items) > 0),
  note        text        check (note <> ''),
  asked_by    text        not null check (asked_by <> ''),
  asked_at    timestamptz not null,
  supply_by   date        not null,
  supplied_at timestamptz,
  supplied_by text        check (supplied_by <> ''),
  ended_at    timestamptz,
  primary key (person_id, id),
  foreign key (person_id, account_id) references accounts.account (person_id, id) deferrable,
  check ((supplied_at is null) = (supplied_by is null)),
  check (supplied_at is null or ended_at is null)
);
create unique index one_open_supplement on accounts.supplement (person_id, account_id) where supplied_at is null and ended_at is null;
create index supplement_by_account on accounts.supplement (person_id, account_id, asked_at);

comment on table  accounts.supplement             is 'What the holder or whoever took the request has to bring before it is decided.';
comment on column accounts.supplement.person_id   is 'Whose. [personal]';
comment on column accounts.supplement.id          is 'The request for a supplement. [public]';
comment on column accounts.supplement.account_id  is 'Which account. [public]';
comment on column accounts.supplement.items       is 'What is missing, by its codes. [personal]';
comment on column accounts.supplement.note        is 'What the officer added, as the holder read it. [personal]';
comment on column accounts.supplement.asked_by    is 'The officer who asked for it. [public]';
comment on column accounts.supplement.asked_at    is 'When. [public]';
comment on column accounts.supplement.supply_by   is 'The last day to bring it; until then the request is not refused. [public]';
comment on column accounts.supplement.supplied_at is 'When it was brought. [public]';
comment on column accounts.supplement.supplied_by is 'The officer who received it, who does not decide. [public]';
comment on column accounts.supplement.ended_at    is 'When the request ended without it. [public]';

alter table accounts.supplement enable row level security;
alter table accounts.supplement force  row level security;
create policy visible on accounts.supplement to dinhdanh_app using (
  (select platform.sees_house())
  or exists (select from register.person_scope s where s.person_id = supplement.person_id offset 0)
  or exists (select from register.access_case c
    where c.person_id = supplement.person_id and c.until >= current_date and c.grade = 'whole' offset 0));
create policy maintenance on accounts.supplement to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update         on accounts.supplement to dinhdanh_app;
grant select, insert, update, delete on accounts.supplement to dinhdanh_maintenance;

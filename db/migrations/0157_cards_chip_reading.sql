-- A card whose chip was read before an officer: what its checks found, and on which deed the reading was used up. What
-- stands on the chip is not kept, nor its portrait.

create table cards.chip_reading (
  person_id       uuid        not null,
  id              uuid        not null,
  card_id         uuid        not null,
  purpose         text        not null check (purpose in ('hand-over', 'account-raised', 'account-activated', 'identity-checked')),
  unit_id         uuid,
  read_by         text        not null,
  begun_at        timestamptz not null,
  ended_at        timestamptz,
  outcome         text check (outcome in ('original', 'copy', 'another-card', 'signer-unknown', 'not-genuine', 'not-opened', 'broken-off')),
  checks          jsonb,
  security_object text check (security_object ~ '^[0-9a-f]{64}$'),
  proved_by       text check (proved_by in ('active-authentication', 'chip-authentication')),
  key_group       text check (key_group ~ '^[0-9a-f]{64}$'),
  used_for        text,
  used_id         uuid,
  used_at         timestamptz,
  primary key (person_id, id),
  foreign key (person_id, card_id) references cards.card (person_id, id),
  check ((ended_at is null) = (outcome is null) and (ended_at is null) = (checks is null)),
  check ((outcome is not distinct from 'original') = (proved_by is not null)),
  check ((used_at is null) = (used_for is null) and (used_at is null) = (used_id is null)),
  check (used_at is null or outcome = 'original')
);
create index chip_reading_by_id   on cards.chip_reading (id);
create index chip_reading_of_card on cards.chip_reading (person_id, card_id, ended_at desc) where outcome = 'original';
comment on table  cards.chip_reading                 is 'The chip of a card was read before an officer, to prove that the card lies there and is no copy.';
comment on column cards.chip_reading.person_id       is 'Whose card. [personal]';
comment on column cards.chip_reading.id              is 'Which reading. [public]';
comment on column cards.chip_reading.card_id         is 'Which card it was to be. [public]';
comment on column cards.chip_reading.purpose         is 'What it was read for: hand-over, account-raised, account-activated or identity-checked. [public]';
comment on column cards.chip_reading.unit_id         is 'In which unit the officer acted. [public]';
comment on column cards.chip_reading.read_by         is 'The officer who had it read. [personal]';
comment on column cards.chip_reading.begun_at        is 'When it began. [public]';
comment on column cards.chip_reading.ended_at        is 'When its outcome was known; empty where it was never ended. [public]';
comment on column cards.chip_reading.outcome         is 'What it found: original is the card itself, with a chip that proved its key. [public]';
comment on column cards.chip_reading.checks          is 'Each check with its outcome, without what was read. [public]';
comment on column cards.chip_reading.security_object is 'SHA-256 of the security object (EF.SOD) that was read, in hexadecimal. [personal]';
comment on column cards.chip_reading.proved_by       is 'By which authentication the chip proved its key. [public]';
comment on column cards.chip_reading.key_group       is 'SHA-256 of the data group with the key that was proved, in hexadecimal. [personal]';
comment on column cards.chip_reading.used_for        is 'The deed for which it was used up. [public]';
comment on column cards.chip_reading.used_id         is 'On what that deed was done. [public]';
comment on column cards.chip_reading.used_at         is 'When. [public]';

alter table cards.chip_reading enable row level security;
alter table cards.chip_reading force  row level security;
create policy visible on cards.chip_reading to dinhdanh_app using (
  (select platform.sees_house())
  or (select units.whole_province_in_scope())
  or exists (select from register.person_scope s where s.person_id = chip_reading.person_id offset 0)
  or exists (select from register.access_case c
             where c.person_id = chip_reading.person_id and c.until >= current_date and c.grade = 'whole' offset 0))
with check (
  (select platform.sees_house())
  or exists (select from register.person_scope s where s.person_id = chip_reading.person_id offset 0)
  or exists (select from register.access_case c
             where c.person_id = chip_reading.person_id and c.until >= current_date and c.grade = 'whole' offset 0));
create policy maintenance on cards.chip_reading to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update         on cards.chip_reading to dinhdanh_app;
grant select, insert, update, delete on cards.chip_reading to dinhdanh_maintenance;

-- When the chip of a card was last read as the card itself, by what is known of it above.
create view cards.published_chip_reading with (security_invoker = true) as
select r.person_id, r.card_id, max(r.ended_at) as read_at
from cards.chip_reading r where r.outcome = 'original'
group by r.person_id, r.card_id;
grant select on cards.published_chip_reading to dinhdanh_app, dinhdanh_maintenance;
comment on view   cards.published_chip_reading           is 'When the chip of a card was last read as the card itself.';
comment on column cards.published_chip_reading.person_id is 'Whose card. [personal]';
comment on column cards.published_chip_reading.card_id   is 'Which card. [public]';
comment on column cards.published_chip_reading.read_at   is 'When. [public]';

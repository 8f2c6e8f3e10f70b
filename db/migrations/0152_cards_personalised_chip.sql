-- The chips that were written for cards here: which signer signed which, so that a card that is found can be compared,
-- and none is written twice unnoticed. What stands on them is made again from the order; their private keys lie nowhere.

create table cards.personalised_chip (
  person_id       uuid        not null,
  id              uuid        not null,
  card_id         uuid        not null,
  batch_id        uuid        not null,
  issued_on       date        not null,
  security_object text        not null check (security_object ~ '^[0-9a-f]{64}$'),
  signer_key_id   text        not null,
  made_by         text        not null,
  made_at         timestamptz not null,
  spoiled_at      timestamptz,
  spoiled_why     text,
  primary key (person_id, id),
  foreign key (person_id, card_id) references cards.card (person_id, id),
  foreign key (person_id, batch_id, card_id) references cards.batch_card (person_id, batch_id, card_id),
  check ((spoiled_at is null) = (spoiled_why is null))
);
create unique index one_chip_of_a_card on cards.personalised_chip (person_id, card_id) where spoiled_at is null;
comment on table  cards.personalised_chip                 is 'A chip for which the files were made and signed here, for one card.';
comment on column cards.personalised_chip.person_id       is 'Whose card. [personal]';
comment on column cards.personalised_chip.id              is 'Which chip. [public]';
comment on column cards.personalised_chip.card_id         is 'Of which card. [public]';
comment on column cards.personalised_chip.batch_id        is 'In which batch. [public]';
comment on column cards.personalised_chip.issued_on       is 'The day of issue that stands on it. [public]';
comment on column cards.personalised_chip.security_object is 'SHA-256 of its security object (EF.SOD), in hexadecimal. [public]';
comment on column cards.personalised_chip.signer_key_id   is 'The key that signed it. [public]';
comment on column cards.personalised_chip.made_by         is 'Who had it made. [personal]';
comment on column cards.personalised_chip.made_at         is 'When. [public]';
comment on column cards.personalised_chip.spoiled_at      is 'Since when it is good for nothing: its card was rejected or left its batch, or it was made anew. [public]';
comment on column cards.personalised_chip.spoiled_why     is 'Why: rejected, released or anew. [public]';

alter table cards.personalised_chip enable row level security;
alter table cards.personalised_chip force  row level security;
create policy visible on cards.personalised_chip to dinhdanh_app using (
  (select platform.sees_house())
  or (select units.whole_province_in_scope())
  or exists (select from register.person_scope s where s.person_id = personalised_chip.person_id offset 0)
  or exists (select from register.access_case c
             where c.person_id = personalised_chip.person_id and c.until >= current_date and c.grade = 'whole' offset 0))
with check (
  (select platform.sees_house())
  or exists (select from register.person_scope s where s.person_id = personalised_chip.person_id offset 0)
  or exists (select from register.access_case c
             where c.person_id = personalised_chip.person_id and c.until >= current_date and c.grade = 'whole' offset 0));
create policy maintenance on cards.personalised_chip to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update         on cards.personalised_chip to dinhdanh_app;
grant select, insert, update, delete on cards.personalised_chip to dinhdanh_maintenance;

-- The chip cards that people hold or wait for. Here they come by extracts; later from our own orders.

create schema cards;
grant usage on schema cards to dinhdanh_application, dinhdanh_maintenance;

create table cards.card (
  person_id  uuid not null,
  id         uuid not null,
  serial     text check (serial <> ''),
  origin     text not null check (origin in ('issued', 'imported')),
  state      text not null check (state in ('applied', 'approved', 'produced', 'at-unit', 'handed-over', 'blocked', 'revoked', 'expired')),
  issued_on  date,
  expires_on date,
  state_on   date not null,
  changed_at timestamptz not null,
  primary key (person_id, id),
  check (issued_on is null or expires_on is null or issued_on < expires_on),
  check (serial is not null or state in ('applied', 'approved'))
);
-- A person has at most one card in force; its successor may be on the way.
create unique index one_card_in_force_per_person on cards.card (person_id) where state in ('handed-over', 'blocked');
create unique index one_card_a_serial_per_person on cards.card (person_id, serial);
create index card_by_id on cards.card (id);
comment on table  cards.card            is 'A chip card, from the application to the end of its life.';
comment on column cards.card.person_id  is 'Whose. [personal]';
comment on column cards.card.id         is 'The card. [public]';
comment on column cards.card.serial     is 'Printed on the back; differs from the document number, which repeats on re-issue. Empty before it is made. [personal]';
comment on column cards.card.origin     is 'Whether it was ordered here or came by an extract. [public]';
comment on column cards.card.state      is 'Where it is in its life. [public]';
comment on column cards.card.issued_on  is 'The day printed on it. [personal]';
comment on column cards.card.expires_on is 'The last day of its term; empty = without term, or not made yet. [personal]';
comment on column cards.card.state_on   is 'The day for which the state is known: an older extract never rolls it back. [public]';
comment on column cards.card.changed_at is 'When the state last changed here. [public]';

create table cards.move (
  person_id uuid        not null,
  id        uuid        not null,
  card_id   uuid        not null,
  state     text        not null,
  on_day    date        not null,
  at        timestamptz not null,
  primary key (person_id, id)
);
comment on table  cards.move           is 'The states that a card went through, as they became known.';
comment on column cards.move.person_id is 'Whose. [personal]';
comment on column cards.move.id        is 'The move. [public]';
comment on column cards.move.card_id   is 'Which card. [public]';
comment on column cards.move.state     is 'The state it came to. [public]';
comment on column cards.move.on_day    is 'The day for which it is known. [public]';
comment on column cards.move.at        is 'When it became known here. [public]';

alter table cards.card enable row level security;
alter table cards.card force  row level security;
alter table cards.move enable row level security;
alter table cards.move force  row level security;
-- Whose scope or open case the actor sees is the policies' of those tables. To ask for its units here again makes the index
-- take in the whole list for each row: 13 to 18 µs at 125 units, instead of 2 to 8 at a province's 628 (explain analyze; bench/RESULTS.md, "Needs").
create policy visible on cards.card to dinhdanh_application using (
  (select platform.sees_house())
  or exists (select from register.person_scope s where s.person_id = card.person_id offset 0)
  or exists (select from register.access_case c where c.person_id = card.person_id and (c.until is null or c.until >= current_date) offset 0));
create policy visible on cards.move to dinhdanh_application using (
  (select platform.sees_house())
  or exists (select from register.person_scope s where s.person_id = move.person_id offset 0)
  or exists (select from register.access_case c where c.person_id = move.person_id and (c.until is null or c.until >= current_date) offset 0));
create policy maintenance on cards.card to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on cards.move to dinhdanh_maintenance using (true) with check (true);

create view cards.published_card with (security_invoker = true) as
select person_id, id, serial, state, issued_on, expires_on, state_on from cards.card;
comment on view cards.published_card is 'The cards of a person and where each is.';

create view cards.published_move with (security_invoker = true) as
select person_id, card_id, state, on_day, at from cards.move;
comment on view cards.published_move is 'The states that cards went through.';

grant select, insert, update on cards.card to dinhdanh_application, dinhdanh_maintenance;
grant select, insert         on cards.move to dinhdanh_application, dinhdanh_maintenance;
grant select on cards.published_card, cards.published_move to dinhdanh_application, dinhdanh_maintenance;

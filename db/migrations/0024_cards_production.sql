-- From the order of a card to its end: production, blanks, boxes, hand-over, withholding, revocation, old cards that were taken in.

-- What was issued here before there were orders has none: the extract, or the hand that moved it, is then the source.
set local role dinhdanh_maintenance;
update cards.card set origin = 'imported' where origin = 'issued' and state <> 'applied';
reset role;

-- A card that was revoked or cancelled stays so, and one that is issued here beyond the application has an order, and was made and passed: each is a row of its own
-- that the card points at, and that points back at the card's state.
alter table cards.card
  drop constraint card_state_check,
  drop constraint card_check1,
  add constraint card_state_check
    check (state in ('applied', 'approved', 'produced', 'at-unit', 'handed-over', 'blocked', 'revoked', 'expired', 'cancelled')),
  add constraint made_card_has_serial check (serial is not null or state in ('applied', 'approved', 'cancelled')),
  add column revocation_of   uuid generated always as (case when state = 'revoked' then id end) stored,
  add column cancellation_of uuid generated always as (case when state = 'cancelled' then id end) stored,
  add column order_of        uuid generated always as (case when origin = 'issued' and state not in ('applied', 'cancelled') then id end) stored,
  add column made_of         uuid generated always as (case when origin = 'issued' and state in ('produced', 'at-unit', 'handed-over', 'blocked', 'expired') then id end) stored,
  add constraint card_and_state unique (person_id, id, state);
create unique index one_issued_on_its_way_per_person on cards.card (person_id)
  where origin = 'issued' and state in ('applied', 'approved', 'produced', 'at-unit');
create index card_by_serial on cards.card (serial);
-- Few of a province's cards are on their way at a time. Of 200,000 cards, 9,000 of them coming, the counts of the stages take 44 ms instead of 66, and what lies undelivered is read in its order.
create index card_coming on cards.card (state, state_on, person_id, id) where state in ('approved', 'produced', 'at-unit');
comment on column cards.card.revocation_of   is 'Itself, where it is revoked: its revocation must be there. [public]';
comment on column cards.card.cancellation_of is 'Itself, where its application came to nothing: the cancellation must be there. [public]';
comment on column cards.card.order_of        is 'Itself, where it is issued here beyond the application: its order must be there. [public]';
comment on column cards.card.made_of         is 'Itself, where it is issued here and made: an attempt that passed must be there. [public]';

create table cards.revocation (
  person_id  uuid        not null,
  card_id    uuid        not null,
  state      text        not null default 'revoked' check (state = 'revoked'),
  code       text        not null check (code <> ''),
  note       text,
  revoked_on date        not null,
  revoked_by text        not null,
  at         timestamptz not null,
  primary key (person_id, card_id),
  foreign key (person_id, card_id, state) references cards.card (person_id, id, state)
);
comment on table  cards.revocation            is 'The end of a card. As long as it stands the card cannot be anything but revoked, and it cannot go as long as the card is.';
comment on column cards.revocation.person_id  is 'Whose. [personal]';
comment on column cards.revocation.card_id    is 'Which card. [public]';
comment on column cards.revocation.state      is 'What the card is: revoked, and nothing else. [public]';
comment on column cards.revocation.code       is 'Why: a code of the dated table of reasons. [personal]';
comment on column cards.revocation.note       is 'In words, where there is more to say. [personal]';
comment on column cards.revocation.revoked_on is 'On which day. [public]';
comment on column cards.revocation.revoked_by is 'By whom; an extract names itself. [personal]';
comment on column cards.revocation.at         is 'When it was entered. [public]';

create table cards.cancellation (
  person_id    uuid        not null,
  card_id      uuid        not null,
  state        text        not null default 'cancelled' check (state = 'cancelled'),
  code         text        not null check (code <> ''),
  note         text,
  cancelled_on date        not null,
  cancelled_by text        not null,
  at           timestamptz not null,
  primary key (person_id, card_id),
  foreign key (person_id, card_id, state) references cards.card (person_id, id, state)
);
comment on table  cards.cancellation              is 'An application for a card that came to nothing before the card was made; no path leads out of it either.';
comment on column cards.cancellation.person_id    is 'Whose. [personal]';
comment on column cards.cancellation.card_id      is 'Which card. [public]';
comment on column cards.cancellation.state        is 'What the card is: cancelled, and nothing else. [public]';
comment on column cards.cancellation.code         is 'Why: a code of the dated table of reasons. [personal]';
comment on column cards.cancellation.note         is 'In words, where there is more to say. [personal]';
comment on column cards.cancellation.cancelled_on is 'On which day. [public]';
comment on column cards.cancellation.cancelled_by is 'By whom. [personal]';
comment on column cards.cancellation.at           is 'When it was entered. [public]';

create table cards.card_order (
  person_id        uuid        not null,
  card_id          uuid        not null,
  application_id   uuid        not null,
  reprint_of       uuid,
  unit_id          uuid        not null,
  school_id        uuid,
  due_on           date        not null,
  content          jsonb       not null,
  portrait         bytea       check (octet_length(portrait) > 0),
  portrait_sha256  text        check (portrait_sha256 ~ '^[0-9a-f]{64}$'),
  signature        bytea,
  signature_sha256 text,
  captured_by      text        not null check (captured_by <> ''),
  approved_by      text        not null check (approved_by <> ''),
  approved_on      date        not null,
  approved_at      timestamptz not null,
  primary key (person_id, card_id),
  foreign key (person_id, card_id) references cards.card (person_id, id),
  foreign key (person_id, reprint_of) references cards.card_order (person_id, card_id),
  constraint captured_and_approved_by_two check (captured_by <> approved_by),
  check ((portrait is null) = (portrait_sha256 is null)),
  check ((signature is null) = (signature_sha256 is null))
);
alter table cards.card_order alter column portrait set storage external, alter column signature set storage external;
create unique index one_order_an_application on cards.card_order (person_id, application_id) where reprint_of is null;
create unique index one_reprint_a_card on cards.card_order (person_id, reprint_of) where reprint_of is not null;
create index order_by_deadline on cards.card_order (due_on, card_id);
create index order_by_card on cards.card_order (card_id);
comment on table  cards.card_order                  is 'What is to be printed, frozen when the application was approved. Only added to.';
comment on column cards.card_order.person_id        is 'Whose. [personal]';
comment on column cards.card_order.card_id          is 'Which card. [public]';
comment on column cards.card_order.application_id   is 'The approved application. [public]';
comment on column cards.card_order.reprint_of       is 'The card that was lost before it reached its holder, where this one takes its place. [public]';
comment on column cards.card_order.unit_id          is 'The unit that hands it over. [public]';
comment on column cards.card_order.school_id        is 'At which school it was captured, where it was at one. [personal]';
comment on column cards.card_order.due_on           is 'The last day by law. [public]';
comment on column cards.card_order.content          is 'What the card says of its holder. [personal]';
comment on column cards.card_order.portrait         is 'The portrait, JPEG; a child under six has none (LCC Art. 23). [personal]';
comment on column cards.card_order.portrait_sha256  is 'Its SHA-256. [personal]';
comment on column cards.card_order.signature        is 'The holder''s signature as an image, where one was taken. [personal]';
comment on column cards.card_order.signature_sha256 is 'Its SHA-256. [personal]';
comment on column cards.card_order.captured_by      is 'Who captured. [personal]';
comment on column cards.card_order.approved_by      is 'Who approved; never the same. [personal]';
comment on column cards.card_order.approved_on      is 'On which day. [public]';
comment on column cards.card_order.approved_at      is 'When. [public]';

-- Production ---------------------------------------------------------------------------------------------------------------

create table cards.counter (
  unit_id uuid     not null,
  kind    text     not null check (kind in ('batch', 'box', 'list')),
  year    smallint not null,
  last    integer  not null check (last > 0),
  primary key (unit_id, kind, year)
);
comment on table  cards.counter         is 'The last number given to a batch, a box or a list of a unit in a year.';
comment on column cards.counter.unit_id is 'The unit. [public]';
comment on column cards.counter.kind    is 'Of what. [public]';
comment on column cards.counter.year    is 'The year. [public]';
comment on column cards.counter.last    is 'The last number given. [public]';

create table cards.batch (
  id          uuid        not null primary key,
  code        text        not null unique check (code <> ''),
  unit_id     uuid        not null,
  maker       text        not null check (maker in ('house', 'centre')),
  state       text        not null check (state in ('open', 'ordered', 'closed')),
  planned_by  text        not null,
  planned_at  timestamptz not null,
  ordered_at  timestamptz,
  file_sha256 text,
  closed_at   timestamptz,
  unique (id, maker),
  check (state <> 'ordered' or maker = 'centre'),
  check ((ordered_at is null) = (file_sha256 is null)),
  check ((state = 'closed') = (closed_at is not null))
);
create index batch_by_unit on cards.batch (unit_id, id);
comment on table  cards.batch             is 'Cards that are made together: here, or at a centre to which their orders go.';
comment on column cards.batch.id          is 'The batch. [public]';
comment on column cards.batch.code        is 'What people call it. [public]';
comment on column cards.batch.unit_id     is 'Who planned it. [public]';
comment on column cards.batch.maker       is 'Made in this house, or at an outside centre. [public]';
comment on column cards.batch.state       is 'open; ordered = its orders went out to the centre; closed = no card of it waits. [public]';
comment on column cards.batch.planned_by  is 'Who planned it. [personal]';
comment on column cards.batch.planned_at  is 'When. [public]';
comment on column cards.batch.ordered_at  is 'When its orders first went out. [public]';
comment on column cards.batch.file_sha256 is 'The SHA-256 of the manifest that went out last. [public]';
comment on column cards.batch.closed_at   is 'When its last card was decided. [public]';

create table cards.batch_card (
  person_id uuid not null,
  batch_id  uuid not null,
  card_id   uuid not null,
  maker     text not null,
  state     text not null check (state in ('waiting', 'made', 'rejected', 'released')),
  reason    text,
  ended_at  timestamptz,
  primary key (person_id, batch_id, card_id),
  foreign key (person_id, card_id) references cards.card_order (person_id, card_id),
  foreign key (batch_id, maker) references cards.batch (id, maker),
  check ((state = 'waiting') = (ended_at is null)),
  check (state <> 'rejected' or reason is not null)
);
create unique index one_open_batch_a_card on cards.batch_card (person_id, card_id) where state = 'waiting';
create index batch_card_by_batch on cards.batch_card (batch_id, state);
create index batch_card_by_card on cards.batch_card (card_id);
comment on table  cards.batch_card           is 'The cards of a batch. A card waits in one batch at a time.';
comment on column cards.batch_card.person_id is 'Whose. [personal]';
comment on column cards.batch_card.batch_id  is 'Which batch. [public]';
comment on column cards.batch_card.card_id   is 'Which card. [public]';
comment on column cards.batch_card.maker     is 'The batch''s maker. [public]';
comment on column cards.batch_card.state     is 'waiting, made, rejected by the centre, or released: taken out or cancelled. [public]';
comment on column cards.batch_card.reason    is 'Why it was rejected or released. [personal]';
comment on column cards.batch_card.ended_at  is 'When it was decided. [public]';

create table cards.serial_lookup (
  serial        text not null primary key check (serial <> ''),
  person_id     uuid not null,
  card_id       uuid not null,
  production_id uuid not null,
  unique (serial, production_id)
);
create index serial_by_person on cards.serial_lookup (person_id);
comment on table  cards.serial_lookup               is 'Whose card a serial was used for, by us or by a centre for us: a serial is used once.';
comment on column cards.serial_lookup.serial        is 'The serial. [personal]';
comment on column cards.serial_lookup.person_id     is 'Whose. [personal]';
comment on column cards.serial_lookup.card_id       is 'For which card. [public]';
comment on column cards.serial_lookup.production_id is 'In which attempt. [public]';

create table cards.blank_lot (
  id          uuid        not null primary key,
  unit_id     uuid        not null,
  code        text        not null check (code <> ''),
  size        integer     not null check (size between 1 and 20000),
  numbered    boolean     not null,
  received_by text        not null,
  received_on date        not null,
  received_at timestamptz not null,
  unique (unit_id, code),
  unique (id, size)
);
comment on table  cards.blank_lot             is 'Blank cards that came together.';
comment on column cards.blank_lot.id          is 'The lot. [public]';
comment on column cards.blank_lot.unit_id     is 'Who keeps it. [public]';
comment on column cards.blank_lot.code        is 'What is written on the delivery. [public]';
comment on column cards.blank_lot.size        is 'How many came. [public]';
comment on column cards.blank_lot.numbered    is 'Whether the blanks bear serials already; else each gets its own when it is used. [public]';
comment on column cards.blank_lot.received_by is 'Who took it in. [personal]';
comment on column cards.blank_lot.received_on is 'On which day. [public]';
comment on column cards.blank_lot.received_at is 'When it was entered. [public]';

create table cards.stock_take (
  id        uuid        not null primary key,
  lot_id    uuid        not null references cards.blank_lot (id),
  unit_id   uuid        not null,
  expected  integer     not null check (expected >= 0),
  counted   integer     not null check (counted >= 0),
  reason    text,
  taken_by  text        not null,
  witness   text        not null,
  taken_on  date        not null,
  at        timestamptz not null,
  check (taken_by <> witness),
  check (expected = counted or reason is not null)
);
comment on table  cards.stock_take          is 'A count of the blanks of a lot by two officers, and why it differs from the books.';
comment on column cards.stock_take.id       is 'The count. [public]';
comment on column cards.stock_take.lot_id   is 'Of which lot. [public]';
comment on column cards.stock_take.unit_id  is 'Whose lot. [public]';
comment on column cards.stock_take.expected is 'How many the books said. [public]';
comment on column cards.stock_take.counted  is 'How many there were. [public]';
comment on column cards.stock_take.reason   is 'Why they differ. [public]';
comment on column cards.stock_take.taken_by is 'Who counted. [personal]';
comment on column cards.stock_take.witness  is 'Who counted with them. [personal]';
comment on column cards.stock_take.taken_on is 'On which day. [public]';
comment on column cards.stock_take.at       is 'When it was entered. [public]';

-- Every blank of a lot is a row: each needs the one before it, and the lot needs its last, so that what was received is always what is in stock, used, spoiled and missing.
create table cards.blank (
  lot_id        uuid        not null,
  place         integer     not null,
  unit_id       uuid        not null,
  lot_size      integer     not null,
  before        integer     generated always as (nullif(place - 1, 0)) stored,
  serial        text        unique check (serial <> ''),
  state         text        not null check (state in ('in-stock', 'used', 'spoiled', 'missing')),
  production_id uuid,
  stock_take_id uuid        references cards.stock_take (id),
  reason        text,
  changed_by    text        not null,
  changed_at    timestamptz not null,
  primary key (lot_id, place),
  unique (serial, production_id),
  foreign key (lot_id, lot_size) references cards.blank_lot (id, size),
  foreign key (lot_id, before) references cards.blank (lot_id, place),
  foreign key (serial, production_id) references cards.serial_lookup (serial, production_id) deferrable initially deferred,
  check (place between 1 and lot_size),
  check (state <> 'used' or production_id is not null),
  check (state in ('used', 'spoiled') or production_id is null),
  check (production_id is null or serial is not null),
  check ((state = 'missing') = (stock_take_id is not null)),
  check (state <> 'spoiled' or reason is not null)
);
alter table cards.blank_lot add constraint lot_is_whole foreign key (id, size) references cards.blank (lot_id, place) deferrable initially deferred;
create index blank_by_state on cards.blank (lot_id, state, place);
comment on table  cards.blank               is 'A blank card, from the lot to its use: in stock, used by an attempt, spoiled, or missing since a count.';
comment on column cards.blank.lot_id        is 'Of which lot. [public]';
comment on column cards.blank.place         is 'Which of it, from 1. [public]';
comment on column cards.blank.unit_id       is 'Whose lot. [public]';
comment on column cards.blank.lot_size      is 'The lot''s size. [public]';
comment on column cards.blank.before        is 'The one before it, which must be there. [public]';
comment on column cards.blank.serial        is 'Its serial; of lots without serials since it is used. [public]';
comment on column cards.blank.state         is 'Where it is. [public]';
comment on column cards.blank.production_id is 'In which attempt it was used. [public]';
comment on column cards.blank.stock_take_id is 'Since which count it is missing. [public]';
comment on column cards.blank.reason        is 'Why it was spoiled. [public]';
comment on column cards.blank.changed_by    is 'Who moved it last. [personal]';
comment on column cards.blank.changed_at    is 'When. [public]';

create table cards.production (
  person_id    uuid        not null,
  id           uuid        not null,
  card_id      uuid        not null,
  attempt      smallint    not null check (attempt > 0),
  batch_id     uuid        not null,
  maker        text        not null,
  serial       text,
  made_by      text        not null,
  made_on      date        not null,
  made_at      timestamptz not null,
  quality      text        check (quality in ('passed', 'rejected')),
  fault        text,
  checked_by   text,
  checked_at   timestamptz,
  passed_card  uuid        generated always as (case when quality = 'passed' then card_id end) stored,
  house_serial text        generated always as (case when maker = 'house' then serial end) stored,
  primary key (person_id, id),
  unique (person_id, card_id, attempt),
  unique (person_id, passed_card),
  foreign key (person_id, batch_id, card_id) references cards.batch_card (person_id, batch_id, card_id),
  foreign key (batch_id, maker) references cards.batch (id, maker),
  foreign key (serial, id) references cards.serial_lookup (serial, production_id),
  foreign key (house_serial, id) references cards.blank (serial, production_id),
  constraint made_and_checked_by_two check (maker = 'centre' or checked_by <> made_by),
  check (maker = 'centre' or serial is not null),
  check (quality is distinct from 'passed' or serial is not null),
  check ((quality is null) = (checked_at is null) and (quality is null) = (checked_by is null)),
  check ((quality is not distinct from 'rejected') = (fault is not null))
);
create index production_by_id on cards.production (id);
create index production_by_batch on cards.production (batch_id, card_id);
comment on table  cards.production              is 'An attempt to make a card. A card is produced by the attempt that passed.';
comment on column cards.production.person_id    is 'Whose. [personal]';
comment on column cards.production.id           is 'The attempt. [public]';
comment on column cards.production.card_id      is 'Which card. [public]';
comment on column cards.production.attempt      is 'Which attempt, from 1. [public]';
comment on column cards.production.batch_id     is 'In which batch. [public]';
comment on column cards.production.maker        is 'The batch''s maker. [public]';
comment on column cards.production.serial       is 'On which blank, or the serial that the centre told. [personal]';
comment on column cards.production.made_by      is 'Who made it; of a centre, who took its answer in. [personal]';
comment on column cards.production.made_on      is 'The day of issue that is printed on it. [personal]';
comment on column cards.production.made_at      is 'When. [public]';
comment on column cards.production.quality      is 'passed or rejected; empty = not looked at yet. [public]';
comment on column cards.production.fault        is 'Why it was rejected. [personal]';
comment on column cards.production.checked_by   is 'Who looked at it; in this house never who made it. [personal]';
comment on column cards.production.checked_at   is 'When. [public]';
comment on column cards.production.passed_card  is 'The card, where it passed: one attempt of a card at most. [public]';
comment on column cards.production.house_serial is 'The serial, where it is a blank of ours: it must be used by this attempt. [personal]';

-- Cards that were revoked before there were reasons by code.
grant insert on cards.revocation to dinhdanh_maintenance;
set local role dinhdanh_maintenance;
insert into cards.revocation (person_id, card_id, code, revoked_on, revoked_by, at)
select person_id, id, 'told-by-extract', state_on, 'extract', changed_at from cards.card where state = 'revoked';
reset role;
alter table cards.card
  add constraint revoked_card_has_revocation foreign key (person_id, revocation_of) references cards.revocation (person_id, card_id)
    on delete restrict on update restrict deferrable initially deferred,
  add constraint cancelled_card_has_cancellation foreign key (person_id, cancellation_of) references cards.cancellation (person_id, card_id)
    on delete restrict on update restrict deferrable initially deferred,
  add constraint issued_card_has_order foreign key (person_id, order_of) references cards.card_order (person_id, card_id) on delete restrict on update restrict,
  add constraint issued_card_was_made foreign key (person_id, made_of) references cards.production (person_id, passed_card) on delete restrict on update restrict;

-- Boxes and places ---------------------------------------------------------------------------------------------------------

create table cards.box (
  id         uuid        not null primary key,
  code       text        not null unique check (code <> ''),
  from_kind  text        not null check (from_kind in ('unit', 'school', 'centre')),
  from_id    uuid,
  to_kind    text        not null check (to_kind in ('unit', 'school')),
  to_id      uuid        not null,
  unit_id    uuid        not null,
  seal       text        check (seal <> ''),
  state      text        not null check (state in ('open', 'sealed', 'sent', 'received', 'counted')),
  intact     boolean,
  remark     text,
  opened_at  timestamptz not null,
  sealed_by  text,
  sealed_at  timestamptz,
  sent_by    text,
  sent_at    timestamptz,
  received_by text,
  received_at timestamptz,
  counted_by text,
  counted_at timestamptz,
  check ((from_kind = 'centre') = (from_id is null)),
  check (from_id is null or from_id <> to_id),
  check (state in ('open', 'sealed') or sent_at is not null),
  check (state in ('open', 'sealed', 'sent') or (received_at is not null and intact is not null)),
  check ((state = 'counted') = (counted_at is not null)),
  check (state = 'open' or from_kind = 'centre' or (seal is not null and sealed_at is not null)),
  check (intact is distinct from false or remark is not null)
);
create index box_to on cards.box (to_id, id);
create index box_from on cards.box (from_id, id);
comment on table  cards.box             is 'A sealed box of cards on its way from a place to a place.';
comment on column cards.box.id          is 'The box. [public]';
comment on column cards.box.code        is 'What is written on it, and in its QR. [public]';
comment on column cards.box.from_kind   is 'From a unit, a school, or an outside centre. [public]';
comment on column cards.box.from_id     is 'Which one; empty for a centre. [public]';
comment on column cards.box.to_kind     is 'To a unit or a school. [public]';
comment on column cards.box.to_id       is 'Which one. [public]';
comment on column cards.box.unit_id     is 'The unit that answers for it: who packs it, or to whom the centre sent it. [public]';
comment on column cards.box.seal        is 'The number of the seal. [public]';
comment on column cards.box.state       is 'open, sealed, sent, received, counted. [public]';
comment on column cards.box.intact      is 'Whether the seal was whole when it came. [public]';
comment on column cards.box.remark      is 'What was seen of it, where it was not. [public]';
comment on column cards.box.opened_at   is 'Since when it is packed. [public]';
comment on column cards.box.sealed_by   is 'Who sealed it. [personal]';
comment on column cards.box.sealed_at   is 'When. [public]';
comment on column cards.box.sent_by     is 'Who sent it. [personal]';
comment on column cards.box.sent_at     is 'When. [public]';
comment on column cards.box.received_by is 'Who received it. [personal]';
comment on column cards.box.received_at is 'When. [public]';
comment on column cards.box.counted_by  is 'Who counted it. [personal]';
comment on column cards.box.counted_at  is 'When. [public]';

create table cards.box_card (
  person_id uuid        not null,
  box_id    uuid        not null references cards.box (id),
  card_id   uuid        not null,
  state     text        not null check (state in ('in', 'present', 'missing', 'found', 'lost')),
  put_by    text        not null,
  put_at    timestamptz not null,
  ended_by  text,
  ended_at  timestamptz,
  primary key (person_id, box_id, card_id),
  foreign key (person_id, card_id) references cards.card (person_id, id)
);
create unique index one_box_a_card on cards.box_card (person_id, card_id) where state in ('in', 'missing');
create index box_card_by_box on cards.box_card (box_id, state);
create index box_card_missing on cards.box_card (box_id) where state = 'missing';
comment on table  cards.box_card           is 'The cards of a box. One that is missing when the box is counted is a gap until it is found, or declared lost.';
comment on column cards.box_card.person_id is 'Whose. [personal]';
comment on column cards.box_card.box_id    is 'Which box. [public]';
comment on column cards.box_card.card_id   is 'Which card. [public]';
comment on column cards.box_card.state     is 'in the box; present or missing when it was counted; found or lost afterwards. [public]';
comment on column cards.box_card.put_by    is 'Who put it in. [personal]';
comment on column cards.box_card.put_at    is 'When. [public]';
comment on column cards.box_card.ended_by  is 'Who counted it, found it or declared it lost. [personal]';
comment on column cards.box_card.ended_at  is 'When. [public]';

create table cards.box_stray (
  box_id  uuid not null references cards.box (id),
  serial  text not null check (serial <> ''),
  unit_id uuid not null,
  card_id uuid,
  primary key (box_id, serial)
);
comment on table  cards.box_stray         is 'A card that lay in a box and is not on its list.';
comment on column cards.box_stray.box_id  is 'Which box. [public]';
comment on column cards.box_stray.serial  is 'The serial that was scanned. [personal]';
comment on column cards.box_stray.unit_id is 'The unit that counted. [public]';
comment on column cards.box_stray.card_id is 'Which card it is, where it is known. [public]';

create table cards.location (
  person_id uuid not null,
  card_id   uuid not null,
  kind      text not null check (kind in ('maker', 'unit', 'school', 'list', 'holder')),
  place_id  uuid,
  since_on  date not null,
  primary key (person_id, card_id),
  foreign key (person_id, card_id) references cards.card (person_id, id),
  check ((place_id is null) = (kind in ('maker', 'holder')))
);
comment on table  cards.location           is 'Where a card was last known to lie; a box on its way says more.';
comment on column cards.location.person_id is 'Whose. [personal]';
comment on column cards.location.card_id   is 'Which card. [public]';
comment on column cards.location.kind      is 'At the maker, at a unit, at a school, with whoever collected a list, with its holder. [personal]';
comment on column cards.location.place_id  is 'Which unit, school or list. [personal]';
comment on column cards.location.since_on  is 'Since which day. [public]';

-- Hand-over ----------------------------------------------------------------------------------------------------------------

create table cards.hand_over_list (
  id           uuid        not null primary key,
  code         text        not null unique check (code <> ''),
  unit_id      uuid        not null,
  school_id    uuid        not null,
  teacher_name text        not null check (teacher_name <> ''),
  state        text        not null check (state in ('given', 'returned')),
  given_by     text        not null,
  given_on     date        not null,
  given_at     timestamptz not null,
  given_sheet  bytea,
  returned_by  text,
  returned_at  timestamptz,
  sheet        bytea,
  sheet_sha256 text,
  check ((state = 'returned') = (returned_at is not null)),
  check ((state = 'returned') = (sheet is not null)),
  check ((sheet is null) = (sheet_sha256 is null))
);
alter table cards.hand_over_list alter column sheet set storage external, alter column given_sheet set storage external;
create index hand_over_list_by_unit on cards.hand_over_list (unit_id, id);
comment on table  cards.hand_over_list              is 'Cards that a teacher collects against a list, which pupils sign and the teacher brings back.';
comment on column cards.hand_over_list.id           is 'The list. [public]';
comment on column cards.hand_over_list.code         is 'What is written on it. [public]';
comment on column cards.hand_over_list.unit_id      is 'Which unit gave it. [public]';
comment on column cards.hand_over_list.school_id    is 'Of which school. [public]';
comment on column cards.hand_over_list.teacher_name is 'Who collected. [personal]';
comment on column cards.hand_over_list.state        is 'given, or returned with signatures. [public]';
comment on column cards.hand_over_list.given_by     is 'Which officer gave it out. [personal]';
comment on column cards.hand_over_list.given_on     is 'On which day. [public]';
comment on column cards.hand_over_list.given_at     is 'When. [public]';
comment on column cards.hand_over_list.given_sheet  is 'The teacher''s signature for the cards, as an image. [personal]';
comment on column cards.hand_over_list.returned_by  is 'Which officer took it back. [personal]';
comment on column cards.hand_over_list.returned_at  is 'When. [public]';
comment on column cards.hand_over_list.sheet        is 'The signed list as an image. [personal]';
comment on column cards.hand_over_list.sheet_sha256 is 'Its SHA-256. [public]';

create table cards.hand_over_line (
  person_id uuid not null,
  list_id   uuid not null references cards.hand_over_list (id),
  card_id   uuid not null,
  outcome   text check (outcome in ('handed-over', 'came-back')),
  primary key (person_id, list_id, card_id),
  foreign key (person_id, card_id) references cards.card (person_id, id)
);
create unique index one_open_list_a_card on cards.hand_over_line (person_id, card_id) where outcome is null;
create index hand_over_line_by_list on cards.hand_over_line (list_id);
comment on table  cards.hand_over_line           is 'The cards of a list.';
comment on column cards.hand_over_line.person_id is 'Whose. [personal]';
comment on column cards.hand_over_line.list_id   is 'Which list. [public]';
comment on column cards.hand_over_line.card_id   is 'Which card. [public]';
comment on column cards.hand_over_line.outcome   is 'Handed over against a signature, or came back; empty = the list is out. [public]';

create table cards.hand_over (
  person_id        uuid        not null,
  card_id          uuid        not null,
  unit_id          uuid,
  to_kind          text        not null check (to_kind in ('holder', 'representative', 'teacher')),
  to_person_id     uuid,
  to_name          text,
  relation         text,
  evidence         text,
  list_id          uuid        references cards.hand_over_list (id),
  signature        bytea,
  handed_over_by   text        not null,
  handed_over_on   date        not null,
  at               timestamptz not null,
  primary key (person_id, card_id),
  foreign key (person_id, card_id) references cards.card (person_id, id),
  foreign key (person_id, list_id, card_id) references cards.hand_over_line (person_id, list_id, card_id),
  check ((to_kind = 'representative') = (to_name is not null and relation is not null and evidence is not null)),
  check ((to_kind = 'teacher') = (list_id is not null))
);
alter table cards.hand_over alter column signature set storage external;
comment on table  cards.hand_over                is 'Into whose hands a card came, and how that is known. Only added to.';
comment on column cards.hand_over.person_id      is 'Whose card. [personal]';
comment on column cards.hand_over.card_id        is 'Which card. [public]';
comment on column cards.hand_over.unit_id        is 'Which unit handed it over. [public]';
comment on column cards.hand_over.to_kind        is 'To the holder, a representative, or by a teacher against a list. [public]';
comment on column cards.hand_over.to_person_id   is 'Who the representative is, where they are in the register. [personal]';
comment on column cards.hand_over.to_name        is 'Their name. [personal]';
comment on column cards.hand_over.relation       is 'What they are to the holder. [personal]';
comment on column cards.hand_over.evidence       is 'By which paper that was shown. [personal]';
comment on column cards.hand_over.list_id        is 'Against which list. [public]';
comment on column cards.hand_over.signature      is 'The signature as an image, where one was taken. [personal]';
comment on column cards.hand_over.handed_over_by is 'Which officer. [personal]';
comment on column cards.hand_over.handed_over_on is 'On which day. [public]';
comment on column cards.hand_over.at             is 'When. [public]';

create table cards.destruction (
  id           uuid        not null primary key,
  unit_id      uuid        not null,
  cards        integer     not null check (cards > 0),
  destroyed_by text        not null,
  witness      text        not null,
  destroyed_on date        not null,
  at           timestamptz not null,
  check (destroyed_by <> witness)
);
comment on table  cards.destruction              is 'Old cards that two officers destroyed together.';
comment on column cards.destruction.id           is 'The batch. [public]';
comment on column cards.destruction.unit_id      is 'At which unit. [public]';
comment on column cards.destruction.cards        is 'How many. [public]';
comment on column cards.destruction.destroyed_by is 'Who. [personal]';
comment on column cards.destruction.witness      is 'Who saw it. [personal]';
comment on column cards.destruction.destroyed_on is 'On which day. [public]';
comment on column cards.destruction.at           is 'When it was entered. [public]';

create table cards.taken_in (
  person_id      uuid        not null,
  id             uuid        not null,
  kind           text        not null check (kind in ('cmnd9', 'cccd', 'can-cuoc')),
  number         text        not null check (number <> ''),
  card_id        uuid,
  unit_id        uuid        not null,
  taken_by       text        not null,
  taken_on       date        not null,
  at             timestamptz not null,
  destruction_id uuid        references cards.destruction (id),
  primary key (person_id, id),
  unique (person_id, kind, number),
  foreign key (person_id, card_id) references cards.card (person_id, id)
);
create index taken_in_here on cards.taken_in (unit_id, taken_on) where destruction_id is null;
comment on table  cards.taken_in                is 'An old card that was taken in for a new one, until it is destroyed.';
comment on column cards.taken_in.person_id      is 'Whose. [personal]';
comment on column cards.taken_in.id             is 'Which one. [public]';
comment on column cards.taken_in.kind           is 'An identity card of nine digits, a card of 2021 or one of 2024. [personal]';
comment on column cards.taken_in.number         is 'Its serial; of an identity card of nine digits its number. [personal]';
comment on column cards.taken_in.card_id        is 'Which card it is, where it is known here. [public]';
comment on column cards.taken_in.unit_id        is 'Where it lies. [public]';
comment on column cards.taken_in.taken_by       is 'Who took it in. [personal]';
comment on column cards.taken_in.taken_on       is 'On which day. [public]';
comment on column cards.taken_in.at             is 'When it was entered. [public]';
comment on column cards.taken_in.destruction_id is 'With which batch it was destroyed. [public]';

create table cards.withholding (
  person_id     uuid        not null,
  id            uuid        not null,
  card_id       uuid        not null,
  code          text        not null check (code <> ''),
  authority     text        not null check (authority <> ''),
  note          text,
  withheld_by   text        not null,
  withheld_on   date        not null,
  at            timestamptz not null,
  given_back_by text,
  given_back_on date,
  primary key (person_id, id),
  foreign key (person_id, card_id) references cards.card (person_id, id),
  check ((given_back_by is null) = (given_back_on is null))
);
create unique index withheld_once_at_a_time on cards.withholding (person_id, card_id) where given_back_on is null;
comment on table  cards.withholding               is 'A card that an authority keeps for a while (LCC Art. 29), until it is given back.';
comment on column cards.withholding.person_id     is 'Whose. [personal]';
comment on column cards.withholding.id            is 'Which time. [public]';
comment on column cards.withholding.card_id       is 'Which card. [public]';
comment on column cards.withholding.code          is 'Why: a code of the dated table of reasons. [personal]';
comment on column cards.withholding.authority     is 'Who keeps it. [personal]';
comment on column cards.withholding.note          is 'In words, where there is more to say. [personal]';
comment on column cards.withholding.withheld_by   is 'Who entered it. [personal]';
comment on column cards.withholding.withheld_on   is 'Since which day. [personal]';
comment on column cards.withholding.at            is 'When it was entered. [public]';
comment on column cards.withholding.given_back_by is 'Who entered that it was given back. [personal]';
comment on column cards.withholding.given_back_on is 'On which day; empty = it is withheld. [personal]';

-- Row-level security -------------------------------------------------------------------------------------------------------

do $$
declare
  closed_table text;
begin
  foreach closed_table in array array['revocation', 'cancellation', 'card_order', 'batch_card', 'serial_lookup', 'production', 'box_card', 'location', 'hand_over_line',
                                      'hand_over', 'taken_in', 'withholding']
  loop
    execute format('alter table cards.%I enable row level security', closed_table);
    execute format('alter table cards.%I force  row level security', closed_table);
    execute format($policy$
      create policy visible on cards.%1$I to dinhdanh_application using (
        (select platform.sees_house())
        or exists (select from register.person_scope s where s.person_id = %1$I.person_id offset 0)
        or exists (select from register.access_case c where c.person_id = %1$I.person_id and (c.until is null or c.until >= current_date) offset 0))$policy$,
      closed_table);
    execute format('create policy maintenance on cards.%I to dinhdanh_maintenance using (true) with check (true)', closed_table);
  end loop;
  foreach closed_table in array array['batch', 'blank_lot', 'blank', 'stock_take', 'box_stray', 'hand_over_list', 'destruction']
  loop
    execute format('alter table cards.%I enable row level security', closed_table);
    execute format('alter table cards.%I force  row level security', closed_table);
    execute format($policy$
      create policy scope on cards.%1$I to dinhdanh_application
        using      ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))
        with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))$policy$, closed_table);
    execute format('create policy maintenance on cards.%I to dinhdanh_maintenance using (true) with check (true)', closed_table);
  end loop;
end
$$;

-- A box is seen where it comes from and where it goes to.
alter table cards.box enable row level security;
alter table cards.box force  row level security;
create policy scope on cards.box to dinhdanh_application
  using ((select platform.sees_house()) or from_id = any ((select platform.scope())::uuid[]) or to_id = any ((select platform.scope())::uuid[])
         or unit_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or from_id = any ((select platform.scope())::uuid[]) or to_id = any ((select platform.scope())::uuid[]));
create policy maintenance on cards.box to dinhdanh_maintenance using (true) with check (true);

-- How many ----------------------------------------------------------------------------------------------------------------

-- A count says nothing of anyone: a full box stays full when those who see it no longer see each of its holders. So these see beyond the caller's scope, are maintenance's,
-- and give numbers alone; which boxes, lists and batches there are the caller's scope says.
create function cards.box_counts(asked uuid) returns table (cards integer, present integer, missing integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select count(*)::integer, count(*) filter (where l.state in ('present', 'found'))::integer, count(*) filter (where l.state = 'missing')::integer
  from cards.box_card l where l.box_id = asked
$$;
comment on function cards.box_counts is 'How many cards a box has or had, how many of them came, and how many are a gap; also those beyond the caller''s scope.';

create function cards.boxes_with_gaps() returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$ select distinct l.box_id from cards.box_card l where l.state = 'missing' $$;
comment on function cards.boxes_with_gaps is 'Boxes of which a card is missing, also one beyond the caller''s scope.';

create function cards.list_counts(asked uuid) returns table (cards integer, handed_over integer, came_back integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select count(*)::integer, count(*) filter (where n.outcome = 'handed-over')::integer, count(*) filter (where n.outcome = 'came-back')::integer
  from cards.hand_over_line n where n.list_id = asked
$$;
comment on function cards.list_counts is 'How many cards went out with a list, how many were handed over and how many came back; also those beyond the caller''s scope.';

create function cards.batch_counts(asked uuid) returns table (cards integer, waiting integer, made integer, rejected integer, due_on date)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select count(*)::integer, count(*) filter (where l.state = 'waiting')::integer, count(*) filter (where l.state = 'made')::integer,
         count(*) filter (where l.state = 'rejected')::integer, min(o.due_on) filter (where l.state = 'waiting')
  from cards.batch_card l join cards.card_order o on o.person_id = l.person_id and o.card_id = l.card_id where l.batch_id = asked
$$;
comment on function cards.batch_counts is 'How many cards a batch has or had, how many wait, were made or rejected, and the first deadline of those that wait; also beyond the caller''s scope.';

grant create on schema cards to dinhdanh_maintenance;
alter function cards.box_counts(uuid) owner to dinhdanh_maintenance;
alter function cards.boxes_with_gaps() owner to dinhdanh_maintenance;
alter function cards.list_counts(uuid) owner to dinhdanh_maintenance;
alter function cards.batch_counts(uuid) owner to dinhdanh_maintenance;
revoke create on schema cards from dinhdanh_maintenance;
revoke execute on function cards.box_counts(uuid), cards.boxes_with_gaps(), cards.list_counts(uuid), cards.batch_counts(uuid) from public;
grant execute on function cards.box_counts(uuid), cards.boxes_with_gaps(), cards.list_counts(uuid), cards.batch_counts(uuid) to dinhdanh_application, dinhdanh_maintenance;

-- For contexts above --------------------------------------------------------------------------------------------------------

create or replace view cards.published_card with (security_invoker = true) as
select c.person_id, c.id, c.serial, c.state, c.issued_on, c.expires_on, c.state_on, o.application_id, o.due_on
from cards.card c left join cards.card_order o on o.person_id = c.person_id and o.card_id = c.id;
comment on view cards.published_card is 'The cards of a person and where each is; of those ordered here, by which application and until when.';

create view cards.published_order with (security_invoker = true) as
select person_id, card_id, application_id, reprint_of, unit_id, school_id, due_on, approved_on, approved_at from cards.card_order;
comment on view cards.published_order is 'Orders of cards: by which application, until when, for which unit.';

create view cards.published_whereabouts with (security_invoker = true) as
select c.person_id, c.id as card_id, c.state, c.state_on as since_on, o.application_id, o.unit_id, o.school_id, o.due_on, b.batch_id, x.box_id, x.state as box_state, x.to_school as box_to_school,
       l.kind as place_kind, l.place_id, l.since_on as place_since_on, w.withheld_on
from cards.card c
left join cards.card_order o  on o.person_id = c.person_id and o.card_id = c.id
left join cards.batch_card b  on b.person_id = c.person_id and b.card_id = c.id and b.state = 'waiting'
left join lateral (
  select k.box_id, k.state, h.to_kind = 'school' as to_school from cards.box_card k join cards.box h on h.id = k.box_id
  where k.person_id = c.person_id and k.card_id = c.id and k.state in ('in', 'missing')
) x on true
left join cards.location l    on l.person_id = c.person_id and l.card_id = c.id
left join cards.withholding w on w.person_id = c.person_id and w.card_id = c.id and w.given_back_on is null;
comment on view cards.published_whereabouts is 'Where each card is and since when: approved and not made, made and not received, received and not handed over.';

grant select, insert         on cards.revocation, cards.cancellation, cards.card_order, cards.serial_lookup, cards.blank_lot, cards.stock_take, cards.box_stray, cards.hand_over,
                                cards.destruction to dinhdanh_application, dinhdanh_maintenance;
grant select, insert, update on cards.counter, cards.batch, cards.batch_card, cards.blank, cards.production, cards.box, cards.location, cards.hand_over_list,
                                cards.hand_over_line, cards.taken_in, cards.withholding to dinhdanh_application, dinhdanh_maintenance;
grant select, insert, update, delete on cards.box_card to dinhdanh_application, dinhdanh_maintenance;
grant select on cards.published_order, cards.published_whereabouts to dinhdanh_application, dinhdanh_maintenance;

create or replace function cards.analyze_tables() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$ begin analyze cards.card, cards.move, cards.revocation; end $$;

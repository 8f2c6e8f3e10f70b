-- Batches of cards are handed up to the national centre: one question for a batch, in pieces where it is large. The
-- centre reports on them, in part or whole, as it makes the cards.

alter table exchange.question
  drop constraint question_kind_check,
  add constraint question_kind_check check (kind in ('number.request', 'number.cancellation', 'number.reinstatement',
    'account.request', 'person.look-up', 'card.order')),
  add column reported_at timestamptz;
comment on column exchange.question.person_id   is 'About whom; of a look-up and of a batch of cards an id that nobody in the register has. [personal]';
comment on column exchange.question.kind        is 'What is asked: number.request, number.cancellation, number.reinstatement, account.request, person.look-up or card.order. [public]';
comment on column exchange.question.subject_id  is 'The collection, merge, account, request for level 2 or batch of cards that it is about. [public]';
comment on column exchange.question.reported_at is 'When the centre last reported on a part of it, or was asked to. [public]';
-- Those of which the centre is asked what became of them.
create index question_to_report on exchange.question (acknowledged_at) where kind = 'card.order' and state = 'acknowledged';

create table exchange.piece (
  id          uuid    not null primary key,
  question_id uuid    not null,
  ordinal     integer not null check (ordinal > 0),
  unit_id     uuid    not null,
  body        text    not null,
  unique (question_id, ordinal)
);
comment on table  exchange.piece             is 'Pieces of a question that are not signed yet. Once one is, it stands in envelope_text alone.';
comment on column exchange.piece.id          is 'The piece, and the envelope that will bear it. [public]';
comment on column exchange.piece.question_id is 'Of which question. [public]';
comment on column exchange.piece.ordinal     is 'Its place among them, from 1. [public]';
comment on column exchange.piece.unit_id     is 'Whose officers asked. [public]';
comment on column exchange.piece.body        is 'What is sent, as JSON. [personal]';

alter table exchange.piece enable row level security;
alter table exchange.piece force  row level security;
create policy house       on exchange.piece to dinhdanh_app using ((select platform.sees_house()));
-- Who asks may leave it here, and not read it.
create policy unit        on exchange.piece for insert to dinhdanh_app with check (unit_id = any ((select platform.scope())::uuid[]));
create policy maintenance on exchange.piece to dinhdanh_maintenance using (true) with check (true);
grant select, insert, delete on exchange.piece to dinhdanh_app;
grant select, insert, update, delete on exchange.piece to dinhdanh_maintenance;

-- What a centre has made it need not be sent again: the pieces of its orders, with pictures and fingerprints, go.
create index envelope_pieces on exchange.envelope (re_id) where direction = 'out' and re_id is not null;
comment on column exchange.envelope.re_id is 'Which envelope it answers; of a piece of ours the question of which it is one. [public]';
grant delete on exchange.envelope_text to dinhdanh_app;

-- Reviewing by many hands at once: who looks at which row now, and which rows were handed on to somebody who knows more.

create table rolls.claim (
  roll_id    uuid        not null,
  place      integer     not null,
  school_id  uuid        not null,
  held_by    text        not null check (held_by <> ''),
  unit_id    uuid,
  claimed_at timestamptz not null,
  until      timestamptz not null check (until > claimed_at),
  primary key (roll_id, place),
  foreign key (roll_id, place) references rolls.row (roll_id, place) on delete cascade
);
create index claim_by_officer on rolls.claim (held_by);
comment on table  rolls.claim            is 'A row that somebody looks at now: nobody else is given it until it is decided, left, or the time is over.';
comment on column rolls.claim.roll_id    is 'Of which roll. [public]';
comment on column rolls.claim.place      is 'Which row. [public]';
comment on column rolls.claim.school_id  is 'The roll''s school: who may see it. [public]';
comment on column rolls.claim.held_by    is 'Which officer. [personal]';
comment on column rolls.claim.unit_id    is 'Acting in which unit. [public]';
comment on column rolls.claim.claimed_at is 'Since when. [public]';
comment on column rolls.claim.until      is 'Until when, unless it is renewed. [public]';

create table rolls.hand_on (
  id           uuid        not null primary key,
  roll_id      uuid        not null references rolls.roll (id) on delete cascade,
  place        integer     not null,
  row_id       uuid        not null,
  school_id    uuid        not null,
  from_officer text        not null check (from_officer <> ''),
  from_unit_id uuid,
  to_unit_id   uuid        not null,
  to_officer   text,
  note         text        not null default '' check (length(note) <= 1000),
  handed_at    timestamptz not null,
  settled      text        check (settled in ('decided', 'handed-back', 'taken-back', 'handed-on', 'overtaken')),
  settled_by   text,
  settled_at   timestamptz,
  answer       text        not null default '' check (length(answer) <= 1000),
  check ((settled is null) = (settled_at is null))
);
-- A row lies with one unit at a time.
create unique index one_open_hand_on on rolls.hand_on (roll_id, place) where settled_at is null;
create index hand_on_open_to   on rolls.hand_on (to_unit_id) where settled_at is null;
create index hand_on_by_sender on rolls.hand_on (from_officer, handed_at);
comment on table  rolls.hand_on              is 'A doubtful row that was handed on to a unit, or to one officer of it, to be decided there.';
comment on column rolls.hand_on.id           is 'The handing on. [public]';
comment on column rolls.hand_on.roll_id      is 'Of which roll; of the one in force, when the school sent another. [public]';
comment on column rolls.hand_on.place        is 'Which row of it. [public]';
comment on column rolls.hand_on.row_id       is 'The pupil''s entry, the same on the next roll. [public]';
comment on column rolls.hand_on.school_id    is 'The roll''s school. [public]';
comment on column rolls.hand_on.from_officer is 'Who handed it on. [personal]';
comment on column rolls.hand_on.from_unit_id is 'Acting in which unit. [public]';
comment on column rolls.hand_on.to_unit_id   is 'To which unit. [public]';
comment on column rolls.hand_on.to_officer   is 'To which officer of it, where one is named. [personal]';
comment on column rolls.hand_on.note         is 'What the one should look at. [personal]';
comment on column rolls.hand_on.handed_at    is 'When. [public]';
comment on column rolls.hand_on.settled      is 'How it ended: decided, handed-back, taken-back, handed-on further, or overtaken by another comparison. [public]';
comment on column rolls.hand_on.settled_by   is 'Who ended it. [personal]';
comment on column rolls.hand_on.settled_at   is 'When; empty while it is open. [public]';
comment on column rolls.hand_on.answer       is 'What was said when it was handed back. [personal]';

alter table rolls.hand_on enable row level security;
alter table rolls.hand_on force  row level security;
create policy units on rolls.hand_on to dinhdanh_application
  using      ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[])
              or to_unit_id = any ((select platform.scope())::uuid[]) or from_unit_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[])
              or to_unit_id = any ((select platform.scope())::uuid[]) or from_unit_id = any ((select platform.scope())::uuid[]));
create policy maintenance on rolls.hand_on to dinhdanh_maintenance using (true) with check (true);

-- What an officer decided last, for taking it back.
create index row_by_decider on rolls.row (decided_by, decided_at) where decided_by is not null;

-- Whoever a row was handed on to sees that row, its roll's head and its candidates, while it is open, wherever the school stands. The policies' names come
-- after that of the school's: what the scope settles is not asked for again.
create policy unit_handed_on on rolls.row to dinhdanh_application
  using (exists (select from rolls.hand_on h
                 where h.roll_id = "row".roll_id and h.place = "row".place and h.settled_at is null and h.to_unit_id = any ((select platform.scope())::uuid[])));
create policy unit_handed_on on rolls.roll to dinhdanh_application
  using (exists (select from rolls.hand_on h
                 where h.roll_id = roll.id and h.settled_at is null and h.to_unit_id = any ((select platform.scope())::uuid[])));
create policy unit_handed_on on rolls.candidate to dinhdanh_application
  using (exists (select from rolls.hand_on h
                 where h.roll_id = candidate.roll_id and h.place = candidate.place and h.settled_at is null
                   and h.to_unit_id = any ((select platform.scope())::uuid[])));

alter table rolls.claim enable row level security;
alter table rolls.claim force  row level security;
create policy school on rolls.claim to dinhdanh_application
  using      ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[]));
create policy unit_handed_on on rolls.claim to dinhdanh_application
  using (exists (select from rolls.hand_on h
                 where h.roll_id = claim.roll_id and h.place = claim.place and h.settled_at is null and h.to_unit_id = any ((select platform.scope())::uuid[])));
create policy maintenance on rolls.claim to dinhdanh_maintenance using (true) with check (true);

grant select, insert, update, delete on rolls.claim, rolls.hand_on to dinhdanh_application, dinhdanh_maintenance;

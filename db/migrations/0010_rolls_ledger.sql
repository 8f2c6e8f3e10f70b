-- The living ledger between rolls and register: a row is a pupil's entry, which keeps its id when the roll is sent again; each has a state and a history.

-- Lists of candidates (repeaters, free candidates) are rolls too, beside those of pupils.
alter table rolls.roll
  add column kind     text not null default 'pupils' check (kind in ('pupils', 'candidates')),
  add column stale_at timestamptz;
comment on column rolls.roll.kind     is 'pupils (class rolls of a year) or candidates (who registers for an exam through the school). [public]';
comment on column rolls.roll.stale_at is 'Since when it waits to be compared whole, after a change of a great part of the register. [public]';

-- A school has one roll in force a year and kind; it is replaced when the next one is reconciled, and kept.
drop index rolls.one_roll_in_force;
create unique index one_roll_in_force on rolls.roll (school_id, school_year, kind) where in_force;
create index roll_by_file on rolls.roll (file_hash, school_id);

alter table rolls.row
  add column name_plain    text collate "C",
  add column father_plain  text collate "C",
  add column mother_plain  text collate "C",
  add column margin        real,
  add column model_hash    text,
  add column scored_at     timestamptz,
  add column contested     boolean not null default false,
  add column left_on       date,
  add column followed_from uuid,
  add column followed_by   uuid,
  add column state text generated always as (
    case when left_on is not null                then 'left-school'
         when outcome in ('matched', 'duplicate') then case when decision = 'same' then 'matched-by-person' else 'matched-automatically' end
         when outcome = 'review'                  then 'to-review'
         when outcome = 'not-found'               then case when decision = 'different' then 'refused-by-person' else 'not-found' end
    end) stored,
  -- Whom a change of somebody else's data may concern: all but those who are matched well ahead of anyone else. 12 bits: one in four thousand.
  add column in_doubt boolean not null generated always as (
    left_on is null and outcome is not null
    and (outcome in ('review', 'not-found') or decision is not null or coalesce(margin, 0) < 12)) stored,
  add check (state in ('matched-automatically', 'matched-by-person', 'refused-by-person', 'to-review', 'not-found', 'left-school')),
  add check (not contested or decision in ('same', 'different')),
  add check (left_on is null or not contested);
comment on column rolls.row.id            is 'The pupil''s entry in the ledger: the same for the same pupil''s line on each roll of a school, year and kind. [public]';
comment on column rolls.row.name_plain    is 'The name without case and marks: a changed person is looked for by it. [personal]';
comment on column rolls.row.father_plain  is 'The father''s name in the same way. [personal]';
comment on column rolls.row.mother_plain  is 'The mother''s name in the same way. [personal]';
comment on column rolls.row.margin        is 'By how many bits the best candidate is ahead of the next. [public]';
comment on column rolls.row.model_hash    is 'Which linkage model compared it last. [public]';
comment on column rolls.row.scored_at     is 'When it was compared last. [public]';
comment on column rolls.row.contested     is 'A person decided, and what changed since speaks against it: a person has to decide anew. [public]';
comment on column rolls.row.left_on       is 'On the last roll that has the pupil: the day of the next roll, which has not. [public]';
comment on column rolls.row.followed_from is 'The same pupil''s entry of the school year before, at any school. [public]';
comment on column rolls.row.followed_by   is 'The same pupil''s entry of the school year after, at any school. [public]';
comment on column rolls.row.state         is 'matched-automatically, matched-by-person, refused-by-person, to-review, not-found or left-school. [public]';
comment on column rolls.row.in_doubt      is 'Whether somebody else''s change may change who it is. [public]';

-- A roll's rows stand together, and are few; each index is written with every row of every roll that is sent again.
drop index rolls.row_by_outcome;
drop index rolls.row_by_school;
create index row_by_id       on rolls.row (id);
create index row_by_number   on rolls.row (number) where number is not null;
create index row_by_state    on rolls.row (roll_id, state) include (school_id, contested);
create index row_left        on rolls.row (school_id, roll_id) include (state) where left_on is not null;
create index row_contested   on rolls.row (roll_id, place) where contested;
-- Where the number on a row is somebody else's than the pupil's.
create index row_by_holder   on rolls.row (holder_id) where holder_id is distinct from person_id;
create index row_in_doubt    on rolls.row (birth_y, birth_m, birth_d) where in_doubt;
create index row_in_doubt_by_name on rolls.row (name_plain, birth_y) where in_doubt;
create index row_in_doubt_by_old_number on rolls.row ((given ->> 'oldNumber')) where in_doubt and given ->> 'oldNumber' <> '';

-- Who a person said an entry is not: that pair is never matched by itself again.
create table rolls.refusal (
  person_id  uuid        not null,
  row_id     uuid        not null,
  school_id  uuid        not null,
  refused_by text        not null,
  refused_at timestamptz not null,
  refused_on date        not null,
  primary key (person_id, row_id)
);
create index refusal_by_row on rolls.refusal (row_id);
comment on table  rolls.refusal            is 'Who a person said an entry is not; it goes with the entry from roll to roll, and to the next year''s.';
comment on column rolls.refusal.person_id  is 'Who it is not. [personal]';
comment on column rolls.refusal.row_id     is 'Of which entry. [public]';
comment on column rolls.refusal.school_id  is 'The roll''s school: who may see it. [public]';
comment on column rolls.refusal.refused_by is 'Who said so. [personal]';
comment on column rolls.refusal.refused_at is 'When. [public]';
comment on column rolls.refusal.refused_on is 'On which day of the house. [public]';

create table rolls.ledger_event (
  row_id       uuid        not null,
  id           uuid        not null default gen_random_uuid(),
  roll_id      uuid        not null,
  school_id    uuid        not null,
  person_id    uuid,
  state_before text,
  state_after  text        not null,
  contested    boolean     not null default false,
  why          text        not null check (why in ('roll-sent', 're-scored', 'decided', 'undone', 'person-changed', 'left', 'came-back')),
  by_kind      text        not null,
  by_id        text        not null,
  at           timestamptz not null,
  on_day       date        not null,
  model_hash   text,
  primary key (row_id, id)
);
create index ledger_event_by_roll on rolls.ledger_event (roll_id);
comment on table  rolls.ledger_event              is 'What became of each entry, and why; rows are added and never changed.';
comment on column rolls.ledger_event.row_id       is 'Of which entry. [public]';
comment on column rolls.ledger_event.id           is 'The event. [public]';
comment on column rolls.ledger_event.roll_id      is 'On which roll it stood then. [public]';
comment on column rolls.ledger_event.school_id    is 'The roll''s school: who may see it. [public]';
comment on column rolls.ledger_event.person_id    is 'Who it was held to be afterwards, where it was anyone. [personal]';
comment on column rolls.ledger_event.state_before is 'The state before; empty for a new entry. [public]';
comment on column rolls.ledger_event.state_after  is 'The state after. [public]';
comment on column rolls.ledger_event.contested    is 'Whether it then waited for a person to decide anew. [public]';
comment on column rolls.ledger_event.why          is 'roll-sent, re-scored, decided, undone, person-changed, left or came-back. [public]';
comment on column rolls.ledger_event.by_kind      is 'What kind of actor answers for it. [public]';
comment on column rolls.ledger_event.by_id        is 'Who answers for it. [personal]';
comment on column rolls.ledger_event.at           is 'When. [public]';
comment on column rolls.ledger_event.on_day       is 'On which day of the house. [public]';
comment on column rolls.ledger_event.model_hash   is 'By which linkage model, where it was compared. [public]';

-- Up to where the register's changes have reached the rolls in force.
create table rolls.watermark (
  name     text        not null primary key,
  position jsonb,
  moved_at timestamptz not null
);
comment on table  rolls.watermark          is 'How far somebody who follows another context''s changes has come.';
comment on column rolls.watermark.name     is 'Who follows: register. [public]';
comment on column rolls.watermark.position is 'The place in the order of changes, as the other context gives it. [public]';
comment on column rolls.watermark.moved_at is 'When it moved. [public]';

do $$
declare
  roll_table text;
begin
  foreach roll_table in array array['refusal', 'ledger_event']
  loop
    execute format('alter table rolls.%I enable row level security', roll_table);
    execute format('alter table rolls.%I force  row level security', roll_table);
    execute format($policy$
      create policy school on rolls.%I to dinhdanh_application
        using      ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[]))
        with check ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[]))$policy$, roll_table);
    execute format('create policy maintenance on rolls.%I to dinhdanh_maintenance using (true) with check (true)', roll_table);
  end loop;
end
$$;

create or replace view rolls.published_roll with (security_invoker = true) as
select id, school_id, school_year, as_of, state, in_force, row_count, sent_at, sent_on, reconciled_at, kind from rolls.roll;

create or replace view rolls.published_row with (security_invoker = true) as
select w.roll_id, w.place, w.id as row_id, r.school_id, r.school_year, r.as_of, r.in_force, w.sheet, w.sheet_row, w.class, w.grade, w.name, w.sort_key,
       w.birth_y, w.birth_m, w.birth_d, w.sex, w.number, w.outcome, w.person_id, w.probability, w.defects, w.decision, r.kind, w.state, w.contested
from rolls.roll r join rolls.row w on w.roll_id = r.id
where r.in_force;

grant select, insert, update, delete on rolls.refusal, rolls.watermark to dinhdanh_application, dinhdanh_maintenance;
grant select, insert on rolls.ledger_event to dinhdanh_application;
grant select, insert, update, delete on rolls.ledger_event to dinhdanh_maintenance;

-- A house that has rolls: their pupils were opened to the school under the roll's id, and are now under the entry's. The rolls in force are compared whole
-- when the house next looks, since nobody followed the register until here.
set local role dinhdanh_maintenance;
insert into register.access_case (person_id, unit_id, kind, case_id, opened_on, until)
select c.person_id, c.unit_id, c.kind, w.id, c.opened_on, c.until
from rolls.roll r join rolls.row w on w.roll_id = r.id and w.person_id is not null
join register.access_case c on c.person_id = w.person_id and c.case_id = r.id and c.kind = 'roll-row'
where r.in_force
on conflict do nothing;
delete from register.access_case where kind = 'roll-row' and case_id in (select id from rolls.roll);
update rolls.row set name_plain = btrim(regexp_replace(translate(lower(normalize(name, NFC)),
  'áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ',
  'aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd'), '[^a-z0-9'']+', ' ', 'g'));
update rolls.roll set stale_at = now() where in_force;
reset role;

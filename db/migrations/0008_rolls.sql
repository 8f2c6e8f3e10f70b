-- School rolls: what a school sent, who its rows are, and what is wrong with them.

create schema rolls;
grant usage on schema rolls to dinhdanh_application, dinhdanh_maintenance;

create table rolls.roll (
  id            uuid        not null primary key,
  school_id     uuid        not null,
  school_year   text        not null check (school_year ~ '^\d{4}-\d{4}$'),
  as_of         date        not null,
  state         text        not null check (state in ('draft', 'queued', 'comparing', 'reconciled', 'failed')),
  in_force      boolean     not null default false,
  file_name     text        not null check (file_name <> ''),
  file_hash     text        not null check (file_hash ~ '^[0-9a-f]{64}$'),
  file_bytes    integer     not null,
  mapping       jsonb       not null default '[]',
  reading       jsonb       not null default '{}',
  row_count     integer     not null default 0,
  progress      smallint    not null default 0 check (progress between 0 and 100),
  model_hash    text,
  sent_by_kind  text        not null,
  sent_by       text        not null,
  sent_unit_id  uuid,
  sent_at       timestamptz not null,
  sent_on       date        not null,
  reconciled_at timestamptz,
  check (not in_force or state = 'reconciled'),
  check (state <> 'reconciled' or reconciled_at is not null)
);
-- A school has one roll in force a year; it is replaced when the next one is reconciled, and kept.
create unique index one_roll_in_force on rolls.roll (school_id, school_year) where in_force;
create index roll_by_school on rolls.roll (school_id, school_year, sent_at);
create index roll_by_year   on rolls.roll (school_year, sent_at);
comment on table  rolls.roll               is 'A roll that a school sent for a school year, from the file to its reconciliation.';
comment on column rolls.roll.id            is 'The roll. [public]';
comment on column rolls.roll.school_id     is 'Of which school. [public]';
comment on column rolls.roll.school_year   is 'As 2022-2023. [public]';
comment on column rolls.roll.as_of         is 'The day on which units are read, and for which the roll speaks. [public]';
comment on column rolls.roll.state         is 'draft (sent, not taken in), queued, comparing, reconciled, or failed. [public]';
comment on column rolls.roll.in_force      is 'Whether it is the roll that counts for its school and year. [public]';
comment on column rolls.roll.file_name     is 'The name of the file as sent. [personal]';
comment on column rolls.roll.file_hash     is 'SHA-256 of the file, hexadecimal. [public]';
comment on column rolls.roll.file_bytes    is 'The size of the file. [public]';
comment on column rolls.roll.mapping       is 'What a person said of sheets, headers and columns, over what was found. [public]';
comment on column rolls.roll.reading       is 'How the file was read: sheets, headers, columns, and the rows that are no pupils, by number and reason. [public]';
comment on column rolls.roll.row_count     is 'Rows of pupils. [public]';
comment on column rolls.roll.progress      is 'Percent of the comparison that is done. [public]';
comment on column rolls.roll.model_hash    is 'Which linkage model decided. [public]';
comment on column rolls.roll.sent_by_kind  is 'What kind of actor sent it. [public]';
comment on column rolls.roll.sent_by       is 'Who sent it. [personal]';
comment on column rolls.roll.sent_unit_id  is 'From which unit. [public]';
comment on column rolls.roll.sent_at       is 'When. [public]';
comment on column rolls.roll.sent_on       is 'On which day of the house. [public]';
comment on column rolls.roll.reconciled_at is 'When it was last compared. [public]';

create table rolls.file (
  roll_id   uuid  not null primary key references rolls.roll (id) on delete cascade,
  school_id uuid  not null,
  content   bytea not null
);
comment on table  rolls.file           is 'The file of a roll as it was sent, to be read again under another mapping.';
comment on column rolls.file.roll_id   is 'Of which roll. [public]';
comment on column rolls.file.school_id is 'The roll''s school: who may see it. [public]';
comment on column rolls.file.content   is 'The bytes. [personal]';

create table rolls.row (
  roll_id          uuid     not null references rolls.roll (id) on delete cascade,
  place            integer  not null check (place > 0),
  id               uuid     not null,
  school_id        uuid     not null,
  sheet            text     not null,
  sheet_row        integer  not null check (sheet_row > 0),
  class            text,
  grade            smallint check (grade between 1 and 12),
  name             text     not null,
  sort_key         text     collate "C" not null,
  birth_y          smallint,
  birth_m          smallint,
  birth_d          smallint,
  birth_unreadable boolean  not null default false,
  sex              text     check (sex in ('M', 'F')),
  number_kind      text     not null check (number_kind in ('number', 'lost-zero', 'malformed', 'missing')),
  number           text     collate "C" check (number ~ '^\d{12}$'),
  commune_id       uuid,
  district_id      uuid,
  residence_kind   text     check (residence_kind in ('permanent', 'any')),
  encoding         text,
  given            jsonb    not null,
  line_hash        uuid     not null,
  holder_id        uuid,
  outcome          text     check (outcome in ('matched', 'review', 'not-found', 'duplicate')),
  person_id        uuid,
  probability      real     check (probability between 0 and 1),
  reasons          jsonb    not null default '[]',
  defects          text[]   not null default '{}',
  found            jsonb,
  decision         text     check (decision in ('same', 'different', 'later')),
  decided_by       text,
  decided_at       timestamptz,
  decided_on       date,
  primary key (roll_id, place),
  check (outcome not in ('matched', 'duplicate') or person_id is not null),
  check (outcome not in ('review', 'not-found') or person_id is null),
  check (decision is null or (decided_by is not null and decided_at is not null))
);
create index row_by_outcome on rolls.row (roll_id, outcome, place);
create index row_by_person  on rolls.row (person_id, roll_id) where person_id is not null;
create index row_by_school  on rolls.row (school_id, class);
comment on table  rolls.row                  is 'A row of a roll: a pupil as the school wrote it, who that is, and what is wrong.';
comment on column rolls.row.roll_id          is 'Of which roll. [public]';
comment on column rolls.row.place            is 'Its place among the pupils of the roll, from 1, by sheet and row. [public]';
comment on column rolls.row.id               is 'The row. [public]';
comment on column rolls.row.school_id        is 'The roll''s school: who may see it. [public]';
comment on column rolls.row.sheet            is 'The sheet it stands on. [public]';
comment on column rolls.row.sheet_row        is 'Its row in that sheet, from 1. [public]';
comment on column rolls.row.class            is 'The class, as written. [public]';
comment on column rolls.row.grade            is 'The grade, where the class or the sheet tells it. [public]';
comment on column rolls.row.name             is 'The name, decoded and cleaned; empty where none is given. [personal]';
comment on column rolls.row.sort_key         is 'Sorts by given name, family name, middle names. [personal]';
comment on column rolls.row.birth_y          is 'Year of birth as read. [personal]';
comment on column rolls.row.birth_m          is 'Month of birth as read. [personal]';
comment on column rolls.row.birth_d          is 'Day of birth as read. [personal]';
comment on column rolls.row.birth_unreadable is 'A birth date is given and is no date. [personal]';
comment on column rolls.row.sex              is 'M or F. [personal]';
comment on column rolls.row.number_kind      is 'What stands in the place of the number. [public]';
comment on column rolls.row.number           is 'Twelve digits, a lost zero restored. [personal]';
comment on column rolls.row.commune_id       is 'The commune of the residence given, where the text tells it. [personal]';
comment on column rolls.row.district_id      is 'Its district. [personal]';
comment on column rolls.row.residence_kind   is 'Whether the column asks for the permanent residence, or for any. [public]';
comment on column rolls.row.encoding         is 'The old encoding in which the name came. [public]';
comment on column rolls.row.given            is 'What stands in the cells: name, birth, number, sex, residence, father, mother, phone, old number. [personal]';
comment on column rolls.row.line_hash        is 'Hash of what is given: a decision holds for the same line of the next roll. [personal]';
comment on column rolls.row.holder_id        is 'Whose the number is or was in the register. [personal]';
comment on column rolls.row.outcome          is 'matched, review, not-found or duplicate. [public]';
comment on column rolls.row.person_id        is 'Who it is, when matched or duplicate. [personal]';
comment on column rolls.row.probability      is 'How likely the best candidate is the one. [public]';
comment on column rolls.row.reasons          is 'Why: field, code, weight, words. [personal]';
comment on column rolls.row.defects          is 'What is wrong, by the codes of interfaces.md. [public]';
comment on column rolls.row.found            is 'What was found before a person decided: outcome, person, probability. [personal]';
comment on column rolls.row.decision         is 'What a person said: same, different, later. [public]';
comment on column rolls.row.decided_by       is 'Who said so. [personal]';
comment on column rolls.row.decided_at       is 'When. [public]';
comment on column rolls.row.decided_on       is 'On which day of the house. [public]';

create table rolls.candidate (
  person_id   uuid     not null,
  roll_id     uuid     not null,
  place       integer  not null,
  school_id   uuid     not null,
  rank        smallint not null,
  probability real     not null check (probability between 0 and 1),
  reasons     jsonb    not null,
  is_holder   boolean  not null default false,
  primary key (person_id, roll_id, place)
);
create index candidate_by_row on rolls.candidate (roll_id, place, rank);
comment on table  rolls.candidate             is 'Who a row may be, where a person has to look.';
comment on column rolls.candidate.person_id   is 'Who. [personal]';
comment on column rolls.candidate.roll_id     is 'Of which roll. [public]';
comment on column rolls.candidate.place       is 'Of which row. [public]';
comment on column rolls.candidate.school_id   is 'The roll''s school. [public]';
comment on column rolls.candidate.rank        is 'From 1, the likeliest first. [public]';
comment on column rolls.candidate.probability is 'How likely. [public]';
comment on column rolls.candidate.reasons     is 'Why, and why not. [personal]';
comment on column rolls.candidate.is_holder   is 'Whether the number on the row is this person''s. [personal]';

-- Who may see the school may see its rolls (house.md 9.1): rows belong to a roll, and become a person's only by reconciling.

do $$
declare
  roll_table text;
begin
  foreach roll_table in array array['roll', 'file', 'row', 'candidate']
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

create view rolls.published_roll with (security_invoker = true) as
select id, school_id, school_year, as_of, state, in_force, row_count, sent_at, sent_on, reconciled_at from rolls.roll;
comment on view rolls.published_roll is 'The rolls that schools sent.';

create view rolls.published_row with (security_invoker = true) as
select w.roll_id, w.place, w.id as row_id, r.school_id, r.school_year, r.as_of, r.in_force, w.sheet, w.sheet_row, w.class, w.grade, w.name, w.sort_key,
       w.birth_y, w.birth_m, w.birth_d, w.sex, w.number, w.outcome, w.person_id, w.probability, w.defects, w.decision
from rolls.roll r join rolls.row w on w.roll_id = r.id
where r.in_force;
comment on view rolls.published_row is 'The rows of the rolls in force, for contexts above.';

grant select, insert, update, delete on all tables in schema rolls to dinhdanh_application, dinhdanh_maintenance;
revoke insert, update, delete on rolls.published_roll, rolls.published_row from dinhdanh_application, dinhdanh_maintenance;

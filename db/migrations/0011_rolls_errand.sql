-- What has to be put right before a team comes to a school: each defect that stops something, who has to act on it, and until when.

create table rolls.visit (
  school_id   uuid        not null,
  school_year text        not null check (school_year ~ '^\d{4}-\d{4}$'),
  on_day      date        not null,
  said_by     text        not null,
  said_at     timestamptz not null,
  primary key (school_id, school_year)
);
comment on table  rolls.visit             is 'The day on which a team comes to a school in a school year, as an officer said it.';
comment on column rolls.visit.school_id   is 'Which school. [public]';
comment on column rolls.visit.school_year is 'As 2022-2023. [public]';
comment on column rolls.visit.on_day      is 'The day. [public]';
comment on column rolls.visit.said_by     is 'Who said so. [personal]';
comment on column rolls.visit.said_at     is 'When. [public]';

create table rolls.errand (
  school_id     uuid        not null,
  id            uuid        not null,
  school_year   text        not null,
  roll_id       uuid        not null references rolls.roll (id) on delete cascade,
  place         integer     not null,
  row_id        uuid        not null,
  person_id     uuid,
  defect        text        not null check (defect <> ''),
  evidence      text        not null check (evidence <> ''),
  about         uuid        not null,
  owner         text        not null check (owner in ('school', 'ward', 'family')),
  owner_unit_id uuid,
  correction_id uuid,
  due_on        date        not null,
  state         text        not null check (state in ('open', 'done', 'dropped')),
  said          text        check (said in ('papers', 'register')),
  said_by       text,
  said_on       date,
  papers        text        check (papers <> ''),
  corrected_by  text,
  corrected_on  date,
  made_at       timestamptz not null,
  made_on       date        not null,
  settled_at    timestamptz,
  settled_on    date,
  settled_by    text,
  primary key (school_id, id),
  check ((owner = 'ward') = (owner_unit_id is not null)),
  check (correction_id is null or owner = 'ward'),
  check ((said is null) = (said_by is null)),
  check ((state = 'open') = (settled_at is null))
);
-- A defect of a pupil has one owner at a time.
create unique index one_open_errand_a_defect on rolls.errand (school_id, row_id, defect) where state = 'open';
create index errand_by_roll       on rolls.errand (roll_id, place);
create index errand_of_school     on rolls.errand (school_id, due_on) where state = 'open';
create index errand_of_ward       on rolls.errand (owner_unit_id, due_on) where state = 'open' and owner = 'ward';
create index errand_by_correction on rolls.errand (correction_id) where correction_id is not null;
comment on table  rolls.errand               is 'One defect of one row that stops a card, an account or the exam registration: who acts, and until when. What both sides say stands in the row and in the register.';
comment on column rolls.errand.school_id     is 'The roll''s school: who may see it, besides the ward that owns it. [public]';
comment on column rolls.errand.id            is 'The errand. [public]';
comment on column rolls.errand.school_year   is 'As 2022-2023. [public]';
comment on column rolls.errand.roll_id       is 'The roll on which it was last seen. [public]';
comment on column rolls.errand.place         is 'The row of it. [public]';
comment on column rolls.errand.row_id        is 'The pupil''s entry, the same on the next roll. [public]';
comment on column rolls.errand.person_id     is 'Who it is, where the register knows. [personal]';
comment on column rolls.errand.defect        is 'What is wrong, by the codes of interfaces.md. [public]';
comment on column rolls.errand.evidence      is 'What speaks for which side, by the codes of errand.ts. [public]';
comment on column rolls.errand.about         is 'Hash of what both sides say: what people answered holds for these values alone. [personal]';
comment on column rolls.errand.owner         is 'Who acts: the school, the police of permanent residence, or the family. [public]';
comment on column rolls.errand.owner_unit_id is 'The ward of permanent residence on the roll''s day, where the police act: it sees the errand too. [personal]';
comment on column rolls.errand.correction_id is 'The correction that was opened in the register. [public]';
comment on column rolls.errand.due_on        is 'The last day. [public]';
comment on column rolls.errand.state         is 'open, done (the defect is gone), dropped (the pupil is, or turned out to be somebody else). [public]';
comment on column rolls.errand.said          is 'What a person said: papers (they show what the roll says), register (it stands as it is). [public]';
comment on column rolls.errand.said_by       is 'Who said so. [personal]';
comment on column rolls.errand.said_on       is 'On which day of the house. [public]';
comment on column rolls.errand.papers        is 'Which papers the school saw. [personal]';
comment on column rolls.errand.corrected_by  is 'Who said that the next roll will be right. [personal]';
comment on column rolls.errand.corrected_on  is 'On which day of the house. [public]';
comment on column rolls.errand.made_at       is 'Since when it is open. [public]';
comment on column rolls.errand.made_on       is 'On which day of the house. [public]';
comment on column rolls.errand.settled_at    is 'When it was settled. [public]';
comment on column rolls.errand.settled_on    is 'On which day of the house. [public]';
comment on column rolls.errand.settled_by    is 'Whose deed settled it. [personal]';

alter table rolls.visit enable row level security;
alter table rolls.visit force  row level security;
create policy school on rolls.visit to dinhdanh_application
  using      ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[]));
create policy maintenance on rolls.visit to dinhdanh_maintenance using (true) with check (true);

-- The school's errands are seen with the school; the ward sees those that it owns, of whatever school, and no row of the roll besides.
alter table rolls.errand enable row level security;
alter table rolls.errand force  row level security;
create policy school_or_ward on rolls.errand to dinhdanh_application
  using      ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[]) or owner_unit_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[]) or owner_unit_id = any ((select platform.scope())::uuid[]));
create policy maintenance on rolls.errand to dinhdanh_maintenance using (true) with check (true);

grant select, insert, update, delete on rolls.visit, rolls.errand to dinhdanh_application, dinhdanh_maintenance;

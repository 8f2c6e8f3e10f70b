-- The people: who they are, by which numbers, where they live, of whom they are; what was corrected, and who may see whom.

create schema register;
grant usage on schema register to dinhdanh_application, dinhdanh_maintenance;

-- Who may see whom ---------------------------------------------------------------------------------------------------

create table register.person_scope (
  person_id uuid not null,
  unit_id   uuid not null,
  sort_key  text collate "C" not null,
  primary key (person_id, unit_id)
);
create index person_scope_by_unit on register.person_scope (unit_id, sort_key, person_id);
comment on table  register.person_scope           is 'The units of a person: those of any residence in force. Row-level security reads it.';
comment on column register.person_scope.person_id is 'Whose. [personal]';
comment on column register.person_scope.unit_id   is 'The unit of a residence in force. [personal]';
comment on column register.person_scope.sort_key  is 'The person''s, kept here so that a ward''s first page by name is one range. [personal]';

create table register.access_case (
  person_id uuid not null,
  unit_id   uuid not null,
  kind      text not null check (kind <> ''),
  case_id   uuid not null,
  opened_on date not null,
  until     date,
  primary key (person_id, unit_id, kind, case_id)
);
create index access_case_by_unit on register.access_case (unit_id, person_id);
create index access_case_by_case on register.access_case (case_id);
comment on table  register.access_case           is 'An open case that lets a unit (or a school) see one person who is not of it.';
comment on column register.access_case.person_id is 'Who may be seen. [personal]';
comment on column register.access_case.unit_id   is 'By which unit or school. [public]';
comment on column register.access_case.kind      is 'What the case is: correction, roll-row, application, session. [public]';
comment on column register.access_case.case_id   is 'Which one. [public]';
comment on column register.access_case.opened_on is 'Since when. [public]';
comment on column register.access_case.until     is 'The last day on which it opens the person; empty while it has no end. [public]';

-- Who they are -------------------------------------------------------------------------------------------------------

create table register.person (
  person_id               uuid     not null primary key,
  full_name               text     not null check (full_name <> ''),
  name_tone               text     collate "C" not null,
  name_ascii              text     collate "C" not null,
  family_ascii            text     collate "C" not null,
  given_ascii             text     collate "C" not null,
  sort_key                text     collate "C" not null,
  birth_y                 smallint not null check (birth_y between 1850 and 2200),
  birth_m                 smallint check (birth_m between 1 and 12),
  birth_d                 smallint check (birth_d between 1 and 31),
  sex                     text     not null check (sex in ('M', 'F')),
  birth_registration_code text     check (birth_registration_code ~ '^\d{3}$'),
  ethnicity               text,
  religion                text,
  nationality             text,
  hometown                text,
  life_status             text     not null check (life_status in ('alive', 'dead', 'missing')),
  origin                  text     not null check (origin in ('imported', 'established')),
  source_hash             uuid,
  entered_at              timestamptz not null,
  changed_at              timestamptz not null,
  check (birth_d is null or birth_m is not null)
);
create index person_by_birth on register.person (birth_y, birth_m, birth_d, name_ascii);
create index person_by_name  on register.person (name_ascii, birth_y);
create index person_by_given on register.person (given_ascii, birth_y, family_ascii);
create index person_in_order on register.person (sort_key, person_id, birth_y);
comment on table  register.person                         is 'A person. The number is no key: it can be cancelled and given anew (NĐ70/2024 Art. 11).';
comment on column register.person.person_id               is 'The person, for ever. [personal]';
comment on column register.person.full_name               is 'The legal name: NFC, case and tone placement as written. [personal]';
comment on column register.person.name_tone               is 'The name folded, marks kept, one tone placement. [personal]';
comment on column register.person.name_ascii              is 'The name folded to a–z. [personal]';
comment on column register.person.family_ascii            is 'Its first word, empty where it has one only. [personal]';
comment on column register.person.given_ascii             is 'Its last word. [personal]';
comment on column register.person.sort_key                is 'Sorts by given name, family name, middle names (names.sortKey). [personal]';
comment on column register.person.birth_y                 is 'Year of birth. [personal]';
comment on column register.person.birth_m                 is 'Month of birth, where known. [personal]';
comment on column register.person.birth_d                 is 'Day of birth, where known. [personal]';
comment on column register.person.sex                     is 'M or F. [personal]';
comment on column register.person.birth_registration_code is 'Province or country where the birth was registered: the prefix of a number. [personal]';
comment on column register.person.ethnicity               is 'By name, as given. [personal]';
comment on column register.person.religion                is 'As given. [personal]';
comment on column register.person.nationality             is 'As given. [personal]';
comment on column register.person.hometown                is 'Place of origin, as given. [personal]';
comment on column register.person.life_status             is 'alive, dead or missing. [personal]';
comment on column register.person.origin                  is 'Whether the person came by import or was established here. [public]';
comment on column register.person.source_hash             is 'Hash of the row last imported: the same row again changes nothing. [personal]';
comment on column register.person.entered_at              is 'When the person came into this register. [public]';
comment on column register.person.changed_at              is 'When a value last changed. [public]';

create table register.name_word (
  person_id  uuid     not null,
  word       text     collate "C" not null,
  birth_year smallint not null,
  primary key (person_id, word)
);
create index name_word_search on register.name_word (word, birth_year, person_id);
comment on table  register.name_word            is 'The folded words of each name, to search by equality under row-level security.';
comment on column register.name_word.person_id  is 'Whose. [personal]';
comment on column register.name_word.word       is 'A word of the name, without marks. [personal]';
comment on column register.name_word.birth_year is 'The person''s year of birth. [personal]';

-- By which numbers ---------------------------------------------------------------------------------------------------

create table register.number (
  person_id     uuid not null,
  number        text collate "C" not null check (number ~ '^\d{12}$'),
  state         text not null check (state in ('in-force', 'cancelled')),
  from_on       date,
  to_on         date,
  superseded_by text collate "C",
  reason        text,
  primary key (person_id, number),
  check (state = 'cancelled' or (to_on is null and superseded_by is null))
);
-- A person has one number at a time.
create unique index one_number_in_force_per_person on register.number (person_id) where state = 'in-force';
comment on table  register.number               is 'The personal identification numbers of a person, past and present.';
comment on column register.number.person_id     is 'Whose. [personal]';
comment on column register.number.number        is 'Twelve digits. [personal]';
comment on column register.number.state         is 'in-force or cancelled. [public]';
comment on column register.number.from_on       is 'Since when, where known. [personal]';
comment on column register.number.to_on         is 'The day on which it was cancelled, where known. [personal]';
comment on column register.number.superseded_by is 'The number that came in its place. [personal]';
comment on column register.number.reason        is 'Why it was cancelled. [personal]';

create table register.number_lookup (
  number    text collate "C" not null primary key,
  person_id uuid not null
);
comment on table  register.number_lookup           is 'Whose a number is or was: a number arrives without its person, and is never given twice.';
comment on column register.number_lookup.number    is 'Twelve digits. [personal]';
comment on column register.number_lookup.person_id is 'Whose. [personal]';

create table register.old_number (
  person_id uuid not null,
  number    text collate "C" not null check (number ~ '^\d{9}$'),
  primary key (person_id, number)
);
create index old_number_by_number on register.old_number (number);
comment on table  register.old_number           is 'Numbers of nine digits on old identity cards; several in a life, and not unique in the country.';
comment on column register.old_number.person_id is 'Whose. [personal]';
comment on column register.old_number.number    is 'Nine digits. [personal]';

-- Where they live, and with whom ----------------------------------------------------------------------------------------

create table register.residence (
  person_id uuid not null,
  id        uuid not null,
  kind      text not null check (kind in ('permanent', 'temporary', 'current')),
  unit_id   uuid not null,
  address   text,
  from_on   date,
  to_on     date,
  primary key (person_id, id)
);
-- One residence of each kind at a time.
create unique index one_residence_in_force_per_kind on register.residence (person_id, kind) where to_on is null;
create index residence_by_unit on register.residence (unit_id, kind, person_id) where to_on is null;
create index residence_ended   on register.residence (unit_id, kind, to_on) where to_on is not null;
comment on table  register.residence           is 'Where a person is registered or lives, effective-dated.';
comment on column register.residence.person_id is 'Whose. [personal]';
comment on column register.residence.id        is 'The residence. [public]';
comment on column register.residence.kind      is 'permanent, temporary or current (Residence Law 2020). [personal]';
comment on column register.residence.unit_id   is 'The commune. [personal]';
comment on column register.residence.address   is 'House, street, hamlet, as printed. [personal]';
comment on column register.residence.from_on   is 'Since when, where known. [personal]';
comment on column register.residence.to_on     is 'The first day on which it was so no more; empty while in force. [personal]';

create table register.household (
  id      uuid not null primary key,
  number  text collate "C" not null check (number <> ''),
  unit_id uuid
);
create index household_by_number on register.household (number);
comment on table  register.household         is 'A household; its address is that of its members.';
comment on column register.household.id      is 'The household. [personal]';
comment on column register.household.number  is 'Its number, as given. [personal]';
comment on column register.household.unit_id is 'The commune, where known. [personal]';

create table register.household_member (
  person_id    uuid not null,
  household_id uuid not null,
  relation     text,
  from_on      date,
  to_on        date,
  primary key (person_id, household_id)
);
create unique index one_household_in_force_per_person on register.household_member (person_id) where to_on is null;
create index household_member_by_household on register.household_member (household_id);
comment on table  register.household_member              is 'Who belongs to which household.';
comment on column register.household_member.person_id    is 'Who. [personal]';
comment on column register.household_member.household_id is 'To which. [personal]';
comment on column register.household_member.relation     is 'Relation to its head, as given. [personal]';
comment on column register.household_member.from_on      is 'Since when, where known. [personal]';
comment on column register.household_member.to_on        is 'The first day on which it was so no more. [personal]';

create table register.kinship (
  person_id         uuid not null,
  relation          text not null check (relation in ('father', 'mother', 'guardian', 'spouse')),
  related_person_id uuid,
  name              text,
  name_ascii        text collate "C",
  number            text collate "C",
  related_birth_y   smallint,
  person_birth_y    smallint not null,
  primary key (person_id, relation)
);
create index kinship_by_related on register.kinship (related_person_id) where related_person_id is not null;
create index kinship_by_name    on register.kinship (name_ascii, person_birth_y) where name_ascii is not null;
comment on table  register.kinship                   is 'Father, mother, guardian, spouse: as given, and who that is where the register knows.';
comment on column register.kinship.person_id         is 'Whose father, mother … [personal]';
comment on column register.kinship.relation          is 'What the related person is to this one. [personal]';
comment on column register.kinship.related_person_id is 'Who that is, where known. [personal]';
comment on column register.kinship.name              is 'The name as given. [personal]';
comment on column register.kinship.name_ascii        is 'The same, folded. [personal]';
comment on column register.kinship.number            is 'The number as given. [personal]';
comment on column register.kinship.related_birth_y   is 'Year of birth of the related person, where known. [personal]';
comment on column register.kinship.person_birth_y    is 'Year of birth of this person: parents are looked up with it. [personal]';

create table register.phone (
  person_id uuid not null,
  phone     text collate "C" not null check (phone ~ '^\+\d{8,15}$'),
  primary key (person_id, phone)
);
comment on table  register.phone           is 'Phones that a person gave; families share them, and numbers are recycled.';
comment on column register.phone.person_id is 'Whose. [personal]';
comment on column register.phone.phone     is 'E.164. [personal]';

-- What changed -----------------------------------------------------------------------------------------------------------

create table register.history (
  person_id uuid        not null,
  id        uuid        not null,
  field     text        not null,
  old       text,
  new       text,
  why       text        not null check (why <> ''),
  at        timestamptz not null,
  on_day    date        not null,
  by_kind   text        not null,
  by_id     text        not null,
  deed      text        not null,
  primary key (person_id, id)
);
comment on table  register.history           is 'Every past value is kept (Law 26/2023 Art. 8(6)).';
comment on column register.history.person_id is 'Whose. [personal]';
comment on column register.history.id        is 'The change. [public]';
comment on column register.history.field     is 'Which value. [personal]';
comment on column register.history.old       is 'What it was. [personal]';
comment on column register.history.new       is 'What it became. [personal]';
comment on column register.history.why       is 'Why. [personal]';
comment on column register.history.at        is 'When. [public]';
comment on column register.history.on_day    is 'The house''s day. [public]';
comment on column register.history.by_kind   is 'What kind of actor answers for it. [public]';
comment on column register.history.by_id     is 'Who answers for it. [personal]';
comment on column register.history.deed      is 'By which deed. [public]';

create table register.correction (
  person_id      uuid        not null,
  id             uuid        not null,
  state          text        not null check (state in ('proposed', 'forwarded', 'approved', 'refused', 'withdrawn')),
  form_code      text        not null,
  form_version   text        not null,
  evidence       text        not null check (evidence <> ''),
  proposed_by    text        not null,
  proposed_at    timestamptz not null,
  proposed_on    date        not null,
  unit_id        uuid        not null,
  decides_unit_id uuid       not null,
  due_on         date        not null,
  decided_by     text,
  decided_at     timestamptz,
  decided_on     date,
  reason         text,
  primary key (person_id, id),
  -- Two officers: no one decides what they proposed.
  constraint decided_by_another check (decided_by <> proposed_by or state = 'withdrawn'),
  check ((decided_by is null) = (state in ('proposed', 'forwarded'))),
  check (state <> 'refused' or reason <> '')
);
create index correction_by_id      on register.correction (id);
create index correction_to_decide  on register.correction (decides_unit_id, due_on) where state in ('proposed', 'forwarded');
create index correction_by_unit    on register.correction (unit_id, proposed_on);
comment on table  register.correction                 is 'A request to correct data: proposed, sent to the police of permanent residence, decided by a second officer (NĐ70/2024 Art. 6).';
comment on column register.correction.person_id       is 'Whose data. [personal]';
comment on column register.correction.id              is 'The correction. [public]';
comment on column register.correction.state           is 'proposed (the deciding unit is the proposer''s), forwarded, approved, refused or withdrawn. [public]';
comment on column register.correction.form_code       is 'The form signed: DC02. [public]';
comment on column register.correction.form_version    is 'Of which circular: the same code has meant different forms. [public]';
comment on column register.correction.evidence        is 'Which papers show it. [personal]';
comment on column register.correction.proposed_by     is 'The officer who proposed it. [personal]';
comment on column register.correction.proposed_at     is 'When. [public]';
comment on column register.correction.proposed_on     is 'On which day of the house. [public]';
comment on column register.correction.unit_id         is 'The unit that received the request. [public]';
comment on column register.correction.decides_unit_id is 'The unit that decides: that of permanent residence. [public]';
comment on column register.correction.due_on          is 'The last day for the decision: two working days. [public]';
comment on column register.correction.decided_by      is 'The officer who decided or withdrew it. [personal]';
comment on column register.correction.decided_at      is 'When. [public]';
comment on column register.correction.decided_on      is 'On which day of the house. [public]';
comment on column register.correction.reason          is 'Why it was refused or withdrawn. [personal]';

create table register.correction_change (
  person_id     uuid not null,
  correction_id uuid not null,
  field         text not null check (field <> ''),
  old           text,
  new           text,
  primary key (person_id, correction_id, field)
);
comment on table  register.correction_change               is 'The values that a correction asks to change.';
comment on column register.correction_change.person_id     is 'Whose. [personal]';
comment on column register.correction_change.correction_id is 'Of which correction. [public]';
comment on column register.correction_change.field         is 'Which value. [public]';
comment on column register.correction_change.old           is 'What it was when proposed. [personal]';
comment on column register.correction_change.new           is 'What it should be. [personal]';

create table register.collection (
  person_id    uuid        not null,
  id           uuid        not null,
  state        text        not null check (state in ('collected', 'established', 'refused')),
  kind         text        not null check (kind in ('new-person', 'new-number')),
  form_code    text        not null,
  form_version text        not null,
  given        jsonb       not null,
  papers       text        not null check (papers <> ''),
  unit_id      uuid        not null,
  collected_by text        not null,
  collected_at timestamptz not null,
  collected_on date        not null,
  decided_by   text,
  decided_at   timestamptz,
  decided_on   date,
  reason       text,
  primary key (person_id, id),
  constraint established_by_another check (decided_by <> collected_by),
  check ((decided_by is null) = (state = 'collected')),
  check (state <> 'refused' or reason <> '')
);
create index collection_by_id   on register.collection (id);
create index collection_to_do   on register.collection (unit_id, collected_on) where state = 'collected';
comment on table  register.collection              is 'Data collected to establish a number: for a person who is not in the register (form DC01), or anew for one whose number is cancelled.';
comment on column register.collection.person_id    is 'Who it will be, or is. [personal]';
comment on column register.collection.id           is 'The collection. [public]';
comment on column register.collection.state        is 'collected, established or refused. [public]';
comment on column register.collection.kind         is 'A new person, or a new number for a known one. [public]';
comment on column register.collection.form_code    is 'The form signed: DC01 or DC02. [public]';
comment on column register.collection.form_version is 'Of which circular. [public]';
comment on column register.collection.given        is 'The data as collected. [personal]';
comment on column register.collection.papers       is 'Which papers were seen. [personal]';
comment on column register.collection.unit_id      is 'The unit that collected. [public]';
comment on column register.collection.collected_by is 'The officer who collected. [personal]';
comment on column register.collection.collected_at is 'When. [public]';
comment on column register.collection.collected_on is 'On which day of the house. [public]';
comment on column register.collection.decided_by   is 'The second officer. [personal]';
comment on column register.collection.decided_at   is 'When decided. [public]';
comment on column register.collection.decided_on   is 'On which day of the house. [public]';
comment on column register.collection.reason       is 'Why it was refused, or why the number is made anew. [personal]';

-- Row-level security (house.md 9.1). The rule is written into each policy: a function with EXISTS would not be inlined. OFFSET 0 keeps the
-- planner from hashing all people of a scope, whose size it cannot know, to check some hundred: 150 ms for a district of 300,000 (bench/search.ts).
-- Whose scope or open case the actor sees is the policies' of those two tables. To ask for its units here again makes the index take in the whole list
-- for each row: 13 to 18 µs at 125 units, instead of 2 to 8 at a province's 628 (explain analyze; bench/RESULTS.md, "Needs").

alter table register.person_scope enable row level security;
alter table register.person_scope force  row level security;
create policy scope on register.person_scope to dinhdanh_application
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
create policy maintenance on register.person_scope to dinhdanh_maintenance using (true) with check (true);

-- A person may be established, or move, to a unit that is not the actor's own.
create policy established on register.person_scope for insert to dinhdanh_application with check (true);

-- A case may be opened for a unit that is not the actor's own: a correction is forwarded.
alter table register.access_case enable row level security;
alter table register.access_case force  row level security;
create policy scope on register.access_case to dinhdanh_application
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
create policy opened on register.access_case for insert to dinhdanh_application with check (true);
create policy maintenance on register.access_case to dinhdanh_maintenance using (true) with check (true);

do $$
declare
  person_table text;
begin
  foreach person_table in array array['person', 'name_word', 'number', 'number_lookup', 'old_number', 'residence', 'household_member', 'kinship', 'phone',
                                      'history', 'correction', 'correction_change', 'collection']
  loop
    execute format('alter table register.%I enable row level security', person_table);
    execute format('alter table register.%I force  row level security', person_table);
    execute format($policy$
      create policy scope on register.%1$I to dinhdanh_application
        using ((select platform.sees_house())
          or exists (select from register.person_scope s
                     where s.person_id = %1$I.person_id offset 0)
          or exists (select from register.access_case c
                     where c.person_id = %1$I.person_id and (c.until is null or c.until >= current_date) offset 0))$policy$, person_table);
    execute format('create policy maintenance on register.%I to dinhdanh_maintenance using (true) with check (true)', person_table);
  end loop;
end
$$;

-- What a unit proposed or has to decide is its own business, also after the person moved away.
create policy unit on register.correction to dinhdanh_application
  using (unit_id = any ((select platform.scope())::uuid[]) or decides_unit_id = any ((select platform.scope())::uuid[]));
create policy unit on register.correction_change to dinhdanh_application
  using (exists (select from register.correction c where c.person_id = correction_change.person_id and c.id = correction_change.correction_id));
create policy unit on register.collection to dinhdanh_application using (unit_id = any ((select platform.scope())::uuid[]));

alter table register.household enable row level security;
alter table register.household force  row level security;
create policy scope on register.household to dinhdanh_application
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[])
    or exists (select from register.household_member m where m.household_id = household.id));
create policy established on register.household for insert to dinhdanh_application with check (true);
create policy maintenance on register.household to dinhdanh_maintenance using (true) with check (true);

grant select, insert, update, delete on all tables in schema register to dinhdanh_application, dinhdanh_maintenance;
revoke update, delete on register.history from dinhdanh_application;

-- What others may read ---------------------------------------------------------------------------------------------------------

create view register.published_person with (security_invoker = true) as
select p.person_id, n.number, p.full_name, p.name_tone, p.name_ascii, p.family_ascii, p.given_ascii, p.sort_key,
       p.birth_y, p.birth_m, p.birth_d, p.sex, p.birth_registration_code, p.ethnicity, p.religion, p.nationality, p.hometown,
       r.unit_id as permanent_unit_id, p.life_status, p.origin, p.changed_at
from register.person p
left join register.number n    on n.person_id = p.person_id and n.state = 'in-force'
left join register.residence r on r.person_id = p.person_id and r.kind = 'permanent' and r.to_on is null;
comment on view register.published_person is 'Each person with the number in force and the commune of permanent residence.';

-- Joins to partial unique indexes are never left out by the planner: whoever counts people does not pay for numbers and residences.
create view register.published_birth with (security_invoker = true) as
select person_id, sort_key, birth_y, birth_m, birth_d, life_status from register.person;
comment on view register.published_birth is 'When each person was born, and where they stand in the order of names.';

create view register.published_number with (security_invoker = true) as
select person_id, number, state, from_on, to_on, superseded_by from register.number;
comment on view register.published_number is 'The numbers of a person, past and present.';

create view register.published_number_lookup with (security_invoker = true) as
select number, person_id from register.number_lookup;
comment on view register.published_number_lookup is 'Whose a number is or was: join on it to come from numbers to persons.';

create view register.published_old_number with (security_invoker = true) as
select person_id, number from register.old_number;
comment on view register.published_old_number is 'Numbers of old identity cards.';

create view register.published_residence with (security_invoker = true) as
select person_id, id, kind, unit_id, address, from_on, to_on from register.residence;
comment on view register.published_residence is 'Where people live, of each kind; in force where to_on is empty.';

create view register.published_kin with (security_invoker = true) as
select person_id, relation, related_person_id, name, name_ascii, number, related_birth_y from register.kinship;
comment on view register.published_kin is 'Father, mother, guardian, spouse of a person.';

create view register.published_phone with (security_invoker = true) as
select person_id, phone from register.phone;
comment on view register.published_phone is 'Phones that a person gave.';

create view register.published_scope with (security_invoker = true) as
select person_id, unit_id, sort_key from register.person_scope;
comment on view register.published_scope is 'The units of a person, with the sort key.';

create view register.published_correction with (security_invoker = true) as
select person_id, id, state, unit_id, decides_unit_id, proposed_on, due_on, decided_on from register.correction;
comment on view register.published_correction is 'Corrections and their states, without the values.';

grant select on all tables in schema register to dinhdanh_application, dinhdanh_maintenance;

-- Looking up by exact number: a right of its own, minimal fields, whoever the person's unit is --------------------------------------

create function register.look_up(asked text)
returns table (person_id uuid, number text, state text, in_force text, full_name text, birth_y smallint, birth_m smallint, birth_d smallint, sex text,
               life_status text, permanent_unit_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select p.person_id, n.number, n.state, f.number, p.full_name, p.birth_y, p.birth_m, p.birth_d, p.sex, p.life_status, r.unit_id
  from register.number_lookup l
  join register.number n         on n.person_id = l.person_id and n.number = l.number
  join register.person p         on p.person_id = l.person_id
  left join register.number f    on f.person_id = l.person_id and f.state = 'in-force'
  left join register.residence r on r.person_id = l.person_id and r.kind = 'permanent' and r.to_on is null
  where l.number = asked
$$;
comment on function register.look_up is 'The person who has or had a number, beyond the caller''s scope; callers hold the right register.look-up and leave a trace.';

create function register.alike(name text, y smallint, m smallint, d smallint) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select p.person_id from register.person p
  where p.name_ascii = name collate "C" and p.birth_y = y
    and (p.birth_m = m or p.birth_m is null or m is null) and (p.birth_d = d or p.birth_d is null or d is null)
  limit 20
$$;
comment on function register.alike is 'The ids of those with this name and birth date, beyond the caller''s scope: nobody is established twice.';

create function register.close_case(closed_kind text, closed_id uuid) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as
$$ delete from register.access_case where case_id = closed_id and kind = closed_kind $$;
comment on function register.close_case is 'Shuts a case for every unit that it was opened to, also those beyond the caller''s scope.';

-- These see beyond the caller's scope, so they are maintenance's; the application may call them.
grant create on schema register to dinhdanh_maintenance;
alter function register.look_up(text) owner to dinhdanh_maintenance;
alter function register.alike(text, smallint, smallint, smallint) owner to dinhdanh_maintenance;
alter function register.close_case(text, uuid) owner to dinhdanh_maintenance;
revoke create on schema register from dinhdanh_maintenance;
revoke execute on function register.look_up(text), register.alike(text, smallint, smallint, smallint), register.close_case(text, uuid) from public;
grant execute on function register.look_up(text), register.alike(text, smallint, smallint, smallint), register.close_case(text, uuid)
  to dinhdanh_application, dinhdanh_maintenance;

-- A bulk import into an empty register builds the secondary indexes afterwards. They are the owner's; the import runs as maintenance.

create function register.set_indexes_aside() returns text[]
language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
  definitions text[] := '{}';
  spare record;
begin
  -- The owner sees no rows; a table without a page has none.
  if pg_relation_size('register.person') > 0 then
    return definitions;
  end if;
  for spare in
    select i.indexrelid::regclass as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class t on t.oid = i.indrelid
    where t.relnamespace = 'register'::regnamespace and not i.indisprimary
      and t.relname in ('person', 'person_scope', 'name_word', 'number', 'old_number', 'residence', 'household', 'household_member', 'kinship', 'phone')
    order by t.relname, i.indexrelid
  loop
    definitions := definitions || spare.definition;
    execute format('drop index %s', spare.name);
  end loop;
  -- What is written to a file made in the same transaction needs no log of its own (wal_level = minimal).
  for spare in
    select c.oid::regclass as name from pg_class c
    where c.relnamespace = 'register'::regnamespace and c.relkind = 'r' and pg_relation_size(c.oid) = 0
      and c.relname in ('person', 'person_scope', 'name_word', 'number', 'number_lookup', 'old_number', 'residence', 'household', 'household_member', 'kinship', 'phone')
  loop
    execute format('truncate %s', spare.name);
  end loop;
  return definitions;
end
$$;
comment on function register.set_indexes_aside is 'Drops the secondary indexes of an empty register and gives back how to make them; in one transaction with build_index.';

create function register.build_index(definition text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
  if definition !~ '^CREATE (UNIQUE )?INDEX [a-z_]+ ON register\.[a-z_]+ USING btree \([^;]*$' then
    raise exception 'not an index of the register';
  end if;
  execute definition;
end
$$;
comment on function register.build_index is 'Builds an index that set_indexes_aside dropped.';

create function register.analyze_tables() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
  analyze register.person, register.person_scope, register.name_word, register.number, register.number_lookup, register.old_number,
          register.residence, register.household, register.household_member, register.kinship, register.phone;
end
$$;
comment on function register.analyze_tables is 'Tells the planner what an import brought.';
revoke execute on function register.set_indexes_aside(), register.build_index(text), register.analyze_tables() from public;
grant execute on function register.set_indexes_aside(), register.build_index(text), register.analyze_tables() to dinhdanh_maintenance;

-- Who may see a person may also see who looked at them, from whatever unit: trust is one question.
create policy of_person on audit.access for select to dinhdanh_application
  using (exists (select from register.person_scope s
                 where s.person_id = access.person_id and s.unit_id = any ((select platform.scope())::uuid[]) offset 0));

-- Universal education and literacy: education officers see who of school age lives below their unit, by few fields, and
-- follow each who is on no roll. The functions decide by the appointment of the work (platform.parts), whatever is asked.

create function out_of_school.education_units() returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  with recursive own as (
    select l.unit_id as id from staff.appointment a join units.lineage l on l.ancestor_id = a.unit_id
    where a.id = any (platform.parts()) and a.role = 'education-officer'
    union
    select s.old_id from own join units.succession s on s.new_id = own.id
  )
  select id from own
$$;
comment on function out_of_school.education_units is
  'Units below that of the education officer at work, and what became part of them; none for anybody else.';

-- Name, birth date, sex, ethnicity and address of who is of school age. No number, phone, kin, card or account.
create function out_of_school.residents(asked uuid[], first_year integer, last_year integer)
returns table (person_id uuid, unit_id uuid, kind text, address text, full_name text, sort_key text, birth_y smallint,
  birth_m smallint, birth_d smallint, sex text, ethnicity text)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select d.person_id, d.unit_id, d.kind, d.address, p.full_name, p.sort_key, p.birth_y, p.birth_m, p.birth_d, p.sex,
    p.ethnicity
  from register.residence d
  join register.person p on p.person_id = d.person_id
  where d.unit_id = any (asked) and d.to_on is null and p.life_status = 'alive'
    and p.birth_y between first_year and last_year and p.birth_y >= extract(year from current_date) - 25
    and (platform.sees_house() or d.unit_id in (select own.id from out_of_school.education_units() own (id)))
$$;
comment on function out_of_school.residents is
  'Who of school age lives in some units, as far as the education officer at work answers for them.';

-- Adults are counted, and never listed: how many of which year, sex and ethnicity.
create function out_of_school.count_adults(asked uuid[], first_year integer, last_year integer)
returns table (birth_y smallint, sex text, is_minority boolean, people bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select p.birth_y, p.sex, coalesce(p.ethnicity not in ('', 'Kinh'), false), count(distinct p.person_id)
  from register.residence d
  join register.person p on p.person_id = d.person_id
  where d.unit_id = any (asked) and d.to_on is null and d.kind = 'permanent' and p.life_status = 'alive'
    and p.birth_y between first_year and last_year
    and (platform.sees_house() or d.unit_id in (select own.id from out_of_school.education_units() own (id)))
  group by 1, 2, 3
$$;
comment on function out_of_school.count_adults is
  'How many live in some units by permanent residence, by year of birth, sex and ethnicity; no person.';

-- Whose line of a survey it is: only one person of these units with that name and birth date, or nobody. Nothing is told
-- of the person that the line does not say.
create function out_of_school.surveyed_person(asked uuid[], plain text, year integer, month integer, day integer, line_sex text)
returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select case when count(*) = 1 then (array_agg(found.person_id))[1] end from (
    select distinct p.person_id from register.person p
    join register.residence d on d.person_id = p.person_id and d.to_on is null and d.unit_id = any (asked)
    where p.name_ascii = plain and p.birth_y = year and p.life_status = 'alive'
      and (month is null or p.birth_m is null or p.birth_m = month) and (day is null or p.birth_d is null or p.birth_d = day)
      and (line_sex is null or p.sex = line_sex)
      and (platform.sees_house() or d.unit_id in (select own.id from out_of_school.education_units() own (id)))
  ) found
$$;
comment on function out_of_school.surveyed_person is
  'The one person of some units whom a line of a literacy survey names; nobody where there are several.';

create table out_of_school.literacy (
  unit_id     uuid not null references units.unit (id),
  id          uuid not null,
  survey_year smallint not null check (survey_year between 2000 and 2200),
  line        integer not null check (line > 0),
  full_name   text not null check (full_name <> ''),
  birth_y     smallint not null,
  sex         text check (sex in ('M', 'F')),
  is_minority boolean not null,
  level       text not null check (level in ('illiterate', 'level-1', 'level-2')),
  person_id   uuid,
  by_id       text not null,
  on_day      date not null,
  primary key (unit_id, id)
);
create unique index one_line_a_survey on out_of_school.literacy (unit_id, survey_year, line);
comment on table  out_of_school.literacy             is 'A line of a commune''s survey of who can read and write, as it was sent; a survey sent again replaces the former.';
comment on column out_of_school.literacy.unit_id     is 'The commune that surveyed. [public]';
comment on column out_of_school.literacy.id          is 'The line. [public]';
comment on column out_of_school.literacy.survey_year is 'Of which year. [public]';
comment on column out_of_school.literacy.line        is 'Where it stands in the file. [public]';
comment on column out_of_school.literacy.full_name   is 'The name as written. [personal]';
comment on column out_of_school.literacy.birth_y     is 'Year of birth as written. [personal]';
comment on column out_of_school.literacy.sex         is 'M or F, where written. [personal]';
comment on column out_of_school.literacy.is_minority is 'Whether another ethnicity than Kinh is written. [personal]';
comment on column out_of_school.literacy.level       is 'illiterate, level-1 (grade 3) or level-2 (primary school). [personal]';
comment on column out_of_school.literacy.person_id   is 'Who it is, where one person of the commune fits. [personal]';
comment on column out_of_school.literacy.by_id       is 'Who sent it. [personal]';
comment on column out_of_school.literacy.on_day      is 'On which day of the house. [public]';
alter table out_of_school.literacy enable row level security;
alter table out_of_school.literacy force row level security;
create policy maintenance on out_of_school.literacy to dinhdanh_maintenance using (true) with check (true);
create policy education on out_of_school.literacy to dinhdanh_app
  using ((select platform.sees_house()) or ((select cardinality(platform.parts()) > 0)
    and unit_id in (select own.id from out_of_school.education_units() own (id))))
  with check ((select platform.sees_house()) or unit_id in (select own.id from out_of_school.education_units() own (id)));
grant select, insert, delete on out_of_school.literacy to dinhdanh_app;
grant select, insert, update, delete on out_of_school.literacy to dinhdanh_maintenance;

create table out_of_school.pursuit (
  person_id   uuid not null,
  school_year text not null check (school_year ~ '^\d{4}-\d{4}$'),
  unit_id     uuid not null references units.unit (id),
  assigned_to text not null check (assigned_to <> ''),
  due_on      date not null,
  assigned_on date not null,
  assigned_by text not null,
  outcome     text check (outcome in ('at-school', 'at-school-elsewhere', 'moved-away', 'working', 'ill-or-disabled', 'not-found', 'refuses')),
  note        text check (note <> ''),
  outcome_on  date,
  outcome_by  text check (outcome_by <> ''),
  primary key (person_id, school_year),
  check ((outcome is null) = (outcome_on is null) and (outcome is null) = (outcome_by is null))
);
create index pursuit_by_unit on out_of_school.pursuit (unit_id, school_year);
comment on table  out_of_school.pursuit             is 'Who goes after a child on no roll in a school year, until when, and what came of it.';
comment on column out_of_school.pursuit.person_id   is 'The child. [personal]';
comment on column out_of_school.pursuit.school_year is 'As 2022-2023. [public]';
comment on column out_of_school.pursuit.unit_id     is 'The commune where the child lives. [personal]';
comment on column out_of_school.pursuit.assigned_to is 'Who goes after it: a school, a quarter, somebody of the commune, in words. [personal]';
comment on column out_of_school.pursuit.due_on      is 'The last day. [public]';
comment on column out_of_school.pursuit.assigned_on is 'On which day of the house. [public]';
comment on column out_of_school.pursuit.assigned_by is 'Who assigned it. [personal]';
comment on column out_of_school.pursuit.outcome     is 'What came of it; empty while it is open. [personal]';
comment on column out_of_school.pursuit.note        is 'What was found, without a number. [personal]';
comment on column out_of_school.pursuit.outcome_on  is 'On which day of the house. [public]';
comment on column out_of_school.pursuit.outcome_by  is 'Who said so. [personal]';
alter table out_of_school.pursuit enable row level security;
alter table out_of_school.pursuit force row level security;
create policy maintenance on out_of_school.pursuit to dinhdanh_maintenance using (true) with check (true);
create policy education on out_of_school.pursuit to dinhdanh_app
  using ((select platform.sees_house()) or ((select cardinality(platform.parts()) > 0)
    and unit_id in (select own.id from out_of_school.education_units() own (id))))
  with check ((select platform.sees_house()) or unit_id in (select own.id from out_of_school.education_units() own (id)));
grant select, insert, update on out_of_school.pursuit to dinhdanh_app, dinhdanh_maintenance;

-- Directives go to education offices and schools too. The education office of a unit has an id of its own beside the
-- police of the unit, the same in every installation; a school is addressed by its own id.
create function staff.education_office(unit uuid) returns uuid
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as
$$
  select overlay(overlay(h.text placing '8' from 13) placing '8' from 17)::uuid
  from (select md5('education office ' || unit::text) as text) h
$$;
comment on function staff.education_office is 'The id by which the education office of a unit is addressed.';

alter table campaign.directive_addressee drop constraint directive_addressee_unit_id_fkey;
alter table campaign.directive_addressee
  add column office text not null default 'police' check (office in ('police', 'education', 'school')),
  add column of_unit_id uuid references units.unit (id);
update campaign.directive_addressee set of_unit_id = unit_id;
alter table campaign.directive_addressee alter column of_unit_id set not null;
comment on column campaign.directive_addressee.unit_id    is 'To whom: the unit of the police, the education office of a unit, or a school. [public]';
comment on column campaign.directive_addressee.office     is 'Which of them it is: police, education or school. [public]';
comment on column campaign.directive_addressee.of_unit_id is 'The unit of the police or of the education office, or in which the school stands. [public]';
comment on table  campaign.directive_addressee            is 'To which units, education offices and schools a version of a directive is addressed.';
-- Whoever issues has the unit of the office, or in which the school stands, in sight; the office's own id is nobody's
-- but the office's.
drop policy addressed_or_issued on campaign.directive_addressee;
create policy addressed_or_issued on campaign.directive_addressee to dinhdanh_app
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[])
    or issuing_unit_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or (of_unit_id = any ((select platform.scope())::uuid[])
    and issuing_unit_id = any ((select platform.scope())::uuid[])));

-- Households: what a school's roll says of a pupil's home, beside the registered residence of the pupil, of father and
-- mother, and of brothers and sisters. Of kin who live elsewhere nothing is told but that it differs.
create function out_of_school.home_on(unit uuid, on_day date) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  with recursive step as (
    select unit as id, 0 as n
    union all
    select s.new_id, step.n + 1 from step
    join units.succession s on s.old_id = step.id and s.extent = 'whole' and s.effective_on <= on_day
    where step.n < 5
  )
  select id from step order by n desc limit 1
$$;
comment on function out_of_school.home_on is 'What a commune is called on a day, where it went whole into another.';

create function out_of_school.household_differences(asked uuid[], year text, on_day date)
returns table (row_id uuid, roll_id uuid, place integer, school_id uuid, class text, person_id uuid, unit_id uuid,
  said_unit_id uuid, said_differs boolean, father_differs boolean, mother_differs boolean, sibling_differs boolean,
  kin_unit_ids uuid[], kin_known boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  with pupil as materialized (
    select distinct on (w.person_id) w.id as row_id, w.roll_id, w.place, w.school_id, w.class, w.person_id, d.unit_id,
      w.commune_id as said_unit_id, out_of_school.home_on(d.unit_id, on_day) as home_id
    from register.residence d
    join rolls.row w on w.person_id = d.person_id and w.outcome in ('matched', 'duplicate') and w.left_on is null
    join rolls.roll r on r.id = w.roll_id and r.in_force and r.kind = 'pupils' and r.school_year = year
    where d.unit_id = any (asked) and d.kind = 'permanent' and d.to_on is null
      and ((select platform.sees_house()) or d.unit_id = any ((select platform.scope())::uuid[]))
    order by w.person_id, w.place
  ), kin as materialized (
    select p.person_id, k.relation, h.unit_id, out_of_school.home_on(h.unit_id, on_day) as home_id from pupil p
    join register.kinship k on k.person_id = p.person_id and k.relation in ('father', 'mother')
    join register.person a on a.person_id = k.related_person_id and a.life_status = 'alive'
    join register.residence h on h.person_id = k.related_person_id and h.kind = 'permanent' and h.to_on is null
    union
    select p.person_id, 'sibling', h.unit_id, out_of_school.home_on(h.unit_id, on_day) from pupil p
    join register.kinship k on k.person_id = p.person_id and k.relation in ('father', 'mother')
    join register.kinship s on s.related_person_id = k.related_person_id and s.relation = k.relation
      and s.person_id <> p.person_id
    join register.person a on a.person_id = s.person_id and a.life_status = 'alive'
      and a.birth_y >= left(year, 4)::integer - 18
    join register.residence h on h.person_id = s.person_id and h.kind = 'permanent' and h.to_on is null
  ), of_kin as (
    select p.person_id,
      bool_or(k.relation = 'father' and k.home_id <> p.home_id) as father_differs,
      bool_or(k.relation = 'mother' and k.home_id <> p.home_id) as mother_differs,
      bool_or(k.relation = 'sibling' and k.home_id <> p.home_id) as sibling_differs,
      array_agg(distinct k.unit_id) filter (where k.home_id <> p.home_id
        and ((select platform.sees_house()) or k.unit_id = any ((select platform.scope())::uuid[]))) as kin_unit_ids,
      count(k.unit_id) > 0 as kin_known
    from pupil p left join kin k on k.person_id = p.person_id group by 1
  )
  select p.row_id, p.roll_id, p.place, p.school_id, p.class, p.person_id, p.unit_id, p.said_unit_id,
    p.said_unit_id is not null and out_of_school.home_on(p.said_unit_id, on_day) <> p.home_id and not exists (
      select from register.residence o where o.person_id = p.person_id and o.to_on is null and o.unit_id = p.said_unit_id),
    coalesce(o.father_differs, false), coalesce(o.mother_differs, false), coalesce(o.sibling_differs, false),
    coalesce(o.kin_unit_ids, '{}'), o.kin_known
  from pupil p join of_kin o on o.person_id = p.person_id
$$;
comment on function out_of_school.household_differences is
  'Of pupils who live in some units of the scope: whether roll, father, mother, brothers and sisters have another home.';
comment on column follow_ups.follow_up.kind is 'What kind of work: roll-defect (a defect of a row of a roll), roll-of-strangers (a roll that the police accept first), household (homes of a pupil''s household that differ). [public]';

-- Members of community groups sign in: what a group walks with is tied to the appointment of whoever the ward named.
create table campaign.group_access (
  id             uuid primary key,
  group_id       uuid not null references campaign.community_group (id),
  unit_id        uuid not null references units.unit (id),
  appointment_id uuid not null,
  officer_id     uuid not null,
  given_on       date not null,
  given_by       text not null,
  ended_on       date,
  ended_by       text check (ended_by <> ''),
  check ((ended_on is null) = (ended_by is null))
);
create unique index one_access_a_member on campaign.group_access (group_id, appointment_id) where ended_on is null;
create index group_access_by_appointment on campaign.group_access (appointment_id) where ended_on is null;
comment on table  campaign.group_access                is 'Who of a community group signs in and sees the lists that it walks with.';
comment on column campaign.group_access.id             is 'The access. [public]';
comment on column campaign.group_access.group_id       is 'To the lists of which group. [public]';
comment on column campaign.group_access.unit_id        is 'The group''s commune. [public]';
comment on column campaign.group_access.appointment_id is 'By which appointment the member works. [public]';
comment on column campaign.group_access.officer_id     is 'The member. [personal]';
comment on column campaign.group_access.given_on       is 'On which day of the house. [public]';
comment on column campaign.group_access.given_by       is 'Which officer of the ward gave it. [personal]';
comment on column campaign.group_access.ended_on       is 'Since which day it is over. [public]';
comment on column campaign.group_access.ended_by       is 'Who ended it. [personal]';
alter table campaign.group_access enable row level security;
alter table campaign.group_access force row level security;
create policy maintenance on campaign.group_access to dinhdanh_maintenance using (true) with check (true);
create policy unit on campaign.group_access to dinhdanh_app
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or (unit_id = any ((select platform.scope())::uuid[])
    and exists (select from staff.appointment a where a.id = appointment_id and a.officer_id = group_access.officer_id
                and a.unit_id = group_access.unit_id and a.role = 'community-group-member')));
create policy own on campaign.group_access for select to dinhdanh_app
  using (ended_on is null and appointment_id = any ((select platform.parts())::uuid[]));
grant select, insert, update on campaign.group_access to dinhdanh_app, dinhdanh_maintenance;

create policy member on campaign.community_group for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and ended_on is null and exists (
    select from campaign.group_access a where a.group_id = community_group.id and a.ended_on is null
      and a.appointment_id = any (platform.parts())));
create policy member on campaign.house_list for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and ended_on is null and exists (
    select from campaign.group_access a where a.group_id = house_list.group_id and a.ended_on is null
      and a.appointment_id = any (platform.parts())));
create policy member on campaign.house_list_entry for select to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and exists (
    select from campaign.house_list l where l.id = house_list_entry.list_id and l.ended_on is null
      and exists (select from campaign.group_access a where a.group_id = l.group_id and a.ended_on is null
        and a.appointment_id = any (platform.parts()))));
create policy member_marks on campaign.house_list_entry for update to dinhdanh_app
  using ((select cardinality(platform.parts()) > 0) and exists (
    select from campaign.house_list l where l.id = house_list_entry.list_id and l.ended_on is null
      and exists (select from campaign.group_access a where a.group_id = l.group_id and a.ended_on is null
        and a.appointment_id = any (platform.parts()))));

-- Name and address of whom a list has, where they are at home in the commune today; nothing else of them.
create function campaign.doors_of(asked uuid, on_day date)
returns table (person_id uuid, full_name text, address text)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select e.person_id, p.full_name, h.address
  from campaign.house_list l
  join campaign.house_list_entry e on e.list_id = l.id
  join register.person p on p.person_id = e.person_id and p.life_status = 'alive'
  cross join lateral (
    select r.address, r.unit_id from register.residence r
    where r.person_id = e.person_id and (r.from_on is null or r.from_on <= on_day) and (r.to_on is null or r.to_on > on_day)
    order by array_position(array['current', 'temporary', 'permanent'], r.kind), r.from_on desc nulls last, r.id limit 1) h
  where l.id = asked and l.ended_on is null and l.expires_on >= on_day
    and out_of_school.home_on(h.unit_id, on_day) = out_of_school.home_on(l.unit_id, on_day)
    and exists (select from campaign.group_access a where a.group_id = l.group_id and a.ended_on is null
      and a.appointment_id = any (platform.parts()))
$$;
comment on function campaign.doors_of is 'Name and address of whom a visit list has, for members of its group alone.';

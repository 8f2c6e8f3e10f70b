-- What each person lacks, as counted: figures of a province and pages in any order are read from it, and no longer from
-- the cards, accounts and rolls of everybody (ADR 23). It is of one day, one school year and one law; a question of
-- another is answered from the facts.
create table campaign.kept_need (
  person_id  uuid     not null primary key,
  unit_id    uuid,
  school_id  uuid,
  class      text,
  grade      smallint,
  birth_y    smallint not null,
  born_on    date     not null,
  sort_key   text     not null,
  name_ascii text     not null,
  needs      smallint not null check (needs between 0 and 63),
  is_apart   boolean  not null,
  seen_until date
);
comment on table  campaign.kept_need            is 'What each living person lacks on the day that was counted, and where they belong: derived from register, cards, accounts and rolls, and counted anew where these change.';
comment on column campaign.kept_need.person_id  is 'Who. [personal]';
comment on column campaign.kept_need.unit_id    is 'The commune of permanent residence, as it is written in the register. [personal]';
comment on column campaign.kept_need.school_id  is 'The school on whose roll they are. [personal]';
comment on column campaign.kept_need.class      is 'In which class. [personal]';
comment on column campaign.kept_need.grade      is 'In which grade. [personal]';
comment on column campaign.kept_need.birth_y    is 'Year of birth. [personal]';
comment on column campaign.kept_need.born_on    is 'Date of birth; a day or month that nobody knows is the last possible. [personal]';
comment on column campaign.kept_need.sort_key   is 'Where they stand in the order of names. [personal]';
comment on column campaign.kept_need.name_ascii is 'The name folded to a–z, for a search by part of it. [personal]';
comment on column campaign.kept_need.needs      is 'What they lack, a bit each, in the order of src/campaign/need-codes.ts. [personal]';
comment on column campaign.kept_need.is_apart   is 'They have several homes or rolls, or a defect on another roll than their school''s: each question evaluates them anew. [public]';
comment on column campaign.kept_need.seen_until is 'Until when the roll opens them to the school and its superiors. [public]';
create index kept_need_in_order       on campaign.kept_need (sort_key, person_id) where needs <> 0 and not is_apart;
create index kept_need_pupil_in_order on campaign.kept_need (sort_key, person_id)
  include (school_id, unit_id, birth_y, needs, seen_until) where school_id is not null and not is_apart;
create index kept_need_by_birth       on campaign.kept_need (born_on) where needs <> 0 and not is_apart;
create index kept_need_pupil_by_birth on campaign.kept_need (born_on) where school_id is not null and not is_apart;
create index kept_need_by_unit        on campaign.kept_need (unit_id, birth_y) where not is_apart;
create index kept_need_by_school      on campaign.kept_need (school_id, birth_y) where school_id is not null;
create index kept_need_by_class       on campaign.kept_need (class) where class is not null and not is_apart;
create index kept_need_by_needs       on campaign.kept_need (needs) where not is_apart;
create index kept_need_apart          on campaign.kept_need (person_id) where is_apart;

-- How many of one kind. Nobody counts here whom each question evaluates anew.
create table campaign.need_count (
  unit_id    uuid     not null,
  school_id  uuid     not null,
  class      text     not null,
  grade      smallint not null,
  birth_y    smallint not null,
  needs      smallint not null,
  seen_until date     not null,
  people     integer  not null,
  primary key (unit_id, school_id, birth_y, needs, class, grade, seen_until)
);
comment on table  campaign.need_count            is 'How many people of campaign.kept_need are of one commune, school, class, grade, year of birth and lack the same.';
comment on column campaign.need_count.unit_id    is 'The commune; zeros where none is known. [personal]';
comment on column campaign.need_count.school_id  is 'The school; zeros for who is on no roll. [personal]';
comment on column campaign.need_count.class      is 'The class; empty where there is none. [personal]';
comment on column campaign.need_count.grade      is 'The grade; -1 where there is none. [personal]';
comment on column campaign.need_count.birth_y    is 'Year of birth. [personal]';
comment on column campaign.need_count.needs      is 'What they lack, a bit each. [personal]';
comment on column campaign.need_count.seen_until is 'Until when the roll opens them to the school and its superiors. [public]';
comment on column campaign.need_count.people     is 'How many. [public]';
create index need_count_by_school on campaign.need_count (school_id, birth_y);

create table campaign.kept_state (
  id          smallint not null primary key check (id = 1),
  day         date     not null,
  school_year text     not null,
  law         text     not null
);
comment on table  campaign.kept_state             is 'Of which day, school year and law campaign.kept_need is; no row while nothing was counted.';
comment on column campaign.kept_state.id          is 'Always 1. [public]';
comment on column campaign.kept_state.day         is 'The day. [public]';
comment on column campaign.kept_state.school_year is 'The school year. [public]';
comment on column campaign.kept_state.law         is 'The law of the day, as far as it says what a person lacks. [public]';
grant select, insert, update, delete on campaign.kept_state to dinhdanh_app;
grant select, insert, update, delete on campaign.kept_state to dinhdanh_maintenance;

-- Whom a deed touched, until they are counted anew; until then each question evaluates them anew.
create table campaign.need_due (
  person_id uuid not null,
  id        uuid not null,
  primary key (person_id, id)
);
comment on table  campaign.need_due           is 'A person whose needs a deed may have changed; gone when they are counted anew.';
comment on column campaign.need_due.person_id is 'Whose. [personal]';
comment on column campaign.need_due.id        is 'The deed. [public]';
create table campaign.need_due_school (
  id        uuid not null primary key,
  school_id uuid not null
);
comment on table  campaign.need_due_school           is 'A school whose roll changed; gone when its pupils are counted anew.';
comment on column campaign.need_due_school.id        is 'The deed. [public]';
comment on column campaign.need_due_school.school_id is 'Which school. [public]';
grant select, insert, update, delete on campaign.need_due_school to dinhdanh_app;
grant select, insert, update, delete on campaign.need_due_school to dinhdanh_maintenance;

-- The scope is read once a statement, and each row asks a hash of it (bench/RESULTS.md, "Needs").
alter table campaign.kept_need enable row level security;
alter table campaign.kept_need force  row level security;
create policy maintenance on campaign.kept_need to dinhdanh_maintenance using (true) with check (true);
create policy house on campaign.kept_need to dinhdanh_app using ((select platform.sees_house())) with check ((select platform.sees_house()));
create policy scope on campaign.kept_need for select to dinhdanh_app using (
  unit_id in (select s.id from unnest((select platform.scope())) s (id))
  or (seen_until >= current_date and school_id in (select s.id from unnest((select platform.scope())) s (id))));
grant select, insert, update, delete on campaign.kept_need to dinhdanh_app;
grant select, insert, update, delete on campaign.kept_need to dinhdanh_maintenance;

alter table campaign.need_count enable row level security;
alter table campaign.need_count force  row level security;
create policy maintenance on campaign.need_count to dinhdanh_maintenance using (true) with check (true);
create policy house on campaign.need_count to dinhdanh_app using ((select platform.sees_house())) with check ((select platform.sees_house()));
create policy scope on campaign.need_count for select to dinhdanh_app using (
  unit_id in (select s.id from unnest((select platform.scope())) s (id))
  or (seen_until >= current_date and school_id in (select s.id from unnest((select platform.scope())) s (id))));
grant select, insert, update, delete on campaign.need_count to dinhdanh_app;
grant select, insert, update, delete on campaign.need_count to dinhdanh_maintenance;

alter table campaign.need_due enable row level security;
alter table campaign.need_due force  row level security;
create policy maintenance on campaign.need_due to dinhdanh_maintenance using (true) with check (true);
create policy house on campaign.need_due to dinhdanh_app using ((select platform.sees_house()));
create policy say   on campaign.need_due for insert to dinhdanh_app with check (true);
grant select, insert, update, delete on campaign.need_due to dinhdanh_app;
grant select, insert, update, delete on campaign.need_due to dinhdanh_maintenance;

-- Ids alone: whoever asks evaluates them under their own row-level security.
create function campaign.evaluated_anew() returns setof uuid language sql stable security definer rows 300
set search_path to 'pg_catalog', 'pg_temp'
as $$
  select d.person_id from campaign.need_due d
  where (select count(*) from (select from campaign.need_due limit 2001) many) <= 2000
  union
  select w.person_id from campaign.need_due_school s
  join rolls.roll r on r.school_id = s.school_id and r.in_force join rolls.row w on w.roll_id = r.id
  where w.person_id is not null and (select count(distinct few.school_id) from campaign.need_due_school few) <= 5
  union
  select k.person_id from campaign.need_due_school s join campaign.kept_need k on k.school_id = s.school_id
  where (select count(distinct few.school_id) from campaign.need_due_school few) <= 5
  union
  select k.person_id from campaign.kept_need k where k.is_apart
$$;
comment on function campaign.evaluated_anew() is 'Whom a question about needs evaluates anew beside what is kept: whom a deed touched a moment ago, and who is apart. After a deed for more than 2,000 people, or of more than five schools, what is kept counts until they are counted.';

-- A word of a name is found among the different words that there are; whoever has one of them is read by an index.
create function campaign.words_with(part text) returns text[] language sql stable security definer
set search_path to 'pg_catalog', 'pg_temp'
as $$
  with recursive known (word) as (
    (select n.word from register.name_word n order by n.word limit 1)
    union all
    select (select n.word from register.name_word n where n.word > k.word order by n.word limit 1)
    from known k where k.word is not null
  )
  select coalesce(array_agg(k.word), '{}') from known k
  where position((select w from regexp_split_to_table(part, ' ') w order by length(w) desc limit 1) in k.word) > 0
$$;
comment on function campaign.words_with(text) is 'The different words of names that hold the longest word of a part of a name.';

create function campaign.people_named(words text[], most integer) returns setof uuid language sql stable security definer rows 20000
set search_path to 'pg_catalog', 'pg_temp'
as $$
  select n.person_id from unnest(words) w (word) join register.name_word n on n.word = w.word limit most
$$;
comment on function campaign.people_named(text[], integer) is 'Ids of whoever has one of the words in their name, up to a number; whoever asks reads them under their own row-level security.';

create function campaign.are_more_named(words text[], most integer) returns boolean language sql stable security definer
set search_path to 'pg_catalog', 'pg_temp'
as $$
  select exists (select from unnest(words) w (word) join register.name_word n on n.word = w.word offset most)
$$;
comment on function campaign.are_more_named(text[], integer) is 'Whether more than a number of people have one of the words in their name.';

grant create on schema campaign to dinhdanh_maintenance;
alter function campaign.evaluated_anew() owner to dinhdanh_maintenance;
alter function campaign.words_with(text) owner to dinhdanh_maintenance;
alter function campaign.people_named(text[], integer) owner to dinhdanh_maintenance;
alter function campaign.are_more_named(text[], integer) owner to dinhdanh_maintenance;
revoke create on schema campaign from dinhdanh_maintenance;
revoke execute on function campaign.evaluated_anew() from public;
revoke execute on function campaign.words_with(text) from public;
revoke execute on function campaign.people_named(text[], integer) from public;
revoke execute on function campaign.are_more_named(text[], integer) from public;
grant execute on function campaign.evaluated_anew() to dinhdanh_app, dinhdanh_maintenance;
grant execute on function campaign.words_with(text) to dinhdanh_app, dinhdanh_maintenance;
grant execute on function campaign.people_named(text[], integer) to dinhdanh_app, dinhdanh_maintenance;
grant execute on function campaign.are_more_named(text[], integer) to dinhdanh_app, dinhdanh_maintenance;

-- After everybody was counted, the planner must know before autovacuum does.
create function campaign.analyze_needs() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$ begin analyze campaign.kept_need; analyze campaign.need_count; end $$;
comment on function campaign.analyze_needs() is 'Tells the planner whose needs are kept, and how many of each kind.';
revoke execute on function campaign.analyze_needs() from public;
grant execute on function campaign.analyze_needs() to dinhdanh_app, dinhdanh_maintenance;

-- Children by whose roll they are on, as counted: figures of a province and its lists are read from it (ADR 23).
-- Which doubtful rows may be whom stands in one function: that of some children, and of all when they are counted.
create function out_of_school.undecided_pairs(year text)
returns table (person_id uuid, roll_id uuid, place integer, row_id uuid, school_id uuid) language sql stable security definer
set search_path to 'pg_catalog', 'pg_temp'
as $$
  with undecided as materialized (
    select w.*
    from rolls.roll r
    cross join lateral (select o.roll_id, o.place, o.id, o.school_id, o.state, o.holder_id, o.name_plain, o.birth_y, o.birth_m, o.birth_d, o.sex, o.grade
                        from rolls.row o where o.roll_id = r.id and o.state in ('to-review', 'not-found') offset 0) w
    where r.in_force and r.kind = 'pupils' and r.school_year = year
  ), pair as (
    select c.person_id, u.roll_id, u.place, u.id, u.school_id from undecided u
    join rolls.candidate c on c.roll_id = u.roll_id and c.place = u.place
    union
    select u.holder_id, u.roll_id, u.place, u.id, u.school_id from undecided u where u.holder_id is not null
    union
    select p.person_id, u.roll_id, u.place, u.id, u.school_id from undecided u
    join register.published_person p on p.name_ascii = u.name_plain and p.birth_y = u.birth_y
    where (u.birth_m is null or p.birth_m is null or p.birth_m = u.birth_m) and (u.birth_d is null or p.birth_d is null or p.birth_d = u.birth_d)
      and (u.sex is null or p.sex = u.sex)
    union
    select p.person_id, u.roll_id, u.place, u.id, u.school_id from undecided u
    join register.published_person p on p.name_ascii = u.name_plain and p.birth_y between left(year, 4)::integer - 18 and left(year, 4)::integer - 5
    where u.birth_y is null and (u.sex is null or p.sex = u.sex) and (u.grade is null or abs(left(year, 4)::integer - 5 - u.grade - p.birth_y) <= 1)
      and exists (select from units.published_school s
                  join units.published_lineage above on above.unit_id = s.unit_id and above.depth = 1
                  join units.published_lineage near on near.ancestor_id = above.ancestor_id
                  join register.published_residence d on d.person_id = p.person_id and d.to_on is null and d.unit_id = near.unit_id
                  where s.id = u.school_id)
  )
  select p.person_id, p.roll_id, p.place, p.id, p.school_id from pair p
  where p.person_id is not null and not exists (select from rolls.refusal f where f.person_id = p.person_id and f.row_id = p.id)
$$;
comment on function out_of_school.undecided_pairs(text) is 'Which rows that nobody decided yet may be which person, over all schools.';

create or replace function out_of_school.undecided_for(asked uuid[], year text)
returns table (person_id uuid, school_id uuid, is_seen boolean, roll_id uuid, place integer) language sql stable security definer
set search_path to 'pg_catalog', 'pg_temp'
as $$
  select a.person_id, case when s.is_seen then p.school_id end, s.is_seen, case when s.is_seen then p.roll_id end, case when s.is_seen then p.place end
  from unnest(asked) a (person_id) join out_of_school.undecided_pairs(year) p on p.person_id = a.person_id
  cross join lateral (select coalesce((select platform.sees_house()) or p.school_id = any ((select platform.scope())::uuid[]), false) as is_seen) s
$$;

create table out_of_school.kept_child (
  person_id    uuid     not null primary key,
  unit_id      uuid,
  is_permanent boolean  not null,
  birth_y      smallint not null,
  sex          text     not null,
  is_minority  boolean  not null,
  life_status  text     not null,
  school_id    uuid,
  said         text,
  is_undecided boolean  not null,
  is_apart     boolean  not null,
  sort_key     text     not null
);
comment on table  out_of_school.kept_child              is 'Whoever is of school age or on a roll of pupils, where they live now and whose roll they are on: derived from register and rolls, and counted anew where these change.';
comment on column out_of_school.kept_child.person_id    is 'Who. [personal]';
comment on column out_of_school.kept_child.unit_id      is 'Where they live: the permanent residence before any other. [personal]';
comment on column out_of_school.kept_child.is_permanent is 'Whether that is the permanent residence. [personal]';
comment on column out_of_school.kept_child.birth_y      is 'Year of birth. [personal]';
comment on column out_of_school.kept_child.sex          is 'M or F. [personal]';
comment on column out_of_school.kept_child.is_minority  is 'Whether of an ethnic minority. [personal]';
comment on column out_of_school.kept_child.life_status  is 'alive, dead or missing. [personal]';
comment on column out_of_school.kept_child.school_id    is 'On whose roll of pupils they are. [personal]';
comment on column out_of_school.kept_child.said         is 'How the home on the roll stands to the register''s: not-told, same or temporary-here. [personal]';
comment on column out_of_school.kept_child.is_undecided is 'Whether a row that nobody decided yet may be they. [personal]';
comment on column out_of_school.kept_child.is_apart     is 'They have several homes or rolls, or a home in their household differs from a roll''s: each question evaluates them anew. [public]';
comment on column out_of_school.kept_child.sort_key     is 'Where they stand in the order of names. [personal]';
create index kept_child_in_order  on out_of_school.kept_child (sort_key, person_id) where not is_apart;
create index kept_child_by_unit   on out_of_school.kept_child (unit_id, birth_y) where not is_apart;
create index kept_child_by_school on out_of_school.kept_child (school_id, unit_id) where school_id is not null;
create index kept_child_apart     on out_of_school.kept_child (person_id) where is_apart;
create index kept_child_undecided on out_of_school.kept_child (person_id) where is_undecided;

create table out_of_school.child_count (
  unit_id      uuid     not null,
  is_permanent boolean  not null,
  birth_y      smallint not null,
  sex          text     not null,
  is_minority  boolean  not null,
  life_status  text     not null,
  school_id    uuid     not null,
  said         text     not null,
  is_undecided boolean  not null,
  people       integer  not null,
  primary key (unit_id, birth_y, school_id, said, sex, is_minority, life_status, is_undecided, is_permanent)
);
comment on table  out_of_school.child_count              is 'How many people of out_of_school.kept_child are of one kind; nobody whom each question evaluates anew.';
comment on column out_of_school.child_count.unit_id      is 'Where they live; zeros where nowhere. [personal]';
comment on column out_of_school.child_count.is_permanent is 'Whether that is the permanent residence. [personal]';
comment on column out_of_school.child_count.birth_y      is 'Year of birth. [personal]';
comment on column out_of_school.child_count.sex          is 'M or F. [personal]';
comment on column out_of_school.child_count.is_minority  is 'Whether of an ethnic minority. [personal]';
comment on column out_of_school.child_count.life_status  is 'alive, dead or missing. [personal]';
comment on column out_of_school.child_count.school_id    is 'On whose roll; zeros for who is on none. [personal]';
comment on column out_of_school.child_count.said         is 'How the home on the roll stands to the register''s; empty for who is on none. [personal]';
comment on column out_of_school.child_count.is_undecided is 'Whether a row that nobody decided yet may be they. [personal]';
comment on column out_of_school.child_count.people       is 'How many. [public]';

create table out_of_school.adult_count (
  unit_id uuid     not null,
  birth_y smallint not null,
  people  integer  not null,
  primary key (unit_id, birth_y)
);
comment on table  out_of_school.adult_count         is 'How many living people have their permanent residence in a commune, by year of birth, as counted in the night.';
comment on column out_of_school.adult_count.unit_id is 'The commune. [public]';
comment on column out_of_school.adult_count.birth_y is 'Year of birth. [public]';
comment on column out_of_school.adult_count.people  is 'How many. [public]';
grant select, insert, update, delete on out_of_school.adult_count to dinhdanh_app;
grant select, insert, update, delete on out_of_school.adult_count to dinhdanh_maintenance;

create table out_of_school.kept_state (
  id          smallint not null primary key check (id = 1),
  school_year text     not null
);
comment on table  out_of_school.kept_state             is 'Of which school year out_of_school.kept_child is; no row while nothing was counted.';
comment on column out_of_school.kept_state.id          is 'Always 1. [public]';
comment on column out_of_school.kept_state.school_year is 'The school year. [public]';
grant select, insert, update, delete on out_of_school.kept_state to dinhdanh_app;
grant select, insert, update, delete on out_of_school.kept_state to dinhdanh_maintenance;

create table out_of_school.child_due (
  id        uuid not null primary key,
  school_id uuid
);
comment on table  out_of_school.child_due           is 'That the register or a school''s roll changed; gone when the children are counted anew.';
comment on column out_of_school.child_due.id        is 'The deed. [public]';
comment on column out_of_school.child_due.school_id is 'Which school''s roll; empty for the register. [public]';
grant select, insert, update, delete on out_of_school.child_due to dinhdanh_app;
grant select, insert, update, delete on out_of_school.child_due to dinhdanh_maintenance;

-- A row that is nobody's, or not decided, is found without reading the rolls that have it.
create index row_undecided on rolls.row (roll_id) where outcome in ('review', 'not-found');

do $do$
declare one text;
begin
  foreach one in array array['kept_child', 'child_count'] loop
    execute format('alter table out_of_school.%I enable row level security', one);
    execute format('alter table out_of_school.%I force row level security', one);
    execute format('create policy maintenance on out_of_school.%I to dinhdanh_maintenance using (true) with check (true)', one);
    execute format('create policy house on out_of_school.%I to dinhdanh_app using ((select platform.sees_house())) with check ((select platform.sees_house()))', one);
    execute format('create policy scope on out_of_school.%I for select to dinhdanh_app using (
      unit_id in (select s.id from unnest((select platform.scope())) s (id))
      or school_id in (select s.id from unnest((select platform.scope())) s (id))
      or unit_id in (select own.id from out_of_school.education_units() own (id)))', one);
    execute format('grant select, insert, update, delete on out_of_school.%I to dinhdanh_app', one);
    execute format('grant select, insert, update, delete on out_of_school.%I to dinhdanh_maintenance', one);
  end loop;
end $do$;

create function out_of_school.undecided_children(year text) returns setof uuid language sql stable security definer rows 1000
set search_path to 'pg_catalog', 'pg_temp'
as $$ select distinct p.person_id from out_of_school.undecided_pairs(year) p where (select platform.sees_house()) $$;
comment on function out_of_school.undecided_children(text) is 'Whom a row that nobody decided yet may mean, for the house that counts them.';

-- Ids alone: whoever asks evaluates them under their own row-level security.
create function out_of_school.evaluated_anew() returns setof uuid language sql stable security definer rows 3000
set search_path to 'pg_catalog', 'pg_temp'
as $$ select k.person_id from out_of_school.kept_child k where k.is_apart $$;
comment on function out_of_school.evaluated_anew() is 'Whom a question about children evaluates anew beside what is kept.';

-- As residents, of some people.
create function out_of_school.residents_among(among uuid[], asked uuid[], first_year integer, last_year integer)
returns table (person_id uuid, unit_id uuid, kind text, address text, full_name text, sort_key text, birth_y smallint, birth_m smallint, birth_d smallint, sex text, ethnicity text)
language sql stable security definer
set search_path to 'pg_catalog', 'pg_temp'
as $$
  select d.person_id, d.unit_id, d.kind, d.address, p.full_name, p.sort_key, p.birth_y, p.birth_m, p.birth_d, p.sex,
    p.ethnicity
  from unnest(among) a (id)
  join register.residence d on d.person_id = a.id
  join register.person p on p.person_id = d.person_id
  where d.unit_id = any (asked) and d.to_on is null and p.life_status = 'alive'
    and p.birth_y between first_year and last_year and p.birth_y >= extract(year from current_date) - 25
    and (platform.sees_house() or d.unit_id in (select own.id from out_of_school.education_units() own (id)))
$$;
comment on function out_of_school.residents_among(uuid[], uuid[], integer, integer) is 'The same as residents, of some people alone.';

create function out_of_school.analyze_children() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$ begin analyze out_of_school.kept_child; analyze out_of_school.child_count; analyze out_of_school.adult_count; end $$;
comment on function out_of_school.analyze_children() is 'Tells the planner which children are kept.';
revoke execute on function out_of_school.analyze_children() from public;
grant execute on function out_of_school.analyze_children() to dinhdanh_app, dinhdanh_maintenance;

grant create on schema out_of_school to dinhdanh_maintenance;
alter function out_of_school.undecided_pairs(text) owner to dinhdanh_maintenance;
alter function out_of_school.undecided_children(text) owner to dinhdanh_maintenance;
alter function out_of_school.evaluated_anew() owner to dinhdanh_maintenance;
alter function out_of_school.residents_among(uuid[], uuid[], integer, integer) owner to dinhdanh_maintenance;
revoke create on schema out_of_school from dinhdanh_maintenance;
revoke execute on function out_of_school.undecided_pairs(text) from public;
revoke execute on function out_of_school.undecided_children(text) from public;
revoke execute on function out_of_school.evaluated_anew() from public;
revoke execute on function out_of_school.residents_among(uuid[], uuid[], integer, integer) from public;
grant execute on function out_of_school.undecided_pairs(text) to dinhdanh_maintenance;
grant execute on function out_of_school.undecided_children(text) to dinhdanh_app, dinhdanh_maintenance;
grant execute on function out_of_school.evaluated_anew() to dinhdanh_app, dinhdanh_maintenance;
grant execute on function out_of_school.residents_among(uuid[], uuid[], integer, integer) to dinhdanh_app, dinhdanh_maintenance;

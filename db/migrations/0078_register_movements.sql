-- Who is away for a while and who stays for some nights (Residence Law 68/2020/QH14 Art. 30, 31): declared absences, notices of stays, and
-- one list of who came to a commune and who went.

create table register.absence (
  person_id   uuid not null,
  id          uuid not null,
  unit_id     uuid not null,
  from_on     date not null,
  to_on       date not null,
  reason      text not null check (reason in ('work', 'study', 'treatment', 'family', 'service', 'other')),
  destination text not null check (destination <> ''),
  declared_by text not null check (declared_by in ('self', 'parent', 'guardian', 'household')),
  way         text not null check (way in ('counter', 'phone', 'online')),
  recorded_on date not null,
  recorded_by text not null,
  ended_on    date,
  ended_how   text check (ended_how in ('returned', 'mistaken')),
  primary key (person_id, id),
  constraint absence_has_days check (from_on <= to_on),
  constraint absence_end_says_how check ((ended_on is null) = (ended_how is null)),
  constraint returned_after_leaving check (ended_how is distinct from 'returned' or ended_on > from_on)
);
create index absence_by_id   on register.absence (id);
create index absence_by_unit on register.absence (unit_id, from_on);
comment on table  register.absence             is 'A temporary absence that was declared: from when to when somebody is away from where they live.';
comment on column register.absence.person_id   is 'Who is away. [personal]';
comment on column register.absence.id          is 'The declaration. [public]';
comment on column register.absence.unit_id     is 'The commune where they live, whose police recorded it. [personal]';
comment on column register.absence.from_on     is 'The first day away. [personal]';
comment on column register.absence.to_on       is 'The last day away, as declared. [personal]';
comment on column register.absence.reason      is 'work, study, treatment, family, service (military) or other. [personal]';
comment on column register.absence.destination is 'Where to, as declared. [personal]';
comment on column register.absence.declared_by is 'Who declared it: self, parent, guardian or another of the household. [public]';
comment on column register.absence.way         is 'How: at the counter, by phone, online. [public]';
comment on column register.absence.recorded_on is 'On which day of the house it was recorded. [public]';
comment on column register.absence.recorded_by is 'The officer who recorded it. [personal]';
comment on column register.absence.ended_on    is 'The first day back, or the day on which it was struck out. [personal]';
comment on column register.absence.ended_how   is 'returned: sooner than declared; mistaken: it was recorded wrongly. [public]';

create table register.stay (
  person_id   uuid not null,
  id          uuid not null,
  unit_id     uuid not null,
  guest_name  text not null check (guest_name <> ''),
  birth_y     smallint,
  birth_m     smallint,
  birth_d     smallint,
  number      text check (number ~ '^[0-9]{12}$'),
  known       boolean not null,
  from_on     date not null,
  to_on       date not null,
  address     text not null check (address <> ''),
  lodging     text not null check (lodging in ('household', 'hotel', 'hospital', 'workers', 'other')),
  host        text check (host <> ''),
  reason      text not null check (reason in ('visit', 'travel', 'work', 'study', 'treatment', 'other')),
  notified_by text not null check (notified_by in ('household', 'lodging', 'guest')),
  way         text not null check (way in ('counter', 'phone', 'online')),
  notified_at timestamptz not null,
  recorded_by text not null,
  ended_on    date,
  ended_how   text check (ended_how in ('left', 'mistaken')),
  primary key (person_id, id),
  constraint stay_has_days check (from_on <= to_on),
  constraint stay_is_no_residence check (to_on - from_on < 30),
  constraint stay_end_says_how check ((ended_on is null) = (ended_how is null))
);
create index stay_by_id    on register.stay (id);
create index stay_by_unit  on register.stay (unit_id, from_on);
create index stay_to_clear on register.stay (to_on);
comment on table  register.stay             is 'A notice of a stay: somebody spends some nights where they do not live, fewer than thirty days.';
comment on column register.stay.person_id   is 'Who it is in the register; of a guest whom the register does not know, an id of their own. [personal]';
comment on column register.stay.id          is 'The notice. [public]';
comment on column register.stay.unit_id     is 'The commune of the stay. [personal]';
comment on column register.stay.guest_name  is 'The guest''s name as notified. [personal]';
comment on column register.stay.birth_y     is 'Year of birth as notified. [personal]';
comment on column register.stay.birth_m     is 'Month of it, where known. [personal]';
comment on column register.stay.birth_d     is 'Day of it, where known. [personal]';
comment on column register.stay.number      is 'The personal identification number as notified. [personal]';
comment on column register.stay.known       is 'Whether number and name are those of a person of the register. [personal]';
comment on column register.stay.from_on     is 'The first night. [personal]';
comment on column register.stay.to_on       is 'The last night, as notified. [personal]';
comment on column register.stay.address     is 'Where: house, street, hamlet. [personal]';
comment on column register.stay.lodging     is 'household, hotel, hospital, workers (lodging of an industrial zone) or other. [personal]';
comment on column register.stay.host        is 'Who takes the guest in, or the lodging''s name. [personal]';
comment on column register.stay.reason      is 'visit, travel, work, study, treatment or other. [personal]';
comment on column register.stay.notified_by is 'Who gave notice: a member of the household, the lodging, the guest. [public]';
comment on column register.stay.way         is 'How: at the counter, by phone, online. [public]';
comment on column register.stay.notified_at is 'When it was recorded. [public]';
comment on column register.stay.recorded_by is 'The officer who recorded it. [personal]';
comment on column register.stay.ended_on    is 'The day on which the guest left sooner, or on which the notice was struck out. [personal]';
comment on column register.stay.ended_how   is 'left: sooner than notified; mistaken: it was recorded wrongly. [public]';

-- An absence is seen where its person is seen. A stay is seen by the commune in which it is, and by the guest: not by the police of their home.
alter table register.absence enable row level security;
alter table register.absence force row level security;
create policy maintenance on register.absence to dinhdanh_maintenance using (true) with check (true);
create policy own on register.absence for select to dinhdanh_app using (person_id = (select platform.person()));
create policy scope on register.absence to dinhdanh_app
  using ((select platform.sees_house())
    or exists (select from register.person_scope s where s.person_id = absence.person_id offset 0)
    or exists (select from register.access_case c where c.person_id = absence.person_id and c.until >= current_date and c.grade = 'whole' offset 0))
  with check ((select platform.sees_house()) or (unit_id = any ((select platform.scope())::uuid[])
    and exists (select from register.person_scope s where s.person_id = absence.person_id and s.unit_id = absence.unit_id offset 0)));

alter table register.stay enable row level security;
alter table register.stay force row level security;
create policy maintenance on register.stay to dinhdanh_maintenance using (true) with check (true);
create policy own on register.stay for select to dinhdanh_app using (known and person_id = (select platform.person()));
create policy unit on register.stay to dinhdanh_app
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));

grant select, insert, update on register.absence to dinhdanh_app;
grant select, insert, update, delete on register.stay to dinhdanh_app;
grant select, insert, update, delete on register.absence, register.stay to dinhdanh_maintenance;

-- For whoever lists people to knock at their doors: the days on which somebody is away.
create view register.published_absence with (security_invoker = true) as
  select person_id, id, from_on, case when ended_on is null then to_on else ended_on - 1 end as until_on
  from register.absence where ended_how is distinct from 'mistaken';
comment on view register.published_absence is 'From which day to which somebody is away, both included; what was struck out is not there.';
grant select on register.published_absence to dinhdanh_app, dinhdanh_maintenance;

-- Who came to some communes and who went, from one day to another. People who moved away are no longer of the commune, so it is a function; it
-- answers of communes of the scope alone, and of each person with a name, a birth date, a day and where from or to.
create function register.moved(places uuid[], since date, until date)
returns table (way text, kind text, id uuid, person_id uuid, listed boolean, name text, birth_y smallint, birth_m smallint, birth_d smallint, sex text,
               on_day date, to_on date, place text, other_unit_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  with here as materialized (
    select p.id from unnest(places) as p (id) where platform.sees_house() or p.id = any (platform.scope())
  ), moves as (
    select 'came' as way, r.kind, r.id, r.person_id, r.from_on as on_day, null::date as to_on, r.address as place, b.unit_id as other
    from register.residence r
    left join lateral (select o.unit_id from register.residence o
                       where o.person_id = r.person_id and o.id <> r.id and o.to_on = r.from_on order by o.kind <> r.kind, o.id limit 1) b on true
    where r.unit_id in (select h.id from here h) and r.from_on between since and until
      and (b.unit_id is null or b.unit_id not in (select h.id from here h))
    union all
    select 'went', r.kind, r.id, r.person_id, r.to_on, null, r.address, b.unit_id
    from register.residence r
    left join lateral (select o.unit_id from register.residence o
                       where o.person_id = r.person_id and o.id <> r.id and o.from_on = r.to_on order by o.kind <> r.kind, o.id limit 1) b on true
    where r.unit_id in (select h.id from here h) and r.to_on between since and until
      and (b.unit_id is null or b.unit_id not in (select h.id from here h))
    union all
    select 'went', 'absence', a.id, a.person_id, a.from_on, a.until_on, d.destination, null
    from register.published_absence a join register.absence d using (person_id, id)
    where d.unit_id in (select h.id from here h) and a.from_on between since and until
    union all
    select 'came', case when d.ended_on is null then 'due-back' else 'returned' end, a.id, a.person_id, a.until_on + 1, null, d.destination, null
    from register.published_absence a join register.absence d using (person_id, id)
    where d.unit_id in (select h.id from here h) and a.until_on + 1 between since and until
    union all
    select 'came', 'stay', s.id, s.person_id, s.from_on, case when s.ended_on is null then s.to_on else s.ended_on end, s.address, null
    from register.stay s
    where s.unit_id in (select h.id from here h) and s.from_on between since and until and s.ended_how is distinct from 'mistaken'
    union all
    select 'went', 'stay', s.id, s.person_id, coalesce(s.ended_on, s.to_on + 1), null, s.address, null
    from register.stay s
    where s.unit_id in (select h.id from here h) and coalesce(s.ended_on, s.to_on + 1) between since and until and s.ended_how is distinct from 'mistaken'
  )
  select m.way, m.kind, m.id, m.person_id,
    exists (select from register.person_scope s where s.person_id = m.person_id and (platform.sees_house() or s.unit_id = any (platform.scope()))),
    coalesce(s.guest_name, p.full_name), coalesce(s.birth_y, p.birth_y), case when s.id is null then p.birth_m else s.birth_m end,
    case when s.id is null then p.birth_d else s.birth_d end, p.sex, m.on_day, m.to_on, m.place, m.other
  from moves m
  left join register.stay s on m.kind = 'stay' and s.person_id = m.person_id and s.id = m.id
  left join register.person p on p.person_id = m.person_id
$$;
comment on function register.moved is 'Who came to communes of the scope and who went: residences, declared absences and stays, with where from or to.';

grant create on schema register to dinhdanh_maintenance;
alter function register.moved(uuid[], date, date) owner to dinhdanh_maintenance;
revoke create on schema register from dinhdanh_maintenance;
revoke execute on function register.moved(uuid[], date, date) from public;
grant execute on function register.moved(uuid[], date, date) to dinhdanh_app, dinhdanh_maintenance;

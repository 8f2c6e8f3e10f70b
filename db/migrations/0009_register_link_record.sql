-- What linkage reads of a person, in one row: kept by the register in the same transaction as each change (docs/adr/0008).

create table register.link_record (
  person_id         uuid        not null primary key,
  permanent_unit_id uuid,
  household_id      uuid,
  unit_ids          uuid[],
  birth_y           smallint    not null,
  birth_m           smallint,
  birth_d           smallint,
  father_y          smallint,
  mother_y          smallint,
  sex               text        not null,
  life_status       text        not null,
  full_name         text        not null,
  name_tone         text        collate "C" not null,
  number            text        collate "C",
  cancelled         text[]      collate "C",
  old_number        text        collate "C",
  phone             text        collate "C",
  father_name       text,
  mother_name       text,
  changed_at        timestamptz not null,
  changed_in        xid8        not null default pg_current_xact_id()
);
-- In order of change. Of a whole import's rows, which are of one transaction, a page is one range too.
create index link_record_by_change on register.link_record (changed_in, person_id);
comment on table  register.link_record                   is 'What linkage compares of each person, derived from the other tables; nothing is kept here alone.';
comment on column register.link_record.person_id         is 'Whose. [personal]';
comment on column register.link_record.permanent_unit_id is 'The commune of permanent residence in force. [personal]';
comment on column register.link_record.household_id      is 'The household in force. [personal]';
comment on column register.link_record.unit_ids          is 'The communes of every residence in force, each once, in order; empty where there is none. [personal]';
comment on column register.link_record.birth_y           is 'Year of birth. [personal]';
comment on column register.link_record.birth_m           is 'Month of birth, where known. [personal]';
comment on column register.link_record.birth_d           is 'Day of birth, where known. [personal]';
comment on column register.link_record.father_y          is 'Year of birth of the father, where known. [personal]';
comment on column register.link_record.mother_y          is 'Year of birth of the mother, where known. [personal]';
comment on column register.link_record.sex               is 'M or F. [personal]';
comment on column register.link_record.life_status       is 'alive, dead or missing. [personal]';
comment on column register.link_record.full_name         is 'The legal name. [personal]';
comment on column register.link_record.name_tone         is 'The name folded, marks kept, one tone placement. [personal]';
comment on column register.link_record.number            is 'The number in force. [personal]';
comment on column register.link_record.cancelled         is 'The cancelled numbers, in order; empty where there is none. [personal]';
comment on column register.link_record.old_number        is 'The first of the numbers of nine digits. [personal]';
comment on column register.link_record.phone             is 'The first of the phones. [personal]';
comment on column register.link_record.father_name       is 'The father''s name as given. [personal]';
comment on column register.link_record.mother_name       is 'The mother''s name as given. [personal]';
comment on column register.link_record.changed_at        is 'When a value here last changed: the moment of the work. [public]';
comment on column register.link_record.changed_in        is 'In which transaction: works commit in another order than they begin. A backup leaves it out. [public]';

alter table register.link_record enable row level security;
alter table register.link_record force  row level security;
create policy scope on register.link_record to dinhdanh_application
  using ((select platform.sees_house())
    or exists (select from register.person_scope s
               where s.person_id = link_record.person_id offset 0)
    or exists (select from register.access_case c
               where c.person_id = link_record.person_id and (c.until is null or c.until >= current_date) offset 0));
create policy maintenance on register.link_record to dinhdanh_maintenance using (true) with check (true);

-- What the row of each person has to be: written from here on each change, compared with it by whoever doubts.
create view register.link_record_due with (security_invoker = true) as
select p.person_id, r.permanent_unit_id, m.household_id, r.unit_ids, p.birth_y, p.birth_m, p.birth_d, f.related_birth_y as father_y,
       k.related_birth_y as mother_y, p.sex, p.life_status, p.full_name, p.name_tone, n.number, c.cancelled, o.old_number, t.phone,
       f.name as father_name, k.name as mother_name
from register.person p
left join register.number n           on n.person_id = p.person_id and n.state = 'in-force'
left join register.household_member m on m.person_id = p.person_id and m.to_on is null
left join register.kinship f          on f.person_id = p.person_id and f.relation = 'father'
left join register.kinship k          on k.person_id = p.person_id and k.relation = 'mother'
cross join lateral (select (array_agg(r.unit_id) filter (where r.kind = 'permanent'))[1] as permanent_unit_id,
                           array_agg(distinct r.unit_id order by r.unit_id) as unit_ids
                    from register.residence r where r.person_id = p.person_id and r.to_on is null) r
cross join lateral (select array_agg(c.number order by c.number) as cancelled
                    from register.number c where c.person_id = p.person_id and c.state = 'cancelled') c
cross join lateral (select min(o.number) as old_number from register.old_number o where o.person_id = p.person_id) o
cross join lateral (select min(t.phone) as phone from register.phone t where t.person_id = p.person_id) t;
comment on view register.link_record_due is 'What register.link_record has to hold, derived from the tables that are the truth.';

create view register.published_link_record with (security_invoker = true) as
select person_id, permanent_unit_id, household_id, unit_ids, birth_y, birth_m, birth_d, father_y, mother_y, sex, life_status, full_name, name_tone,
       number, cancelled, old_number, phone, father_name, mother_name, changed_at, changed_in
from register.link_record;
comment on view register.published_link_record is 'Each person as linkage reads them, in one row.';

grant select, insert, update, delete on register.link_record to dinhdanh_application, dinhdanh_maintenance;
grant select on register.link_record_due, register.published_link_record to dinhdanh_application, dinhdanh_maintenance;

-- A house that has people gets their rows here. Joined whole, a million at once: the view asks person by person.
drop index register.link_record_by_change;
set local work_mem = '192MB';
set local maintenance_work_mem = '384MB';
set local role dinhdanh_maintenance;
insert into register.link_record (person_id, permanent_unit_id, household_id, unit_ids, birth_y, birth_m, birth_d, father_y, mother_y, sex, life_status,
                                  full_name, name_tone, number, cancelled, old_number, phone, father_name, mother_name, changed_at)
select p.person_id, r.permanent_unit_id, m.household_id, r.unit_ids, p.birth_y, p.birth_m, p.birth_d, f.related_birth_y, k.related_birth_y, p.sex,
       p.life_status, p.full_name, p.name_tone, n.number, c.cancelled, o.old_number, t.phone, f.name, k.name, p.changed_at
from register.person p
left join register.number n           on n.person_id = p.person_id and n.state = 'in-force'
left join register.household_member m on m.person_id = p.person_id and m.to_on is null
left join register.kinship f          on f.person_id = p.person_id and f.relation = 'father'
left join register.kinship k          on k.person_id = p.person_id and k.relation = 'mother'
left join (select r.person_id, (array_agg(r.unit_id) filter (where r.kind = 'permanent'))[1] as permanent_unit_id,
                  array_agg(distinct r.unit_id order by r.unit_id) as unit_ids
           from register.residence r where r.to_on is null group by r.person_id) r on r.person_id = p.person_id
left join (select c.person_id, array_agg(c.number order by c.number) as cancelled
           from register.number c where c.state = 'cancelled' group by c.person_id) c on c.person_id = p.person_id
left join (select o.person_id, min(o.number) as old_number from register.old_number o group by o.person_id) o on o.person_id = p.person_id
left join (select t.person_id, min(t.phone) as phone from register.phone t group by t.person_id) t on t.person_id = p.person_id
order by p.person_id;
reset role;
create index link_record_by_change on register.link_record (changed_in, person_id);
analyze register.link_record;

-- The bulk import's own three, with the new table among theirs.

create or replace function register.set_indexes_aside() returns text[]
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
      and t.relname in ('person', 'person_scope', 'name_word', 'number', 'old_number', 'residence', 'household', 'household_member', 'kinship', 'phone',
                        'link_record')
    order by t.relname, i.indexrelid
  loop
    definitions := definitions || spare.definition;
    execute format('drop index %s', spare.name);
  end loop;
  -- What is written to a file made in the same transaction needs no log of its own (wal_level = minimal).
  for spare in
    select c.oid::regclass as name from pg_class c
    where c.relnamespace = 'register'::regnamespace and c.relkind = 'r' and pg_relation_size(c.oid) = 0
      and c.relname in ('person', 'person_scope', 'name_word', 'number', 'number_lookup', 'old_number', 'residence', 'household', 'household_member', 'kinship',
                        'phone', 'link_record')
  loop
    execute format('truncate %s', spare.name);
  end loop;
  return definitions;
end
$$;

create or replace function register.analyze_tables() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
  analyze register.person, register.person_scope, register.name_word, register.number, register.number_lookup, register.old_number,
          register.residence, register.household, register.household_member, register.kinship, register.phone, register.link_record;
end
$$;

-- Pupils who left the school by the words of its roll, and kinds of schools beyond the general ones.

create table rolls.leaver (
  roll_id    uuid not null references rolls.roll (id) on delete cascade,
  place      integer not null check (place > 0),
  school_id  uuid not null,
  sheet      text not null,
  sheet_row  integer not null,
  class      text,
  name       text not null,
  name_plain text not null,
  birth_y    smallint,
  birth_m    smallint,
  birth_d    smallint,
  number     text,
  status     text not null check (status in ('transferred', 'withdrew', 'dropped-out', 'expelled', 'graduated', 'struck-out', 'left')),
  left_y     smallint,
  left_m     smallint,
  left_d     smallint,
  said       text not null,
  person_id  uuid,
  primary key (roll_id, place)
);
create index leaver_by_person on rolls.leaver (person_id) where person_id is not null;
comment on table  rolls.leaver            is 'A line of a roll whose words say that the pupil left: no row of the roll, and evidence for who is out of school.';
comment on column rolls.leaver.roll_id    is 'On which roll. [public]';
comment on column rolls.leaver.place      is 'Its place among those who left, from 1. [public]';
comment on column rolls.leaver.school_id  is 'The roll''s school: who may see it. [public]';
comment on column rolls.leaver.sheet      is 'The sheet it stands on. [public]';
comment on column rolls.leaver.sheet_row  is 'Its row in that sheet, from 1. [public]';
comment on column rolls.leaver.class      is 'The class, as written. [public]';
comment on column rolls.leaver.name       is 'The name, decoded and cleaned. [personal]';
comment on column rolls.leaver.name_plain is 'The name without case and marks. [personal]';
comment on column rolls.leaver.birth_y    is 'Year of birth as read. [personal]';
comment on column rolls.leaver.birth_m    is 'Month of birth as read. [personal]';
comment on column rolls.leaver.birth_d    is 'Day of birth as read. [personal]';
comment on column rolls.leaver.number     is 'Twelve digits as read. [personal]';
comment on column rolls.leaver.status     is 'How the pupil left; struck-out: the line is struck through; left: an officer said so. [personal]';
comment on column rolls.leaver.left_y     is 'In which year, as the roll says. [personal]';
comment on column rolls.leaver.left_m     is 'In which month. [personal]';
comment on column rolls.leaver.left_d     is 'On which day. [personal]';
comment on column rolls.leaver.said       is 'The words that say so. [personal]';
comment on column rolls.leaver.person_id  is 'Whose number, or whose name and birth date, it is, where that is one person. [personal]';

alter table rolls.leaver enable row level security;
alter table rolls.leaver force row level security;
create policy maintenance on rolls.leaver to dinhdanh_maintenance using (true) with check (true);
create policy school on rolls.leaver to dinhdanh_app
  using ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[]));
grant select, insert, update, delete on rolls.leaver to dinhdanh_app, dinhdanh_maintenance;

-- A child's commune is told that a school says the child left; which school, within one's scope alone.
create function out_of_school.left_of(asked uuid[], year text)
returns table (person_id uuid, school_id uuid, is_seen boolean, class text, status text,
  left_y smallint, left_m smallint, left_d smallint, said text)
language sql stable security definer set search_path to 'pg_catalog', 'pg_temp' as $$
  select l.person_id, case when s.is_seen then l.school_id end, s.is_seen, case when s.is_seen then l.class end,
    l.status, l.left_y, l.left_m, l.left_d, case when s.is_seen then l.said else '' end
  from rolls.leaver l
  join rolls.roll r on r.id = l.roll_id and r.in_force and r.kind = 'pupils' and r.school_year = year
  cross join lateral (select coalesce((select platform.sees_house())
    or l.school_id = any ((select platform.scope())::uuid[]), false) as is_seen) s
  where l.person_id = any (asked)
$$;
grant create on schema out_of_school to dinhdanh_maintenance;
alter function out_of_school.left_of(uuid[], text) owner to dinhdanh_maintenance;
revoke create on schema out_of_school from dinhdanh_maintenance;
revoke execute on function out_of_school.left_of(uuid[], text) from public;
grant execute on function out_of_school.left_of(uuid[], text) to dinhdanh_app, dinhdanh_maintenance;
comment on function out_of_school.left_of is 'Which schools'' rolls in force of a year say of some children that they left.';

-- Preschools (trường mầm non), vocational schools (trung cấp, GDNN) and boarding schools (phổ thông nội trú).
alter table units.school_standing drop constraint school_standing_kind_check;
alter table units.school_standing add constraint school_standing_kind_check check (kind in ('preschool', 'primary',
  'lower-secondary', 'upper-secondary', 'multi-level', 'boarding', 'continuing-education', 'vocational'));

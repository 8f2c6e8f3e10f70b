-- An open case has a grade. "compared" shows what a review compares, by register.compared alone; "whole" opens the person's own rows, and needs the
-- person's unit or a second officer. Every case has a last day. What was withdrawn is kept for the superior.

create function platform.actor() returns text language sql stable parallel safe as
$$ select nullif(current_setting('dinhdanh.actor', true), '') $$;
comment on function platform.actor() is 'The id of whoever is responsible for this transaction.';

create function platform.reads_needs() returns boolean language sql stable parallel safe as
$$ select coalesce(current_setting('dinhdanh.needs', true), '') = 'yes' $$;
comment on function platform.reads_needs() is 'Whether this statement counts or lists what people still need, also people whom a case opens to be compared.';

alter table register.access_case
  add column grade       text not null default 'compared' check (grade in ('compared', 'whole')),
  add column basis       text check (basis in ('owner', 'second-officer', 'house', 'passed-on')),
  add column opened_by   text,
  add column reason      text,
  add column accepted_by text,
  add column accepted_on date;
comment on column register.access_case.kind        is 'What the case is: correction, roll-row, roll-review, roll-hand-on, application, card, session, opening. [public]';
comment on column register.access_case.until       is 'The last day on which it opens the person. [public]';
comment on column register.access_case.grade       is 'compared: name, birth date, sex, ward and the end of the number; whole: the person''s rows. [public]';
comment on column register.access_case.basis       is 'Why it is whole: the person''s own unit, a second officer, the house itself, or whoever saw the whole passed it on. [public]';
comment on column register.access_case.opened_by   is 'Who opened it; of a roll, its sender. [personal]';
comment on column register.access_case.reason      is 'What a whole opening was asked for. [personal]';
comment on column register.access_case.accepted_by is 'The second officer, or the officer of the person''s unit. [personal]';
comment on column register.access_case.accepted_on is 'On which day they accepted. [public]';

create table register.ended_case (
  person_id uuid not null,
  unit_id   uuid not null,
  kind      text not null check (kind <> ''),
  case_id   uuid not null,
  grade     text not null check (grade in ('compared', 'whole')),
  opened_by text not null,
  opened_on date not null,
  ended_on  date not null,
  primary key (person_id, unit_id, kind, case_id, ended_on)
);
create index ended_case_by_unit on register.ended_case (unit_id, ended_on);
comment on table  register.ended_case           is 'Cases that were withdrawn: they opened a person and nothing was decided. Superiors see them.';
comment on column register.ended_case.person_id is 'Who was opened. [personal]';
comment on column register.ended_case.unit_id   is 'To which unit or school. [public]';
comment on column register.ended_case.kind      is 'What the case was. [public]';
comment on column register.ended_case.case_id   is 'Which one. [public]';
comment on column register.ended_case.grade     is 'How much was open at its end. [public]';
comment on column register.ended_case.opened_by is 'Who had opened it. [personal]';
comment on column register.ended_case.opened_on is 'Since when. [public]';
comment on column register.ended_case.ended_on  is 'Until when. [public]';

-- What is open today: compared, unless a second officer stands behind it already.
set local role dinhdanh_maintenance;
update register.access_case c set opened_by = coalesce(
  case c.kind
    when 'correction'   then (select x.proposed_by from register.correction x where x.person_id = c.person_id and x.id = c.case_id)
    when 'application'  then (select x.captured_by from enrolment.application x where x.person_id = c.person_id and x.id = c.case_id)
    when 'card'         then (select x.captured_by from cards.card_order x where x.person_id = c.person_id and x.card_id = c.case_id)
    when 'roll-hand-on' then (select x.from_officer from rolls.referral x where x.id = c.case_id)
    when 'roll-row'     then (select l.sent_by from rolls.row w join rolls.roll l on l.id = w.roll_id where w.id = c.case_id order by l.in_force desc limit 1)
    when 'roll-review'  then (select l.sent_by from rolls.row w join rolls.roll l on l.id = w.roll_id where w.id = c.case_id order by l.in_force desc limit 1)
  end, 'house');
-- Who captured never approved the card (captured_and_approved_by_two), so a second officer accepted the person.
update register.access_case c set grade = 'whole', basis = 'second-officer', accepted_by = o.approved_by, accepted_on = o.approved_on
from cards.card_order o
where o.person_id = c.person_id
  and ((c.kind = 'card' and o.card_id = c.case_id) or (c.kind = 'application' and o.application_id = c.case_id))
  and o.approved_by <> c.opened_by;
-- Who was captured stood before the officer: the house opens an application whole, as it does from now on.
update register.access_case c set grade = 'whole', basis = 'house'
from enrolment.application a
where c.kind = 'application' and c.grade = 'compared' and a.person_id = c.person_id and a.id = c.case_id and a.capture <> 'none';
update register.access_case set until = current_date +
  case kind when 'roll-row' then 400 when 'application' then 400 when 'card' then 800 when 'session' then 60 else 30 end
where until is null;
reset role;
alter table register.access_case
  alter column opened_by set not null,
  alter column until     set not null,
  add constraint whole_has_its_basis      check ((grade = 'whole') = (basis is not null)),
  add constraint accepted_by_another      check (basis is distinct from 'second-officer' or (accepted_by is not null and accepted_by <> opened_by));
-- An opening is asked of the whole, with a reason; it is found among those that wait.
create index access_case_asked on register.access_case (unit_id, opened_on) where kind = 'opening';

-- Why the transaction sees a person whole; null where it does not. An officer who does not cannot open the person whole to anybody.
create function register.whole_basis(asked uuid) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select case
    when platform.sees_house() then 'house'
    when exists (select from register.person_scope s where s.person_id = asked and s.unit_id = any (platform.scope())) then 'owner'
    when exists (select from register.access_case c where c.person_id = asked and c.unit_id = any (platform.scope())
                 and c.grade = 'whole' and c.until >= current_date) then 'passed-on'
  end
$$;
comment on function register.whole_basis is 'Why the transaction sees a person whole: owner, house or passed-on; null where it does not.';

-- The police of a school's ward compare its pupils; education officers have schools alone in their scope, and are shown nothing of the register.
create function register.compared(asked uuid[])
returns table (person_id uuid, full_name text, sort_key text, birth_y smallint, birth_m smallint, birth_d smallint, sex text, life_status text,
               number_end text, unit_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select p.person_id, p.full_name, p.sort_key, p.birth_y, p.birth_m, p.birth_d, p.sex, p.life_status, right(n.number, 2), r.unit_id
  from register.person p
  left join register.number n on n.person_id = p.person_id and n.state = 'in-force'
  left join lateral (select d.unit_id from register.residence d where d.person_id = p.person_id and d.to_on is null
                     order by array_position(array['permanent', 'temporary', 'current'], d.kind) limit 1) r on true
  where p.person_id = any (asked)
    and exists (select from register.access_case c
                where c.person_id = p.person_id and c.until >= current_date and c.unit_id = any (platform.scope())
                  and (not exists (select from units.school s where s.id = c.unit_id)
                    or exists (select from units.school_standing t where t.school_id = c.unit_id and t.unit_id = any (platform.scope())))
                offset 0)
$$;
comment on function register.compared is 'What a case of either grade shows of some people: what a review compares. The only door to them while the grade is compared.';

-- The second officer, or an officer of the person''s own unit. Schools are never opened a person whole.
create function register.accept_case(accepted_kind text, accepted_id uuid) returns setof uuid
language sql volatile security definer set search_path = pg_catalog, pg_temp as
$$
  update register.access_case c
  set grade = 'whole', accepted_by = platform.actor(), accepted_on = current_date,
      basis = case when register.whole_basis(c.person_id) = 'owner' then 'owner' else 'second-officer' end
  where c.kind = accepted_kind and c.case_id = accepted_id and c.grade = 'compared' and c.until >= current_date
    and platform.actor() is not null
    and not exists (select from units.school s where s.id = c.unit_id)
    and (register.whole_basis(c.person_id) = 'owner' or (c.opened_by <> platform.actor() and c.unit_id = any (platform.scope())))
  returning c.person_id
$$;
comment on function register.accept_case is 'Opens a case whole: by an officer of the person''s unit, or by another officer than the one who opened it.';

create function register.openings_asked()
returns table (case_id uuid, person_id uuid, unit_id uuid, opened_by text, opened_on date, until date, reason text, grade text, owned boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select c.case_id, c.person_id, c.unit_id, c.opened_by, c.opened_on, c.until, c.reason, c.grade, o.owned
  from register.access_case c
  cross join lateral (select exists (select from register.person_scope s
                                     where s.person_id = c.person_id and s.unit_id = any (platform.scope())) as owned) o
  where c.kind = 'opening' and c.until >= current_date and (o.owned or c.unit_id = any (platform.scope()))
  order by c.until, c.case_id
$$;
comment on function register.openings_asked is 'Who asked to see a person whole: of the scope''s officers, and of anybody for people of the scope''s units.';

create function register.withdraw_case(ended_kind text, ended_id uuid) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as
$$
  with ended as (delete from register.access_case where case_id = ended_id and kind = ended_kind returning *)
  insert into register.ended_case (person_id, unit_id, kind, case_id, grade, opened_by, opened_on, ended_on)
  select person_id, unit_id, kind, case_id, grade, opened_by, opened_on, current_date from ended
  on conflict do nothing
$$;
comment on function register.withdraw_case is 'Shuts a case about which nothing was decided, for every unit, and keeps that it was open.';

-- The proposer of a correction says what should stand there, and is not told what does.
create function register.propose_changes(whose uuid, proposal uuid, proposed jsonb) returns setof text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as
$$
begin
  if not exists (select from register.access_case c where c.person_id = whose and c.case_id = proposal and c.kind = 'correction'
                 and c.until >= current_date and (platform.sees_house() or c.unit_id = any (platform.scope()))) then
    raise exception 'no open case of this correction' using errcode = 'insufficient_privilege';
  end if;
  return query
    insert into register.correction_change (person_id, correction_id, field, old, new)
    select whose, proposal, v.key,
      case v.key
        when 'full_name' then p.full_name
        when 'birth_date' then concat_ws('-', lpad(p.birth_y::text, 4, '0'), lpad(p.birth_m::text, 2, '0'), lpad(p.birth_d::text, 2, '0'))
        when 'sex' then p.sex
        when 'life_status' then p.life_status
        when 'birth_registration_code' then p.birth_registration_code
        when 'ethnicity' then p.ethnicity
        when 'religion' then p.religion
        when 'nationality' then p.nationality
        when 'hometown' then p.hometown
        when 'father_name' then (select k.name from register.kinship k where k.person_id = whose and k.relation = 'father')
        when 'mother_name' then (select k.name from register.kinship k where k.person_id = whose and k.relation = 'mother')
      end,
      v.value
    from jsonb_each_text(proposed) as v (key, value) join register.person p on p.person_id = whose
    returning field;
end
$$;
comment on function register.propose_changes is 'Writes what a correction should change beside what the register has now, and answers the fields alone.';

create function register.proposed_values(proposals uuid[])
returns table (person_id uuid, correction_id uuid, field text, new text)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select v.person_id, v.correction_id, v.field, v.new
  from register.correction c join register.correction_change v on v.person_id = c.person_id and v.correction_id = c.id
  where c.id = any (proposals) and c.unit_id = any (platform.scope())
$$;
comment on function register.proposed_values is 'What the corrections that were proposed here should change, without what the register has.';

grant create on schema register to dinhdanh_maintenance;
alter function register.whole_basis(uuid)                  owner to dinhdanh_maintenance;
alter function register.compared(uuid[])                   owner to dinhdanh_maintenance;
alter function register.accept_case(text, uuid)            owner to dinhdanh_maintenance;
alter function register.withdraw_case(text, uuid)          owner to dinhdanh_maintenance;
alter function register.openings_asked()                   owner to dinhdanh_maintenance;
alter function register.propose_changes(uuid, uuid, jsonb) owner to dinhdanh_maintenance;
alter function register.proposed_values(uuid[])            owner to dinhdanh_maintenance;
revoke create on schema register from dinhdanh_maintenance;
revoke execute on function register.whole_basis(uuid), register.compared(uuid[]), register.accept_case(text, uuid),
  register.openings_asked(), register.withdraw_case(text, uuid), register.propose_changes(uuid, uuid, jsonb), register.proposed_values(uuid[]) from public;
grant execute on function register.whole_basis(uuid), register.compared(uuid[]), register.accept_case(text, uuid),
  register.openings_asked(), register.withdraw_case(text, uuid), register.propose_changes(uuid, uuid, jsonb), register.proposed_values(uuid[])
  to dinhdanh_app, dinhdanh_maintenance;

-- Who may open, accept and end --------------------------------------------------------------------------------------------

drop policy scope on register.access_case;
drop policy opened on register.access_case;
create policy scope on register.access_case for select to dinhdanh_app
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
create policy ended on register.access_case for delete to dinhdanh_app
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
-- A case may be opened for a unit that is not the actor's own, in the actor's own name, and as widely as the actor sees the person.
create policy opened on register.access_case for insert to dinhdanh_app
  with check (((select platform.sees_house()) or opened_by = (select platform.actor()))
    and (grade = 'compared' or basis = register.whole_basis(person_id)));
revoke update on register.access_case from dinhdanh_app;

alter table register.ended_case enable row level security;
alter table register.ended_case force  row level security;
create policy scope on register.ended_case for select to dinhdanh_app
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
create policy maintenance on register.ended_case to dinhdanh_maintenance using (true) with check (true);
grant select on register.ended_case to dinhdanh_app;
grant select, insert, update, delete on register.ended_case to dinhdanh_maintenance;

-- What a proposal would replace is seen by whoever decides it, or sees the person whole.
drop policy unit on register.correction_change;
create policy unit on register.correction_change to dinhdanh_app
  using (exists (select from register.correction c where c.person_id = correction_change.person_id and c.id = correction_change.correction_id
                 and c.decides_unit_id = any ((select platform.scope())::uuid[])));

-- In every policy that asks for an open case: a whole one. What people need is counted and listed of compared ones too, in statements that say so.
do $$
declare
  found record;
  rule text;
  -- A link record tells where a pupil lives and whether they are of school age: children on nobody's roll are counted by it.
  counted text[] := array['register.person', 'register.link_record', 'cards.card', 'cards.transition', 'accounts.account', 'accounts.transition',
                          'statistics.milestone', 'statistics.former_milestone'];
  freely text[] := array['campaign.member', 'campaign.former_member', 'campaign.exception'];
begin
  for found in
    select schemaname, tablename, policyname, qual, with_check from pg_policies
    where qual like '%register.access_case c%' and not (schemaname = 'register' and tablename = 'access_case')
  loop
    rule := case
      when found.schemaname || '.' || found.tablename = any (freely)  then '(c.until >= CURRENT_DATE)'
      when found.schemaname || '.' || found.tablename = any (counted) then
        '((c.until >= CURRENT_DATE) AND ((c.grade = ''whole''::text) OR ( SELECT platform.reads_needs() AS reads_needs)))'
      else '((c.until >= CURRENT_DATE) AND (c.grade = ''whole''::text))' end;
    if found.qual not like '%((c.until IS NULL) OR (c.until >= CURRENT_DATE))%' then
      raise exception 'policy % of %.% asks for a case in another way', found.policyname, found.schemaname, found.tablename;
    end if;
    execute format('alter policy %I on %I.%I using (%s)', found.policyname, found.schemaname, found.tablename,
      replace(found.qual, '((c.until IS NULL) OR (c.until >= CURRENT_DATE))', rule));
  end loop;
end
$$;

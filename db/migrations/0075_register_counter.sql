-- Any counter serves anybody who consents: a person of another unit, for one service, on one day. The person's own code opens the record, or a paper
-- that the person signed and a second officer of the counter.

create table register.counter_consent (
  person_id  uuid not null,
  id         uuid not null,
  unit_id    uuid not null,
  officer_id text not null,
  service    text not null check (service in ('account', 'level-two', 'phone', 'information')),
  way        text not null check (way in ('code', 'signed')),
  asked_at   timestamptz not null,
  asked_on   date not null,
  until      timestamptz not null,
  code_hash  bytea check (length(code_hash) = 32),
  tries_left smallint not null check (tries_left between 0 and 20),
  paper      text check (paper <> ''),
  accepted_by text,
  opened_at  timestamptz,
  ended_at   timestamptz,
  ended_how  text check (ended_how in ('done', 'left', 'overdue', 'refused')),
  primary key (person_id, id),
  constraint way_has_its_proof     check (case way when 'code' then code_hash is not null and paper is null else code_hash is null and paper is not null end),
  constraint signed_is_accepted    check (way = 'code' or opened_at is null or accepted_by is not null),
  constraint accepted_by_another   check (accepted_by <> officer_id),
  constraint end_says_how          check ((ended_at is null) = (ended_how is null))
);
create index counter_consent_by_id   on register.counter_consent (id);
create index counter_consent_by_unit on register.counter_consent (unit_id, asked_on);
create index counter_consent_open    on register.counter_consent (opened_at) where ended_at is null;
comment on table  register.counter_consent             is 'The consent of a person to be served at a counter of another unit, and what came of it.';
comment on column register.counter_consent.person_id   is 'Who consents, or for whom a representative does. [personal]';
comment on column register.counter_consent.id          is 'The consent; the case that it opens bears the same id. [public]';
comment on column register.counter_consent.unit_id     is 'The unit of the counter. [public]';
comment on column register.counter_consent.officer_id  is 'The officer at the counter. [personal]';
comment on column register.counter_consent.service     is 'What the person came for: account, level-two, phone, information. [public]';
comment on column register.counter_consent.way         is 'code: sent to the person''s own phone and said at the counter; signed: a paper, and a second officer. [public]';
comment on column register.counter_consent.asked_at    is 'When the officer asked. [public]';
comment on column register.counter_consent.asked_on    is 'On which day of the house. [public]';
comment on column register.counter_consent.until       is 'Until when the code, or the second officer, opens the record. [public]';
comment on column register.counter_consent.code_hash   is 'Hash of the code under a key of the house. [secret]';
comment on column register.counter_consent.tries_left  is 'So many wrong codes are still allowed. [public]';
comment on column register.counter_consent.paper       is 'Which paper the person signed, and where it is kept. [personal]';
comment on column register.counter_consent.accepted_by is 'The second officer. [personal]';
comment on column register.counter_consent.opened_at   is 'When the record was opened. [public]';
comment on column register.counter_consent.ended_at    is 'When it was over: it opens nothing from then on. [public]';
comment on column register.counter_consent.ended_how   is 'done: with the work; left: the officer ended it; overdue: by itself; refused: too many wrong codes. [public]';

alter table register.counter_consent enable row level security;
alter table register.counter_consent force row level security;
create policy maintenance on register.counter_consent to dinhdanh_maintenance using (true) with check (true);
create policy scope on register.counter_consent for select to dinhdanh_app
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
-- An officer asks in their own name and unit. What is opened, accepted or ended is written by the functions below alone.
create policy asked on register.counter_consent for insert to dinhdanh_app
  with check (officer_id = (select platform.actor()) and unit_id = any ((select platform.scope())::uuid[])
    and opened_at is null and accepted_by is null and ended_at is null);
grant select, insert on register.counter_consent to dinhdanh_app;
grant select, insert, update, delete on register.counter_consent to dinhdanh_maintenance;

alter table register.access_case drop constraint access_case_basis_check;
alter table register.access_case add constraint access_case_basis_check
  check (basis in ('owner', 'second-officer', 'house', 'passed-on', 'consent'));
comment on column register.access_case.kind  is 'What the case is: correction, roll-row, roll-review, roll-hand-on, application, card, session, opening, counter. [public]';
comment on column register.access_case.basis is 'Why it is whole: the person''s own unit, a second officer, the house itself, whoever saw the whole passed it on, or the person consents at a counter. [public]';

-- What a person consented to at a counter is passed on to no other case, which would outlive it.
create or replace function register.whole_basis(asked uuid) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select case
    when platform.sees_house() then 'house'
    when exists (select from register.person_scope s where s.person_id = asked and s.unit_id = any (platform.scope())) then 'owner'
    when exists (select from register.access_case c where c.person_id = asked and c.unit_id = any (platform.scope())
                 and c.grade = 'whole' and c.kind <> 'counter' and c.until >= current_date) then 'passed-on'
  end
$$;

-- Opens the record of a consent; called by the two functions below, and by nobody else.
create function register.open_consented(asked uuid, why text, second text) returns void
language sql volatile set search_path = pg_catalog, pg_temp as
$$
  update register.counter_consent set opened_at = now(), accepted_by = second where id = asked;
  insert into register.access_case (person_id, unit_id, kind, case_id, opened_on, until, grade, basis, opened_by, accepted_by, accepted_on)
  select person_id, unit_id, 'counter', id, current_date, current_date, 'whole', why, officer_id, second,
         case when second is not null then current_date end
  from register.counter_consent where id = asked;
$$;
comment on function register.open_consented is 'Opens the record of a consent that was proved, for the day.';

-- The code that the person says: right once, for the officer who asked, in time. A wrong one is counted, so the caller commits whatever comes out.
create function register.open_by_code(asked uuid, typed bytea) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as
$$
declare c register.counter_consent;
begin
  select * into c from register.counter_consent
  where id = asked and way = 'code' and officer_id = platform.actor() and unit_id = any (platform.scope()) for update;
  if c.id is null then return 'unknown'; end if;
  if c.opened_at is not null or c.ended_at is not null or c.until < now() or c.tries_left = 0 then return 'over'; end if;
  if c.code_hash is distinct from typed then
    update register.counter_consent set tries_left = tries_left - 1,
      ended_at = case when tries_left = 1 then now() end, ended_how = case when tries_left = 1 then 'refused' end
    where id = asked;
    return case when c.tries_left = 1 then 'over' else 'wrong' end;
  end if;
  perform register.open_consented(asked, 'consent', null);
  return 'opened';
end
$$;
comment on function register.open_by_code is 'Opens the record of who consented by the code of their phone: opened, wrong, over or unknown.';

-- The paper that the person signed: another officer of the counter looks at it.
create function register.open_by_paper(asked uuid) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as
$$
declare c register.counter_consent;
begin
  select * into c from register.counter_consent
  where id = asked and way = 'signed' and unit_id = any (platform.scope()) for update;
  if c.id is null then return 'unknown'; end if;
  if c.opened_at is not null or c.ended_at is not null or c.until < now() then return 'over'; end if;
  if platform.actor() is null or c.officer_id = platform.actor() then return 'same'; end if;
  perform register.open_consented(asked, 'second-officer', platform.actor());
  return 'opened';
end
$$;
comment on function register.open_by_paper is 'Opens the record of who signed, by another officer of the counter: opened, same, over or unknown.';

-- The record is shut for good: by the officer at the counter or a colleague, by the work that it was for, or by the house.
create function register.end_consent(asked uuid, how text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as
$$
begin
  update register.counter_consent c set ended_at = now(), ended_how = how
  where c.id = asked and c.ended_at is null and (platform.sees_house() or c.unit_id = any (platform.scope()));
  if not found then return false; end if;
  delete from register.access_case where kind = 'counter' and case_id = asked;
  return true;
end
$$;
comment on function register.end_consent is 'Ends a consent: what it opened is shut. False where it was over.';

-- For superiors: who was served at which counter, of the scope's people anywhere and of anybody at the scope's counters.
create function register.consents_shown(since date, most integer)
returns table (id uuid, person_id uuid, unit_id uuid, officer_id text, service text, way text, asked_at timestamptz, opened_at timestamptz,
               ended_at timestamptz, ended_how text, accepted_by text, owned boolean, home_unit_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select c.id, c.person_id, c.unit_id, c.officer_id, c.service, c.way, c.asked_at, c.opened_at, c.ended_at, c.ended_how, c.accepted_by, o.owned, r.unit_id
  from register.counter_consent c
  cross join lateral (select exists (select from register.person_scope s
                                     where s.person_id = c.person_id and s.unit_id = any (platform.scope())) as owned) o
  left join lateral (select d.unit_id from register.residence d where d.person_id = c.person_id and d.to_on is null
                     order by array_position(array['permanent', 'temporary', 'current'], d.kind) limit 1) r on true
  where c.asked_on >= since and (platform.sees_house() or o.owned or c.unit_id = any (platform.scope()))
  order by c.asked_at desc limit most
$$;
comment on function register.consents_shown is 'The consents at counters of the scope, and those of the scope''s people at any counter, the latest first.';

grant create on schema register to dinhdanh_maintenance;
alter function register.whole_basis(uuid)                   owner to dinhdanh_maintenance;
alter function register.open_consented(uuid, text, text)    owner to dinhdanh_maintenance;
alter function register.open_by_code(uuid, bytea)           owner to dinhdanh_maintenance;
alter function register.open_by_paper(uuid)                 owner to dinhdanh_maintenance;
alter function register.end_consent(uuid, text)             owner to dinhdanh_maintenance;
alter function register.consents_shown(date, integer)       owner to dinhdanh_maintenance;
revoke create on schema register from dinhdanh_maintenance;
revoke execute on function register.open_consented(uuid, text, text), register.open_by_code(uuid, bytea), register.open_by_paper(uuid),
  register.end_consent(uuid, text), register.consents_shown(date, integer) from public;
grant execute on function register.open_by_code(uuid, bytea), register.open_by_paper(uuid), register.end_consent(uuid, text),
  register.consents_shown(date, integer) to dinhdanh_app, dinhdanh_maintenance;

-- A child of whom neither face nor fingers are taken has a card that father, mother or guardian asks for, on line or at a counter (LCC Art. 23(2)(a)):
-- an application without a capture. Its card comes to the unit, or by post.

alter table enrolment.application drop constraint application_source_check;
alter table enrolment.application add constraint application_source_check check (source in ('counter', 'roster', 'walk-in', 'online'));
alter table enrolment.application drop constraint application_capture_check;
alter table enrolment.application add constraint application_capture_check check (capture in ('none', 'here', 'elsewhere', 'not-needed'));
alter table enrolment.application drop constraint application_check2;
alter table enrolment.application add constraint captured_has_its_moment check ((capture in ('none', 'not-needed')) = (captured_at is null));
alter table enrolment.application drop constraint application_check4;
alter table enrolment.application add constraint sent_is_complete check (
  state not in ('sent-to-centre', 'approved', 'printed', 'shipped', 'at-unit', 'dispatched', 'handed-over', 'lost-in-transit', 'reprint')
  or ((captured_at is not null or capture = 'not-needed') and submitted_on is not null));

alter table enrolment.application add column delivery text check (delivery in ('unit', 'post'));
alter table enrolment.application add column delivery_address text check (delivery_address <> '');
alter table enrolment.application add constraint post_has_an_address check ((delivery = 'post') is true = (delivery_address is not null));
alter table enrolment.application add constraint without_capture_is_represented check (capture <> 'not-needed' or (signed_by = 'representative' and delivery is not null));
comment on column enrolment.application.source           is 'At a counter, from a session''s list, a walk-in, or on line by the representative. [public]';
comment on column enrolment.application.capture          is 'Whether face, fingers and signature were taken here, elsewhere, not yet, or need not be taken of so young a child. [public]';
comment on column enrolment.application.delivery         is 'Where the card is to be had: unit or post; empty where nobody was asked. [public]';
comment on column enrolment.application.delivery_address is 'To which address by post. [personal]';

-- Guardianship of a grown person who lost the capacity to act, or has difficulty in perceiving and controlling what they do (Civil Code Art. 22, 23,
-- 46-62): by a decision, recorded by one officer and accepted by another; the account of the ward is asked for and held by the guardian.
create table register.guardianship (
  person_id    uuid not null,
  id           uuid not null,
  guardian_id  uuid not null,
  ground       text not null check (ground in ('lost-capacity', 'limited-cognition')),
  relation     text not null check (relation in ('spouse', 'father', 'mother', 'child', 'guardian')),
  paper_kind   text not null check (paper_kind in ('court-decision', 'committee-decision')),
  paper        text not null check (paper <> ''),
  paper_on     date not null,
  from_on      date not null,
  to_on        date,
  recorded_by  text not null,
  recorded_at  timestamptz not null,
  accepted_by  text,
  accepted_at  timestamptz,
  ended_on     date,
  ended_reason text check (ended_reason in ('court', 'died', 'changed', 'term', 'mistaken')),
  primary key (person_id, id),
  constraint guardian_is_another       check (guardian_id <> person_id),
  constraint guardianship_has_days     check (from_on <= to_on),
  constraint guardianship_by_two       check (accepted_by <> recorded_by),
  constraint acceptance_has_its_moment check ((accepted_by is null) = (accepted_at is null)),
  constraint guardianship_end_says_why check ((ended_on is null) = (ended_reason is null))
);
create index guardianship_by_id       on register.guardianship (id);
create index guardianship_by_guardian on register.guardianship (guardian_id) where ended_on is null;
create unique index one_guardianship_at_a_time on register.guardianship (person_id) where ended_on is null;
comment on table  register.guardianship              is 'Who acts for a grown person under guardianship, by which decision and on which days.';
comment on column register.guardianship.person_id    is 'The ward. [personal]';
comment on column register.guardianship.id           is 'The guardianship. [public]';
comment on column register.guardianship.guardian_id  is 'The guardian, in the register. [personal]';
comment on column register.guardianship.ground       is 'lost-capacity or limited-cognition (Civil Code Art. 22, 23). [personal]';
comment on column register.guardianship.relation     is 'What the guardian is to the ward. [personal]';
comment on column register.guardianship.paper_kind   is 'A decision of a court or of a people''s committee. [personal]';
comment on column register.guardianship.paper        is 'Its number and who issued it. [personal]';
comment on column register.guardianship.paper_on     is 'Its day. [personal]';
comment on column register.guardianship.from_on      is 'From which day the guardian acts. [personal]';
comment on column register.guardianship.to_on        is 'The last day, where the decision has one. [personal]';
comment on column register.guardianship.recorded_by  is 'The officer who recorded it. [personal]';
comment on column register.guardianship.recorded_at  is 'When. [public]';
comment on column register.guardianship.accepted_by  is 'The second officer, who has seen the decision; until then nobody acts. [personal]';
comment on column register.guardianship.accepted_at  is 'When. [public]';
comment on column register.guardianship.ended_on     is 'From which day on the guardian acts no more. [personal]';
comment on column register.guardianship.ended_reason is 'court, died, changed (another guardian), term or mistaken. [personal]';

alter table register.guardianship enable row level security;
alter table register.guardianship force row level security;
create policy maintenance on register.guardianship to dinhdanh_maintenance using (true) with check (true);
create policy own on register.guardianship for select to dinhdanh_app
  using (person_id = (select platform.person()) or guardian_id = (select platform.person()));
create policy scope on register.guardianship to dinhdanh_app
  using ((select platform.sees_house())
    or exists (select from register.person_scope s where s.person_id = guardianship.person_id offset 0)
    or exists (select from register.access_case c where c.person_id = guardianship.person_id and c.until >= current_date and c.grade = 'whole' offset 0));
grant select, insert, update on register.guardianship to dinhdanh_app;
grant select, insert, update, delete on register.guardianship to dinhdanh_maintenance;

create view register.published_guardianship with (security_invoker = true) as
  select person_id, guardian_id, from_on, to_on from register.guardianship where accepted_by is not null and ended_on is null;
comment on view register.published_guardianship is 'Guardianships that a second officer accepted and that did not end; in force from from_on to to_on.';
grant select on register.published_guardianship to dinhdanh_app, dinhdanh_maintenance;

-- A phone that whoever asks gave for somebody whom they represent is not another's.
create or replace function accounts.phone_taken(asked text, by_person uuid, adult_born_by date) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select exists (
    select from accounts.account a join register.published_birth b on b.person_id = a.person_id
    where a.phone = asked and a.state <> 'cancelled' and a.person_id <> by_person and a.representative_id is distinct from by_person
      and make_date(b.birth_y, coalesce(b.birth_m, 1), coalesce(b.birth_d, 1)) <= adult_born_by)
$$;

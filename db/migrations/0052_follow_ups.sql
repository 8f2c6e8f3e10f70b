-- Kept work of every kind: who has to act on what, until which day. What rolls kept as errands is its first kind; other
-- contexts open theirs through the front door of follow-ups, and read follow_ups.published_follow_up.
create schema follow_ups;
comment on schema follow_ups is 'Kept work of every kind, with an owner and a last day.';
grant usage on schema follow_ups to dinhdanh_application, dinhdanh_maintenance;

alter table rolls.errand drop constraint errand_roll_id_fkey;
alter table rolls.errand set schema follow_ups;
alter table follow_ups.errand rename to follow_up;

alter table follow_ups.follow_up rename column school_id    to scope_id;
alter table follow_ups.follow_up rename column school_year  to period;
alter table follow_ups.follow_up rename column roll_id      to source_id;
alter table follow_ups.follow_up rename column place        to source_place;
alter table follow_ups.follow_up rename column row_id       to subject_id;
alter table follow_ups.follow_up rename column defect       to reason;
alter table follow_ups.follow_up rename column about        to values_key;
alter table follow_ups.follow_up rename column said         to answer;
alter table follow_ups.follow_up rename column said_by      to answered_by;
alter table follow_ups.follow_up rename column said_on      to answered_on;
alter table follow_ups.follow_up rename column corrected_by to announced_by;
alter table follow_ups.follow_up rename column corrected_on to announced_on;
alter table follow_ups.follow_up rename column made_at      to opened_at;
alter table follow_ups.follow_up rename column made_on      to opened_on;
alter table follow_ups.follow_up rename column settled_at   to closed_at;
alter table follow_ups.follow_up rename column settled_on   to closed_on;
alter table follow_ups.follow_up rename column settled_by   to closed_by;

alter table follow_ups.follow_up add column kind text not null default 'roll-defect' check (kind <> '');
alter table follow_ups.follow_up alter column kind drop default;
alter table follow_ups.follow_up add column source_part text;
update follow_ups.follow_up f set source_part = w.class
from rolls.row w
where w.roll_id = f.source_id and w.place = f.source_place and w.class is not null;
alter table follow_ups.follow_up alter column period drop not null;
alter table follow_ups.follow_up alter column source_place drop not null;

alter index follow_ups.errand_pkey              rename to follow_up_pkey;
alter index follow_ups.errand_by_correction     rename to follow_up_by_correction;
alter index follow_ups.errand_by_roll           rename to follow_up_by_source;
alter index follow_ups.errand_of_school         rename to follow_up_of_scope;
alter index follow_ups.errand_of_ward           rename to follow_up_of_owner_unit;
alter index follow_ups.one_open_errand_a_defect rename to one_open_follow_up_a_reason;

alter table follow_ups.follow_up rename constraint errand_check            to follow_up_ward_has_unit;
alter table follow_ups.follow_up rename constraint errand_check1           to follow_up_correction_is_the_wards;
alter table follow_ups.follow_up rename constraint errand_check2           to follow_up_answer_has_author;
alter table follow_ups.follow_up rename constraint errand_check3           to follow_up_closed_at;
alter table follow_ups.follow_up rename constraint errand_defect_check     to follow_up_reason_check;
alter table follow_ups.follow_up rename constraint errand_evidence_check   to follow_up_evidence_check;
alter table follow_ups.follow_up rename constraint errand_owner_check      to follow_up_owner_check;
alter table follow_ups.follow_up rename constraint errand_papers_check     to follow_up_papers_check;
alter table follow_ups.follow_up rename constraint errand_said_check       to follow_up_answer_check;
alter table follow_ups.follow_up rename constraint errand_state_check      to follow_up_state_check;
alter policy school_or_ward on follow_ups.follow_up rename to scope_or_owner_unit;

comment on table  follow_ups.follow_up               is 'One thing that somebody has to put right, and until when. What it is about stands with whoever opened it.';
comment on column follow_ups.follow_up.scope_id      is 'The school or unit whose scope sees it, besides the unit that owns it. [public]';
comment on column follow_ups.follow_up.id            is 'The follow-up. [public]';
comment on column follow_ups.follow_up.kind          is 'What kind of work: roll-defect (a defect of a row of a roll). [public]';
comment on column follow_ups.follow_up.period        is 'The school year for which it holds, as 2022-2023, where it is of one. [public]';
comment on column follow_ups.follow_up.source_id     is 'The document in which it was last seen: the roll. [public]';
comment on column follow_ups.follow_up.source_place  is 'The place in that document: the row. [public]';
comment on column follow_ups.follow_up.source_part   is 'The part of that document: the class. [public]';
comment on column follow_ups.follow_up.subject_id    is 'What it is about, the same from document to document: the pupil''s entry. [public]';
comment on column follow_ups.follow_up.reason        is 'What is wrong, by the codes of interfaces.md. [public]';
comment on column follow_ups.follow_up.evidence      is 'What speaks for which side, by the codes of its kind. [public]';
comment on column follow_ups.follow_up.values_key    is 'Hash of what both sides say: what people answered holds for these values alone. [personal]';
comment on column follow_ups.follow_up.owner_unit_id is 'The unit of the police that acts, where the police act: it sees the follow-up too. [personal]';
comment on column follow_ups.follow_up.correction_id is 'The correction of the register that decides it. [public]';
comment on column follow_ups.follow_up.state         is 'open, done (what was wrong is gone), dropped (it is nobody''s any more). [public]';
comment on column follow_ups.follow_up.answer        is 'What a person answered: papers (they show what the source says), register (it is right as it is). [public]';
comment on column follow_ups.follow_up.answered_by   is 'Who answered. [personal]';
comment on column follow_ups.follow_up.answered_on   is 'On which day of the house. [public]';
comment on column follow_ups.follow_up.announced_by  is 'Who said that the next document will be right. [personal]';
comment on column follow_ups.follow_up.announced_on  is 'On which day of the house. [public]';
comment on column follow_ups.follow_up.opened_at     is 'Since when it is open. [public]';
comment on column follow_ups.follow_up.opened_on     is 'On which day of the house. [public]';
comment on column follow_ups.follow_up.closed_at     is 'When it was closed. [public]';
comment on column follow_ups.follow_up.closed_on     is 'On which day of the house. [public]';
comment on column follow_ups.follow_up.closed_by     is 'Whose deed closed it. [personal]';

-- What higher floors read: open follow-ups, without anybody's answers.
create view follow_ups.published_follow_up with (security_invoker = true) as
select f.scope_id, f.id, f.kind, f.period, f.source_id, f.source_place, f.subject_id, f.person_id, f.reason, f.owner,
       f.owner_unit_id, f.due_on
from follow_ups.follow_up f
where f.state = 'open';
comment on view follow_ups.published_follow_up is 'Open follow-ups, for the contexts above.';
grant select on follow_ups.published_follow_up to dinhdanh_application, dinhdanh_maintenance;

create or replace function rolls.analyze_tables() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
  analyze rolls.roll, rolls.row, rolls.candidate, rolls.ledger_event, follow_ups.follow_up;
end
$$;

-- A roll of strangers waits for an officer of the police. A school is given numbers by a release of named rows alone.

alter table rolls.roll drop constraint roll_state_check;
alter table rolls.roll add constraint roll_state_check
  check (state in ('draft', 'queued', 'comparing', 'held', 'reconciled', 'failed'));
alter table rolls.roll
  add column strangers   integer check (strangers >= 0),
  add column accepted_by text,
  add column accepted_on date,
  add constraint roll_accepted_by_another check (accepted_by <> sent_by);
comment on column rolls.roll.state       is 'draft (sent, not taken in), queued, comparing, held (its rows are strangers; the police look), reconciled, or failed. [public]';
comment on column rolls.roll.strangers   is 'How many of its rows are people of elsewhere, where it is held. [public]';
comment on column rolls.roll.accepted_by is 'The police officer who accepted a roll of strangers. [personal]';
comment on column rolls.roll.accepted_on is 'On which day of the house. [public]';

create table rolls.released_number (
  person_id   uuid not null,
  row_id      uuid not null,
  school_id   uuid not null,
  number      text collate "C" not null check (number ~ '^\d{12}$'),
  reason      text not null check (reason <> ''),
  released_by text not null,
  released_on date not null,
  primary key (person_id, row_id)
);
create index released_number_by_school on rolls.released_number (school_id, row_id);
comment on table  rolls.released_number             is 'Numbers that an officer of the police gave to a school for named rows of its roll.';
comment on column rolls.released_number.person_id   is 'Whose. [personal]';
comment on column rolls.released_number.row_id      is 'The pupil''s entry. [public]';
comment on column rolls.released_number.school_id   is 'To which school. [public]';
comment on column rolls.released_number.number      is 'The number in force on that day. [personal]';
comment on column rolls.released_number.reason      is 'What for. [personal]';
comment on column rolls.released_number.released_by is 'The officer. [personal]';
comment on column rolls.released_number.released_on is 'On which day of the house. [public]';
alter table rolls.released_number enable row level security;
alter table rolls.released_number force  row level security;
create policy school on rolls.released_number to dinhdanh_app
  using ((select platform.sees_house()) or school_id = any ((select platform.scope())::uuid[]));
create policy maintenance on rolls.released_number to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update on rolls.released_number to dinhdanh_app;
grant select, insert, update, delete on rolls.released_number to dinhdanh_maintenance;
comment on column follow_ups.follow_up.kind is 'What kind of work: roll-defect (a defect of a row of a roll), roll-of-strangers (a roll that the police accept first). [public]';

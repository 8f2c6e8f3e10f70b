-- A roll that takes another's place says so, may wait for a word of its sender, and may be taken back.

alter table rolls.roll
  add column held_for       text check (held_for in ('strangers', 'unlike')),
  add column unknown_rows   integer check (unknown_rows >= 0),
  add column leaving_rows   integer check (leaving_rows >= 0),
  add column confirmed_by   text,
  add column confirmed_on   date,
  add column replaced_by_id uuid,
  add column replaced_at    timestamptz,
  add column restores_id    uuid;
comment on column rolls.roll.state          is 'draft (sent, not taken in), queued, comparing, held (held_for says for what), reconciled, or failed. [public]';
comment on column rolls.roll.held_for       is 'strangers (the police accept it first), unlike (its sender says first whether it may take the place of the roll in force). [public]';
comment on column rolls.roll.unknown_rows   is 'How many of its rows are nobody of the register, where it is held as unlike. [public]';
comment on column rolls.roll.leaving_rows   is 'How many rows of the roll in force it would end, where it is held as unlike. [public]';
comment on column rolls.roll.confirmed_by   is 'Who said that an unlike roll takes the place of the one in force. [personal]';
comment on column rolls.roll.confirmed_on   is 'On which day of the house. [public]';
comment on column rolls.roll.replaced_by_id is 'The roll that took its place. [public]';
comment on column rolls.roll.replaced_at    is 'When it did. [public]';
comment on column rolls.roll.restores_id    is 'The former roll whose file this one takes into force again. [public]';
create index roll_by_replacement on rolls.roll (replaced_by_id) where replaced_by_id is not null;

update rolls.roll set held_for = 'strangers' where state = 'held';
-- Until now only the order of the comparisons says which roll followed which.
update rolls.roll r set replaced_by_id = n.next_id, replaced_at = n.next_at
from (select id, lead(id) over series as next_id, lead(reconciled_at) over series as next_at
      from rolls.roll where state = 'reconciled'
      window series as (partition by school_id, school_year, kind order by in_force, reconciled_at, id)) n
where n.id = r.id and not r.in_force and n.next_id is not null;

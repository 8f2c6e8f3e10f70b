-- A number for one use belongs to whoever asked for it: the browser in which it is typed. Another who
-- asks for one under the same account neither ends the first nor uses it.
alter table accounts.one_time_code add column asked_by bytea not null default sha256('');
alter table accounts.one_time_code
  drop constraint one_time_code_pkey,
  add primary key (person_id, account_id, purpose, asked_by),
  add check (length(asked_by) = 32);
comment on column accounts.one_time_code.asked_by is 'SHA-256 of the device cookie of the browser that asked for it, in which alone it counts; of the attempt, where that began without one; of nothing, where the old device shows it. [secret]';
comment on table  accounts.one_time_code is 'The latest number that was sent for a purpose to whoever asked; sending them another ends it.';
alter table accounts.activation add column asked_by bytea check (length(asked_by) = 32);
comment on column accounts.activation.asked_by is 'SHA-256 of the device cookie of the browser in which it began: a number that is sent is good for that alone. [secret]';

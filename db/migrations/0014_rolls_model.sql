-- The models of linkage that were learnt from rolls: what was found can be explained, and found again, by the one that found it.

create table rolls.model (
  hash       text        not null primary key check (hash ~ '^[0-9a-f]{12}$'),
  name       text        not null,
  model      jsonb       not null,
  rows_seen  integer     not null check (rows_seen >= 0),
  learnt_at  timestamptz not null,
  learnt_on  date        not null,
  in_use     boolean     not null default false
);
create unique index one_model_in_use on rolls.model (in_use) where in_use;
comment on table  rolls.model           is 'A model of the errors in rolls: how often each way of agreeing is met in pairs of one person, and of two.';
comment on column rolls.model.hash      is 'Names it: decisions record it. [public]';
comment on column rolls.model.name      is 'From what it was learnt. [public]';
comment on column rolls.model.model     is 'The rates, in linkage''s format. [public]';
comment on column rolls.model.rows_seen is 'From how many rows. [public]';
comment on column rolls.model.learnt_at is 'When. [public]';
comment on column rolls.model.learnt_on is 'On which day of the house. [public]';
comment on column rolls.model.in_use    is 'Whether rolls are compared by it from now on. [public]';

grant select, insert, update on rolls.model to dinhdanh_application, dinhdanh_maintenance;

-- What a second officer has checked and handed up to the national centre, and what the centre gave back with a reason.
alter table register.collection
  add column handed_up_at  timestamptz,
  add column handed_up_by  text check (handed_up_by <> ''),
  add column returned_on   date,
  add column returned_code text check (returned_code <> ''),
  add column returned_note text,
  drop constraint established_by_another,
  add constraint established_by_another check (decided_by <> collected_by and handed_up_by <> collected_by),
  add check ((handed_up_at is null) = (handed_up_by is null)),
  add check ((returned_on is null) = (returned_code is null)),
  add check (handed_up_at is null or returned_on is null);
comment on column register.collection.handed_up_at  is 'Since when the national centre has it to decide. [public]';
comment on column register.collection.handed_up_by  is 'Who checked it and handed it up. [personal]';
comment on column register.collection.returned_on   is 'When the centre gave it back to be mended. [public]';
comment on column register.collection.returned_code is 'Why, by the centre''s code. [public]';
comment on column register.collection.returned_note is 'Why, in the centre''s words. [personal]';

alter table accounts.account
  add column handed_up_at  timestamptz,
  add column handed_up_by  text check (handed_up_by <> ''),
  add column returned_on   date,
  add column returned_code text check (returned_code <> ''),
  add column returned_note text,
  add check ((handed_up_at is null) = (handed_up_by is null)),
  add check ((returned_on is null) = (returned_code is null)),
  add check (handed_up_at is null or returned_on is null);
comment on column accounts.account.handed_up_at  is 'Since when the national centre has the request, for the account or for level 2, to decide. [public]';
comment on column accounts.account.handed_up_by  is 'Who checked it and handed it up. [personal]';
comment on column accounts.account.returned_on   is 'When the centre gave it back to be mended. [public]';
comment on column accounts.account.returned_code is 'Why, by the centre''s code. [public]';
comment on column accounts.account.returned_note is 'Why, in the centre''s words. [personal]';

-- Whose database this is, and by which key what is sealed in it opens: a folder with other keys, or without them, is
-- refused at its start instead of sealing under a new key beside what nobody can open any more.

create table platform.installation (
  only_one    boolean     not null default true primary key check (only_one),
  id          uuid        not null,
  sealing_key text        not null check (sealing_key <> ''),
  noted_at    timestamptz not null
);
comment on table  platform.installation             is 'The installation to which this database belongs.';
comment on column platform.installation.only_one    is 'There is one row. [public]';
comment on column platform.installation.id          is 'The installation, as its house.json says. [public]';
comment on column platform.installation.sealing_key is 'The name of its sealing key, which says nothing of the key. [public]';
comment on column platform.installation.noted_at    is 'When that was noted. [public]';

alter table platform.installation enable row level security;
alter table platform.installation force  row level security;
create policy maintenance on platform.installation to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update, delete on platform.installation to dinhdanh_maintenance;

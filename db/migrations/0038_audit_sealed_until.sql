-- Batches of readings are found for sealing from where the last sealing ended: each minute looks at one minute, however many years are kept.
create table audit.sealed_until (
  one      boolean not null default true primary key check (one),
  batch_id uuid    not null
);
insert into audit.sealed_until (batch_id) values ('00000000-0000-0000-0000-000000000000');
comment on table  audit.sealed_until          is 'The latest batch of readings that was sealed; batches are named in the order of time (UUIDv7).';
comment on column audit.sealed_until.one      is 'Always true: there is one row. [public]';
comment on column audit.sealed_until.batch_id is 'Which batch; those before it are sealed. [public]';
grant select, update on audit.sealed_until to dinhdanh_application, dinhdanh_maintenance;

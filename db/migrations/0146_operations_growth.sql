-- How large the installation is, once a day: how fast it grows, and until when its disk lasts.

create schema operations;
grant usage on schema operations to dinhdanh_app, dinhdanh_maintenance;

create table operations.table_day (
  day          date   not null,
  name         text   not null check (name <> ''),
  bytes        bigint not null check (bytes >= 0),
  row_estimate bigint not null check (row_estimate >= 0),
  primary key (day, name)
);
comment on table  operations.table_day              is 'How large each large table was on a day.';
comment on column operations.table_day.day          is 'The day in the province. [public]';
comment on column operations.table_day.name         is 'The table, with its schema; parts of a divided one are counted together. [public]';
comment on column operations.table_day.bytes        is 'Its bytes with indexes and long values. [public]';
comment on column operations.table_day.row_estimate is 'How many rows the statistics of the database say. [public]';

create table operations.disk_day (
  day            date    not null primary key,
  database_bytes bigint  not null check (database_bytes >= 0),
  free_bytes     bigint  not null check (free_bytes >= 0),
  size_bytes     bigint  not null check (size_bytes > 0),
  has_database   boolean not null
);
comment on table  operations.disk_day                is 'How large the database and how full the disk of the data folder was on a day.';
comment on column operations.disk_day.day            is 'The day in the province. [public]';
comment on column operations.disk_day.database_bytes is 'All bytes of the database. [public]';
comment on column operations.disk_day.free_bytes     is 'Free bytes of the disk of the data folder. [public]';
comment on column operations.disk_day.size_bytes     is 'All bytes of that disk. [public]';
comment on column operations.disk_day.has_database   is 'Whether the database lies on that disk. [public]';

grant select, insert, update, delete on operations.table_day, operations.disk_day to dinhdanh_app, dinhdanh_maintenance;

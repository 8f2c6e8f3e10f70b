-- A service that takes longer than a slot leaves room for is booked for several slots in sequence.
alter table planning.booking add column also_at time[] not null default '{}';
comment on column planning.booking.also_at is 'The beginnings of the slots after the first that it takes, where one is too short. [public]';

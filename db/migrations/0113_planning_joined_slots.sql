-- A service that takes longer than a slot leaves room for is booked for several slots in sequence; and whoever lost an
-- hour with its place and has no phone is on a list, to be called on.
alter table planning.booking
  add column also_at  time[]  not null default '{}',
  add column not_told boolean not null default false;
comment on column planning.booking.also_at is 'The beginnings of the slots after the first that it takes, where one is too short. [public]';
comment on column planning.booking.not_told is 'Whether nobody could be told that the place is closed: the family has no phone. [personal]';

-- The chip of a card has an id, which belongs to one card. An order keeps the fingerprints that the card is made with.

alter table cards.card add column chip_id text check (chip_id ~ '^[0-9A-Z-]{4,64}$');
comment on column cards.card.chip_id is 'Which chip it has, as its maker told. [personal]';

alter table cards.batch add column handed_up_at timestamptz check (handed_up_at is null or maker = 'centre');
comment on column cards.batch.handed_up_at is 'When its orders were handed up to the national centre; empty where they went out as a file, or not yet. [public]';

create table cards.chip_lookup (
  chip_id   text not null primary key check (chip_id ~ '^[0-9A-Z-]{4,64}$'),
  person_id uuid not null,
  card_id   uuid not null
);
create index chip_by_person on cards.chip_lookup (person_id);
comment on table  cards.chip_lookup           is 'Whose card a chip is in: a chip is in one card.';
comment on column cards.chip_lookup.chip_id   is 'The chip. [personal]';
comment on column cards.chip_lookup.person_id is 'Whose. [personal]';
comment on column cards.chip_lookup.card_id   is 'In which card. [public]';

create table cards.order_finger (
  person_id uuid  not null,
  card_id   uuid  not null,
  finger    text  not null check (finger <> ''),
  type      text  not null check (type <> ''),
  image     bytea not null check (octet_length(image) > 0),
  sha256    text  not null check (sha256 ~ '^[0-9a-f]{64}$'),
  primary key (person_id, card_id, finger),
  foreign key (person_id, card_id) references cards.card_order (person_id, card_id) deferrable
);
comment on table  cards.order_finger           is 'The fingerprints that a card is made with, as they were captured.';
comment on column cards.order_finger.person_id is 'Whose. [personal]';
comment on column cards.order_finger.card_id   is 'For which card. [public]';
comment on column cards.order_finger.finger    is 'Which finger, as the capture names it. [personal]';
comment on column cards.order_finger.type      is 'The media type of the image. [public]';
comment on column cards.order_finger.image     is 'The image. [personal]';
comment on column cards.order_finger.sha256    is 'Its SHA-256. [personal]';

do $$
declare
  closed_table text;
begin
  foreach closed_table in array array['chip_lookup', 'order_finger']
  loop
    execute format('alter table cards.%I enable row level security', closed_table);
    execute format('alter table cards.%I force  row level security', closed_table);
    execute format($policy$
      create policy visible on cards.%1$I to dinhdanh_app using (
        (select platform.sees_house())
        or (select units.whole_province_in_scope())
        or exists (select from register.person_scope s where s.person_id = %1$I.person_id offset 0)
        or exists (select from register.access_case c
                   where c.person_id = %1$I.person_id and c.until >= current_date and c.grade = 'whole' offset 0))
      with check (
        (select platform.sees_house())
        or exists (select from register.person_scope s where s.person_id = %1$I.person_id offset 0)
        or exists (select from register.access_case c
                   where c.person_id = %1$I.person_id and c.until >= current_date and c.grade = 'whole' offset 0))$policy$,
      closed_table);
    execute format('create policy maintenance on cards.%I to dinhdanh_maintenance using (true) with check (true)', closed_table);
  end loop;
end
$$;
grant select, insert on cards.chip_lookup, cards.order_finger to dinhdanh_app;
grant select, insert, update, delete on cards.chip_lookup, cards.order_finger to dinhdanh_maintenance;

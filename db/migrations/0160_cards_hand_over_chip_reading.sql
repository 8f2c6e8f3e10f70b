-- On which reading of its chip a hand-over rests.

alter table cards.hand_over add column chip_reading_id uuid;
alter table cards.hand_over add constraint hand_over_chip_reading_fkey
  foreign key (person_id, chip_reading_id) references cards.chip_reading (person_id, id) deferrable;
comment on column cards.hand_over.chip_reading_id is 'The reading of its chip before it was handed over; empty where none was made. [public]';

-- A person has one place in a school year: a row beside whose name and date nothing stands is not matched while another row has, or may have, that place.

alter table rolls.row
  add column withheld_id uuid,
  add check (withheld_id is null or outcome = 'review');
comment on column rolls.row.withheld_id is 'Whom the comparison finds it to be, while another row of the school year has that person''s place: a person has to look. [personal]';

-- Who has a person's place, and who waits for it.
create index row_by_withheld on rolls.row (withheld_id) where withheld_id is not null;

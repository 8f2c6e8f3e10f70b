-- A campaign, or a unit, may have hours and an order of gateways of its own beside what it may spend; a cap is one of them.
alter table outreach.budget
  alter column cap drop not null,
  add column from_minute  smallint check (from_minute between 0 and 1440),
  add column until_minute smallint check (until_minute between 0 and 1440),
  add column channels     text[] not null default '{}' check (cardinality(channels) <= 10),
  add constraint budget_hours check ((from_minute is null) = (until_minute is null) and from_minute < until_minute);
comment on table  outreach.budget              is 'What the messages of something may cost and cost so far, at which hours and by which gateways they go.';
comment on column outreach.budget.cap          is 'What may be spent, in đồng; empty = as much as it takes. [public]';
comment on column outreach.budget.from_minute  is 'From which minute of the day what rings goes out, within the hours of the installation; empty = theirs. [public]';
comment on column outreach.budget.until_minute is 'Until which minute. [public]';
comment on column outreach.budget.channels     is 'Gateways of phones in the order in which they are tried; those that are not named follow. [public]';

-- What a unit brought along: people whom a campaign means and of whom this installation has counts alone, as the system before it counted them by the end of a
-- day. Figures are the sum of these and of the people in the register here; a list has the latter.

create table statistics.opening_balance (
  campaign_id         uuid     not null,
  unit_id             uuid     not null,
  day                 date     not null,
  since               integer  not null,
  members             integer  not null check (members >= 0),
  number_known        integer  not null,
  card_applied        integer  not null,
  card_approved       integer  not null,
  card_produced       integer  not null,
  card_returned       integer  not null,
  card_handed_over    integer  not null,
  account_received    integer  not null,
  account_received_2  integer  not null,
  account_approved    integer  not null,
  account_approved_2  integer  not null,
  account_activated   integer  not null,
  account_activated_2 integer  not null,
  primary key (campaign_id, unit_id, day, since)
);
comment on table statistics.opening_balance is 'What a unit brought along from the system before: people of whom this installation has counts alone. Added to what is counted here; the last day by then counts.';
comment on column statistics.opening_balance.campaign_id         is 'For which campaign. [public]';
comment on column statistics.opening_balance.unit_id             is 'Of which commune, as written. [public]';
comment on column statistics.opening_balance.day                 is 'By the end of which day. [public]';
comment on column statistics.opening_balance.since               is 'In which edition it came; of several, the last that the asked edition knows. [public]';
comment on column statistics.opening_balance.members             is 'People whom the campaign means and who are not in the register here. [public]';
comment on column statistics.opening_balance.number_known        is 'Of them, with a number. [public]';
comment on column statistics.opening_balance.card_applied        is 'With a card applied for. [public]';
comment on column statistics.opening_balance.card_approved       is 'Approved. [public]';
comment on column statistics.opening_balance.card_produced       is 'Made. [public]';
comment on column statistics.opening_balance.card_returned       is 'Come back to the unit. [public]';
comment on column statistics.opening_balance.card_handed_over    is 'Handed over. [public]';
comment on column statistics.opening_balance.account_received    is 'With an account asked for. [public]';
comment on column statistics.opening_balance.account_received_2  is 'Of level 2. [public]';
comment on column statistics.opening_balance.account_approved    is 'Approved. [public]';
comment on column statistics.opening_balance.account_approved_2  is 'Of level 2. [public]';
comment on column statistics.opening_balance.account_activated   is 'Activated. [public]';
comment on column statistics.opening_balance.account_activated_2 is 'Of level 2. [public]';
grant select, insert on statistics.opening_balance to dinhdanh_app, dinhdanh_maintenance;

-- A target above the people whom the campaign means in the unit is issued for a reason alone, which its receiver reads.

alter table campaign.target add column above_reason text check (above_reason <> '');
comment on column campaign.target.above_reason is 'Why it is above the people meant there; empty where it is not. [public]';

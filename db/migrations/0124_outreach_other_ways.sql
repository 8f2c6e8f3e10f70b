-- A phone or a mailbox that received nothing is passed over by the messages that follow, where they have another way.
-- What goes another way says until when that is of use, so that nobody gets a letter about a day that has passed.
create table outreach.bounced_address (
  key   bytea       not null primary key check (length(key) = 32),
  since timestamptz not null
);
comment on table  outreach.bounced_address       is 'Phones and mailboxes that received nothing: messages go another way where they have one.';
comment on column outreach.bounced_address.key   is 'HMAC-SHA-256 of the address under the house''s key. [secret]';
comment on column outreach.bounced_address.since is 'Since when. [public]';
create index bounced_address_since on outreach.bounced_address (since);
alter table outreach.bounced_address enable row level security;
alter table outreach.bounced_address force  row level security;
create policy house       on outreach.bounced_address to dinhdanh_app using ((select platform.sees_house())) with check ((select platform.sees_house()));
create policy maintenance on outreach.bounced_address to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update, delete on outreach.bounced_address to dinhdanh_app;
grant select, insert, update, delete on outreach.bounced_address to dinhdanh_maintenance;

comment on column outreach.message.other_ways is 'Further ways, in order: recipient, address, subject, body, page, and the last day on which it may begin. [personal]';
comment on column outreach.message.former_ways is 'Ways that did not take it, as they were tried, with the last attempt of each; 0 of one that was left out since nothing arrived there of late. [personal]';

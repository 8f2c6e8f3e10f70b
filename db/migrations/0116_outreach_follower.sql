-- Who follows the installation's account at a channel such as Zalo, as far as that says so.
create table outreach.follower (
  channel    text        not null check (channel ~ '^[a-z]{1,20}$'),
  follower   bytea       not null check (length(follower) = 32),
  phone      text        check (phone ~ '^\+[1-9]\d{6,14}$'),
  follows    boolean,
  changed_at timestamptz not null,
  primary key (channel, follower)
);
create index follower_by_phone on outreach.follower (phone, channel) where phone is not null;
comment on table  outreach.follower            is 'Who follows the account of this installation at a channel: whoever left it is reached another way first.';
comment on column outreach.follower.channel    is 'At which channel. [public]';
comment on column outreach.follower.follower   is 'SHA-256 of what the channel calls the follower. [personal]';
comment on column outreach.follower.phone      is 'The phone in E.164 that the follower gave to the account; empty until then. [personal]';
comment on column outreach.follower.follows    is 'Whether they follow it; empty where only the phone is known. [personal]';
comment on column outreach.follower.changed_at is 'When they began or ended to follow, as the channel says. [public]';
alter table outreach.follower enable row level security;
alter table outreach.follower force  row level security;
create policy house       on outreach.follower to dinhdanh_app using ((select platform.sees_house()));
create policy maintenance on outreach.follower to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update on outreach.follower to dinhdanh_app;
grant select, insert, update, delete on outreach.follower to dinhdanh_maintenance;

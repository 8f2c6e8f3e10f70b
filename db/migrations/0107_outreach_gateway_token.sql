-- Zalo gives an access token for a refresh token that is good once: the new pair is kept, sealed, before it is used.
create table outreach.gateway_token (
  id         uuid        not null primary key,
  channel    text        not null unique check (channel <> ''),
  sealed     bytea       not null,
  renewed_at timestamptz not null
);
comment on table  outreach.gateway_token            is 'What a gateway gave us to be known by, where it changes with use.';
comment on column outreach.gateway_token.id         is 'The row, by which it is sealed. [public]';
comment on column outreach.gateway_token.channel    is 'Which channel. [public]';
comment on column outreach.gateway_token.sealed     is 'Access token, its end, and the refresh token for the next: AES-256-GCM under the house''s key. [secret]';
comment on column outreach.gateway_token.renewed_at is 'When it was given. [public]';
alter table outreach.gateway_token enable row level security;
alter table outreach.gateway_token force  row level security;
create policy house       on outreach.gateway_token to dinhdanh_app using ((select platform.sees_house()));
create policy maintenance on outreach.gateway_token to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update         on outreach.gateway_token to dinhdanh_app;
grant select, insert, update, delete on outreach.gateway_token to dinhdanh_maintenance;

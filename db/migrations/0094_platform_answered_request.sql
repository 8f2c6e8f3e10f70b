-- A browser that got no answer sends the same request again under the same key: it lands once, and the answer that was
-- lost is given again. For a day, to whoever sent it.

create table platform.answered_request (
  key      uuid        not null primary key,
  actor_id text        not null check (actor_id <> ''),
  door     text        not null check (door <> ''),
  at       timestamptz not null,
  answer   bytea       check (length(answer) > 28)
);
create index answered_request_by_time on platform.answered_request (at);
comment on table  platform.answered_request          is 'A change that a browser asked for under a key of its own, so that it lands once however often it is sent.';
comment on column platform.answered_request.key      is 'The key, a UUID that the browser made. [public]';
comment on column platform.answered_request.actor_id is 'Who asked; nobody else is answered. [personal]';
comment on column platform.answered_request.door     is 'Method and path of the endpoint, without ids. [public]';
comment on column platform.answered_request.at       is 'When it was asked first; a day later the row goes. [public]';
comment on column platform.answered_request.answer   is 'The answer as JSON, sealed (use "answer"); empty while its transaction runs. [secret]';

alter table platform.answered_request enable row level security;
alter table platform.answered_request force  row level security;
create policy maintenance on platform.answered_request to dinhdanh_maintenance using (true) with check (true);
create policy own on platform.answered_request to dinhdanh_app
  using (actor_id = (select platform.actor())) with check (actor_id = (select platform.actor()));
-- Whoever writes the next one drops what is over.
create policy over on platform.answered_request for delete to dinhdanh_app using (at < now() - interval '24 hours');
grant select, insert, update, delete on platform.answered_request to dinhdanh_app, dinhdanh_maintenance;

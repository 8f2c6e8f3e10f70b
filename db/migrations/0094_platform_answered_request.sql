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
comment on column platform.answered_request.answer   is 'The answer and the hash of what was asked, as JSON, by AES-256-GCM under the house’s key (use "answer"); empty while its transaction runs. [secret]';

alter table platform.answered_request enable row level security;
alter table platform.answered_request force  row level security;
create policy maintenance on platform.answered_request to dinhdanh_maintenance using (true) with check (true);
create policy own on platform.answered_request to dinhdanh_app
  using (actor_id = (select platform.actor())) with check (actor_id = (select platform.actor()));
grant select, insert, update, delete on platform.answered_request to dinhdanh_app, dinhdanh_maintenance;

-- Whoever writes the next one drops what is over, of whomever it is, without seeing it.
create function platform.drop_answers(before timestamptz, most integer) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as
$$
  delete from platform.answered_request where key in (
    select key from platform.answered_request where at < least(before, now() - interval '24 hours')
    order by at limit most for update skip locked)
$$;
comment on function platform.drop_answers is 'Drops some kept answers that are older than a day, the oldest first.';
grant create on schema platform to dinhdanh_maintenance;
alter function platform.drop_answers(timestamptz, integer) owner to dinhdanh_maintenance;
revoke create on schema platform from dinhdanh_maintenance;
revoke execute on function platform.drop_answers(timestamptz, integer) from public;
grant execute on function platform.drop_answers(timestamptz, integer) to dinhdanh_app, dinhdanh_maintenance;

-- The link that a start prints where nobody works here yet: it enters the first two officers, once.

create table staff.founding_link (
  id         uuid        not null primary key,
  token_hash bytea       not null unique check (length(token_hash) = 32),
  drawn_at   timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  ended_at   timestamptz,
  check (expires_at > drawn_at),
  check (used_at is null or ended_at is null)
);
-- A new one ends the one before.
create unique index one_open_founding_link on staff.founding_link ((true)) where used_at is null and ended_at is null;
-- An installation is founded once.
create unique index one_used_founding_link on staff.founding_link ((true)) where used_at is not null;

comment on table  staff.founding_link            is 'A link by which whoever started an empty installation enters its first two officers, once.';
comment on column staff.founding_link.id         is 'The link. [public]';
comment on column staff.founding_link.token_hash is 'SHA-256 of its secret, which the start printed. [secret]';
comment on column staff.founding_link.drawn_at   is 'When the start printed it. [public]';
comment on column staff.founding_link.expires_at is 'From when on it opens nothing. [public]';
comment on column staff.founding_link.used_at    is 'When the first two officers were entered by it. [public]';
comment on column staff.founding_link.ended_at   is 'When another took its place, or officers were entered otherwise. [public]';

alter table staff.founding_link enable row level security;
alter table staff.founding_link force  row level security;
create policy signing_in on staff.founding_link to dinhdanh_app
  using ((select staff.signing_in())) with check ((select staff.signing_in()));
create policy maintenance on staff.founding_link to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update on staff.founding_link to dinhdanh_app, dinhdanh_maintenance;

-- Posts that one officer proposed in one file, which another accepts by one decision.
alter table staff.proposal add column batch_id uuid;
comment on column staff.proposal.batch_id is 'The file in which it was proposed with others; empty of one that stands alone. [public]';
create index proposal_by_batch on staff.proposal (batch_id) where batch_id is not null;

-- What a family was told of a session that its child is on the roster of: that it is asked, that the session moved or is
-- not held, the evening before, and where else to come after it was missed. Each once; also who could not be told.
create table planning.family_notice (
  person_id   uuid        not null,
  id          uuid        not null,
  session_id  uuid        not null,
  unit_id     uuid        not null,
  kind        text        not null check (kind in ('invited', 'moved', 'cancelled', 'tomorrow', 'missed')),
  of_version  integer     not null check (of_version >= 0),
  message_id  uuid,
  not_told    text        check (not_told in ('no-phone', 'declined')),
  noted_at    timestamptz not null,
  primary key (person_id, id),
  check ((message_id is null) = (not_told is not null))
);
-- Nobody is told the same twice: of each kind once, of moves once a version of the session.
create unique index one_family_notice on planning.family_notice (person_id, session_id, kind, of_version);
create index family_notice_by_session on planning.family_notice (session_id);

comment on table  planning.family_notice            is 'What families were told of sessions, each once, and who could not be told.';
comment on column planning.family_notice.person_id  is 'Whose family. [personal]';
comment on column planning.family_notice.id         is 'The notice. [public]';
comment on column planning.family_notice.session_id is 'Of which session. [public]';
comment on column planning.family_notice.unit_id    is 'The session''s unit. [public]';
comment on column planning.family_notice.kind       is 'What they were told. [public]';
comment on column planning.family_notice.of_version is 'Of a move: the version of the session; else 0. [public]';
comment on column planning.family_notice.message_id is 'The message; empty where none could be sent. [public]';
comment on column planning.family_notice.not_told   is 'Why none was sent. [personal]';
comment on column planning.family_notice.noted_at   is 'When. [public]';

alter table planning.family_notice enable row level security;
alter table planning.family_notice force  row level security;
create policy scope on planning.family_notice to dinhdanh_app
  using ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))
  with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]));
create policy maintenance on planning.family_notice to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update on planning.family_notice to dinhdanh_app;
grant select, insert, update, delete on planning.family_notice to dinhdanh_maintenance;

-- Papers that people bring to a case, scanned or photographed: of corrections and of requests about one's own data.
create schema attachments;
comment on schema attachments is 'Papers attached to cases: what each is, who attached it, and its sealed content.';
grant usage on schema attachments to dinhdanh_app, dinhdanh_maintenance;

create table attachments.attachment (
  person_id       uuid        not null,
  id              uuid        not null,
  case_kind       text        not null check (case_kind in ('correction', 'data-request')),
  case_id         uuid,
  unit_id         uuid        not null,
  decides_unit_id uuid,
  paper           text        not null check (paper <> ''),
  type            text        not null check (type in ('image/jpeg', 'application/pdf')),
  bytes           integer     not null check (bytes > 0),
  received_sha256 bytea       not null check (length(received_sha256) = 32),
  kept_sha256     bytea       not null check (length(kept_sha256) = 32),
  width           integer     check (width > 0),
  height          integer     check (height > 0),
  scanned         boolean     not null,
  added_by        text        not null check (added_by <> ''),
  uploaded_at     timestamptz not null,
  added_at        timestamptz,
  removed_at      timestamptz,
  removed_reason  text        check (removed_reason <> ''),
  erase_at        timestamptz,
  erased_at       timestamptz,
  primary key (person_id, id),
  check ((case_id is null) = (added_at is null)),
  check ((removed_at is null) = (removed_reason is null)),
  check (removed_at is null or erased_at is not null),
  check ((type = 'image/jpeg') = (width is not null)),
  check ((width is null) = (height is null))
);
-- The same file lies in a case once.
create unique index one_file_in_case on attachments.attachment (person_id, case_id, received_sha256)
  where case_id is not null and removed_at is null;
create index attachment_by_id       on attachments.attachment (id);
create index attachment_by_case     on attachments.attachment (case_id) where case_id is not null;
create index attachment_unfinished  on attachments.attachment (uploaded_at) where case_id is null;
create index attachment_to_erase    on attachments.attachment (erase_at) where erased_at is null;

comment on table  attachments.attachment                 is 'A paper that was attached to a case, or to a form that is not sent yet. Its content lies apart.';
comment on column attachments.attachment.person_id       is 'Whom the case is about. [personal]';
comment on column attachments.attachment.id              is 'The attached paper. [public]';
comment on column attachments.attachment.case_kind       is 'correction (of the register) or data-request (about one''s own data). [public]';
comment on column attachments.attachment.case_id         is 'The case; empty while its form is not sent. [public]';
comment on column attachments.attachment.unit_id         is 'The unit that received it. [public]';
comment on column attachments.attachment.decides_unit_id is 'The unit that decides the case. [public]';
comment on column attachments.attachment.paper           is 'What the paper is, in place of the name of its file: birth-certificate, court-decision and so on. [personal]';
comment on column attachments.attachment.type            is 'As what it is kept. [public]';
comment on column attachments.attachment.bytes           is 'Its length as it is kept. [public]';
comment on column attachments.attachment.received_sha256 is 'SHA-256 of the file that came. [public]';
comment on column attachments.attachment.kept_sha256     is 'SHA-256 of what is kept; it is compared at each reading. [public]';
comment on column attachments.attachment.width           is 'Of a picture, in pixels. [public]';
comment on column attachments.attachment.height          is 'The same. [public]';
comment on column attachments.attachment.scanned         is 'Whether a virus scanner looked at it when it came. [public]';
comment on column attachments.attachment.added_by        is 'The officer who attached it. [personal]';
comment on column attachments.attachment.uploaded_at     is 'When the file came. [public]';
comment on column attachments.attachment.added_at        is 'When it came to the case. [public]';
comment on column attachments.attachment.removed_at      is 'When whoever attached it removed it, before the decision. [public]';
comment on column attachments.attachment.removed_reason  is 'Why. [personal]';
comment on column attachments.attachment.erase_at        is 'From when its content is to be destroyed, where its case was withdrawn. [public]';
comment on column attachments.attachment.erased_at       is 'When its content was destroyed. [public]';

create table attachments.content (
  attachment_id uuid  not null primary key,
  data_key      bytea not null check (length(data_key) = 60),
  body          bytea not null check (length(body) > 28)
);
comment on table  attachments.content               is 'The content of an attached paper, sealed. Whoever deletes a row has destroyed the paper with its key.';
comment on column attachments.content.attachment_id is 'Which paper. [public]';
comment on column attachments.content.data_key      is 'The key of this one file: AES-256-GCM under the house''s key (use "attachment"). [secret]';
comment on column attachments.content.body          is 'The file, AES-256-GCM under that key. [secret]';

alter table attachments.attachment enable row level security;
alter table attachments.attachment force  row level security;
create policy house       on attachments.attachment to dinhdanh_app using ((select platform.sees_house()));
create policy maintenance on attachments.attachment to dinhdanh_maintenance using (true) with check (true);
create policy own         on attachments.attachment for select to dinhdanh_app
  using (person_id = (select platform.person()) and case_id is not null and removed_at is null);
-- What is not sent yet is its officer's alone.
create policy unfinished  on attachments.attachment to dinhdanh_app
  using (case_id is null and added_by = (select platform.actor())
    and unit_id = any ((select platform.scope())::uuid[]));
create policy unit        on attachments.attachment to dinhdanh_app
  using (case_id is not null and (unit_id = any ((select platform.scope())::uuid[])
    or decides_unit_id = any ((select platform.scope())::uuid[])));
grant select, insert, update, delete on attachments.attachment to dinhdanh_app, dinhdanh_maintenance;

alter table attachments.content enable row level security;
alter table attachments.content force  row level security;
create policy maintenance on attachments.content to dinhdanh_maintenance using (true) with check (true);
-- Whoever sees the paper in the table above sees its content.
create policy seen        on attachments.content for select to dinhdanh_app
  using (exists (select from attachments.attachment a where a.id = content.attachment_id));
create policy written     on attachments.content for insert to dinhdanh_app
  with check (exists (select from attachments.attachment a where a.id = content.attachment_id
    and a.added_by = (select platform.actor())));
create policy destroyed   on attachments.content for delete to dinhdanh_app
  using (exists (select from attachments.attachment a where a.id = content.attachment_id
    and ((select platform.sees_house()) or a.added_by = (select platform.actor()))));
grant select, insert, delete on attachments.content to dinhdanh_app;
grant select, insert, update, delete on attachments.content to dinhdanh_maintenance;

-- The authority under which cards are signed (CSCA), its document signers, and what it has revoked. Private keys of
-- authorities lie here only under a key that their custodians hold in shares; those of signers under the installation's.

create schema pki;
comment on schema pki is 'The authority under which cards are signed, its signers and what it has revoked.';
grant usage on schema pki to dinhdanh_app, dinhdanh_maintenance;

create table pki.certificate (
  key_id        text        not null,
  serial        text        not null check (serial ~ '^[0-9a-f]{1,40}$'),
  kind          text        not null check (kind in ('authority', 'link', 'document-signer', 'master-list-signer')),
  issuer_key_id text        not null,
  der           bytea       not null,
  valid_from    timestamptz not null,
  valid_to      timestamptz not null,
  signs_to      timestamptz not null,
  issued_at     timestamptz not null,
  revoked_at    timestamptz,
  revoked_why   text,
  primary key (serial),
  check (valid_from < signs_to and signs_to <= valid_to),
  check ((revoked_at is null) = (revoked_why is null))
);
create unique index certificate_of_key on pki.certificate (key_id) where kind <> 'link';
comment on table  pki.certificate               is 'Certificates of the authority, of its signers, and links from a former key of the authority to the next.';
comment on column pki.certificate.key_id        is 'The key that is certified: the first 160 bits of SHA-256 of its bits, in hexadecimal (RFC 7093). [public]';
comment on column pki.certificate.serial        is 'The serial number, in hexadecimal. [public]';
comment on column pki.certificate.kind          is 'What it is for. [public]';
comment on column pki.certificate.issuer_key_id is 'The key that signed it. [public]';
comment on column pki.certificate.der           is 'The certificate. [public]';
comment on column pki.certificate.valid_from    is 'From when it holds. [public]';
comment on column pki.certificate.valid_to      is 'Until when it holds. [public]';
comment on column pki.certificate.signs_to      is 'Until when its key signs. [public]';
comment on column pki.certificate.issued_at     is 'When it was issued. [public]';
comment on column pki.certificate.revoked_at    is 'When it was revoked. [public]';
comment on column pki.certificate.revoked_why   is 'Why it was revoked. [public]';

create table pki.private_key (
  key_id         text        not null primary key,
  curve          text        not null,
  sealed         bytea,
  for_custodians bytea,
  threshold      smallint,
  custodians     text[]      not null default '{}',
  share_digests  text[]      not null default '{}',
  made_at        timestamptz not null,
  gone_at        timestamptz,
  check (num_nonnulls(sealed, for_custodians) = case when gone_at is null then 1 else 0 end),
  check (for_custodians is null or threshold is not null),
  check (sealed is null or threshold is null),
  check (threshold is null or threshold between 2 and cardinality(custodians)),
  check (cardinality(share_digests) = cardinality(custodians))
);
comment on table  pki.private_key                is 'Private keys: of signers, which the installation opens, and of the authority, which its custodians open together.';
comment on column pki.private_key.key_id         is 'The key, as its certificate names it. [public]';
comment on column pki.private_key.curve          is 'Its curve. [public]';
comment on column pki.private_key.sealed         is 'The private part of a signer, AES-256-GCM under the house''s key outside the database. [secret]';
comment on column pki.private_key.for_custodians is 'The private part of the authority, AES-256-GCM under a key that its custodians hold in shares. [secret]';
comment on column pki.private_key.threshold      is 'How many custodians open it together. [public]';
comment on column pki.private_key.custodians     is 'The custodians, by their recipients of age, in the order of their shares. [public]';
comment on column pki.private_key.share_digests  is 'SHA-256 of each share, in the order of the custodians: whose it is, and whether it was changed. [public]';
comment on column pki.private_key.made_at        is 'When it was made. [public]';
comment on column pki.private_key.gone_at        is 'When its private part was deleted. [public]';

create table pki.revocation_list (
  number        integer     not null primary key check (number > 0),
  issuer_key_id text        not null,
  der           bytea       not null,
  issued_at     timestamptz not null,
  next_at       timestamptz not null
);
comment on table  pki.revocation_list               is 'Lists of revoked signers, each with all that were revoked until then.';
comment on column pki.revocation_list.number        is 'Its number; each is greater than the one before. [public]';
comment on column pki.revocation_list.issuer_key_id is 'The key of the authority that signed it. [public]';
comment on column pki.revocation_list.der           is 'The list. [public]';
comment on column pki.revocation_list.issued_at     is 'When it was issued. [public]';
comment on column pki.revocation_list.next_at       is 'Until when the next one is issued. [public]';

alter table pki.certificate     enable row level security;
alter table pki.certificate     force  row level security;
alter table pki.private_key     enable row level security;
alter table pki.private_key     force  row level security;
alter table pki.revocation_list enable row level security;
alter table pki.revocation_list force  row level security;
create policy house on pki.certificate     to dinhdanh_app using ((select platform.sees_house())) with check ((select platform.sees_house()));
create policy house on pki.private_key     to dinhdanh_app using ((select platform.sees_house())) with check ((select platform.sees_house()));
create policy house on pki.revocation_list to dinhdanh_app using ((select platform.sees_house())) with check ((select platform.sees_house()));
create policy maintenance on pki.certificate     to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on pki.private_key     to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on pki.revocation_list to dinhdanh_maintenance using (true) with check (true);
grant select, insert, update on pki.certificate, pki.private_key to dinhdanh_app, dinhdanh_maintenance;
grant select, insert         on pki.revocation_list              to dinhdanh_app, dinhdanh_maintenance;

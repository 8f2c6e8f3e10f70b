-- An app in the place of another: the one that is used counts until the new one's first number was given back.
alter table accounts.totp add column offered bytea;
alter table accounts.totp alter column sealed drop not null;
update accounts.totp set offered = sealed, sealed = null where confirmed_at is null;
alter table accounts.totp add constraint totp_confirmed check ((sealed is null) = (confirmed_at is null));
alter table accounts.totp add constraint totp_some check (sealed is not null or offered is not null);
comment on column accounts.totp.sealed       is 'The shared secret that counts: AES-256-GCM under the house''s key; none until the first app was confirmed. [secret]';
comment on column accounts.totp.offered      is 'One that was shown to be scanned and is not confirmed yet, sealed in the same way. [secret]';
comment on column accounts.totp.offered_at   is 'When the latest one was shown to be scanned. [public]';
comment on column accounts.totp.confirmed_at is 'When the first number of the one that counts was given back. [public]';

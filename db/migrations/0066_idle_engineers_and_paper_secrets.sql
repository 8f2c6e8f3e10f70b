-- An engineer's session ends when nobody uses it (src/parties/law.ts, parties.developer-idle-minutes).
alter table parties.engineer_session add column seen_at timestamptz;
-- Nobody noted when the sessions of before were used: they count as used when they began.
update parties.engineer_session set seen_at = began_at;
alter table parties.engineer_session alter column seen_at set not null;
comment on column parties.engineer_session.seen_at is 'Last used, to the minute. [public]';
-- Secrets on paper have 140 random bits; those that were printed before count until they are used, replaced or end.
comment on column accounts.recovery_code.hash is 'SHA-256 of 140 random bits, of 80 in codes of before: nobody tries them out, and a slow hash would protect nothing more. [secret]';
comment on column accounts.slip.hash is 'SHA-256 of the 140 random bits on the paper, of 80 on slips of before. [secret]';

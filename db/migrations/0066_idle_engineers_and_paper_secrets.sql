-- An engineer's session ends when nobody uses it (src/parties/law.ts, parties.developer-idle-minutes).
alter table parties.engineer_session add column seen_at timestamptz;
-- Nobody noted when the sessions of before were used: they count as used when they began.
update parties.engineer_session set seen_at = began_at;
alter table parties.engineer_session alter column seen_at set not null;
comment on column parties.engineer_session.seen_at is 'Last used, to the minute. [public]';

-- The days to activate run from a notice that could arrive: by which message the holder was told, so that one that never arrives takes the days back.
alter table accounts.account add column notice_id uuid;
create index account_by_notice on accounts.account (notice_id) where notice_id is not null;
comment on column accounts.account.notice_id   is 'The message by which the days to activate began; empty where the holder was told at a counter, on the line or by a slip. [public]';
comment on column accounts.account.notified_at is 'When the holder was told of the approval: the message was queued, or a slip handed out; empty again where that message never arrived. [public]';

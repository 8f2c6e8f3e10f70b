-- A mailbox that the holder of an account confirmed: messages that the phone does not take go there. It opens nothing.
alter table accounts.account
  add column email text check (email <> '' and length(email) <= 254),
  add column email_asked text check (email_asked <> '' and length(email_asked) <= 254);
comment on column accounts.account.email       is 'The mailbox that the holder confirmed, for messages that the phone does not take; it opens nothing. Empty = none. [personal]';
comment on column accounts.account.email_asked is 'A mailbox to which a number was sent, until its holder types the number. [personal]';
alter table accounts.one_time_code
  drop constraint one_time_code_purpose_check,
  add constraint one_time_code_purpose_check check (purpose in ('sign-in', 'activation', 'step-up', 'new-device', 'passcode',
    'device-shown', 'slip-stop', 'mailbox'));

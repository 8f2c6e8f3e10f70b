-- How many wrong tries end a code or a slip is a rule that an installation may change (accounts.sent-code,
-- accounts.wrong-data-end-slip); the tables count whatever it says.
alter table accounts.one_time_code drop constraint one_time_code_tries_check, add check (tries >= 0);
alter table accounts.slip drop constraint slip_tries_check, add check (tries >= 0);

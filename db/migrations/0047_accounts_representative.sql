-- When another parent or guardian acts for a child, nothing that the former one held opens the account.
alter table accounts.slip drop constraint slip_why_check;
alter table accounts.slip add constraint slip_why_check check (why in ('printed-anew', 'wrong-data', 'representative'));
comment on column accounts.device.why is 'Why: replaced, lost, locked; representative: another acts for the child. [public]';

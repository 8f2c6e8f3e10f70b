-- A gateway may write in receipts another spelling of its names, so that "10" is the sixteenth text, not the tenth. A
-- receipt that waits for its message is therefore kept by the phone that it names, too, beside a part of that name.
update outreach.part set address = '' where address is null or message_id is not null;
alter table outreach.part
  alter column address set default '',
  alter column address set not null,
  drop constraint part_pkey,
  add primary key (channel, gateway_id, address),
  add check (message_id is null or address = '');
comment on column outreach.part.address is 'The phone that a receipt without a message names; empty = none, or its message is known. [personal]';

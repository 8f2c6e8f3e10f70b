-- Since when a phone is known: what was said at a counter is not put back by an extract of that day or before.

alter table accounts.account add column phone_on date;
update accounts.account a set phone_on = c.day
from (select person_id, account_id, max((at at time zone 'Asia/Ho_Chi_Minh')::date) as day from accounts.phone_change group by person_id, account_id) c
where c.person_id = a.person_id and c.account_id = a.id;
comment on column accounts.account.phone_on is 'The day on which the phone was last changed here: an extract of that day or before never puts a former one back. [public]';

alter table accounts.phone_change drop constraint phone_change_proof_check;
alter table accounts.phone_change add constraint phone_change_proof_check check (proof in ('card', 'face-known', 'given-up', 'representative', 'extract'));
comment on column accounts.phone_change.proof is 'How the officer knew whom they had before them: card, face-known (by the register''s data, without a card); given-up: the number''s owner registered it; representative: who acts for a child has another, or is another; extract: a later extract told of it. [public]';

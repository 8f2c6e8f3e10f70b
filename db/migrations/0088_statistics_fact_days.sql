-- A report says since when a thing is so; that day is kept beside the day for which the report holds. So a fact counts
-- on its own day, however late it was reported, and a later report of another day is a correction.

alter table cards.transition add column since_on date;
comment on column cards.transition.since_on is 'Since which day it is so, where the report says; empty = it does not say. [public]';

alter table accounts.transition add column requested_on date, add column approved_on date, add column activated_on date;
comment on column accounts.transition.requested_on is 'The day of the request, where the report says. [public]';
comment on column accounts.transition.approved_on  is 'The day of the approval, where the report says. [public]';
comment on column accounts.transition.activated_on is 'The day of the activation, where the report says. [public]';

-- What earlier extracts said is known of each account's last report alone: an earlier one's days were overwritten. A day
-- after the report's own is not what that report said. Deeds of imports name no person, so they do not tell either.
update accounts.transition t
set approved_on = case when a.approved_on <= t.on_day then a.approved_on end,
    activated_on = case when t.state in ('activated', 'locked') and a.activated_on <= t.on_day then a.activated_on end
from (select person_id, id, (approved_at at time zone 'Asia/Ho_Chi_Minh')::date as approved_on,
        (activated_at at time zone 'Asia/Ho_Chi_Minh')::date as activated_on
      from accounts.account where origin = 'imported') a
where a.person_id = t.person_id and a.id = t.account_id and t.state in ('approved', 'activated', 'locked')
  and (a.approved_on <= t.on_day or a.activated_on <= t.on_day);

create or replace view cards.published_transition with (security_invoker = true) as
  select person_id, card_id, state, on_day, at, since_on from cards.transition;
create or replace view accounts.published_transition with (security_invoker = true) as
  select person_id, account_id, state, level, on_day, at, requested_on, approved_on, activated_on
  from accounts.transition;

-- What is stuck, wherever it is stuck: cards that only an extract knows, cards that nobody fetches, cards that end,
-- accounts, and messages that did not arrive. Views tell what a step, its unit and its last day depend on.

create or replace view cards.published_whereabouts with (security_invoker = true) as
select c.person_id, c.id as card_id, c.state, c.state_on as since_on, o.application_id, o.unit_id, o.school_id,
       o.due_on, b.batch_id, x.box_id, x.state as box_state, x.to_school as box_to_school,
       l.kind as place_kind, l.place_id, l.since_on as place_since_on, w.withheld_on,
       c.origin, c.issued_on, x.box_stage, x.box_sender_id, x.box_to_id, m.unit_id as batch_unit_id,
       v.school_id as list_school_id
from cards.card c
left join cards.card_order o  on o.person_id = c.person_id and o.card_id = c.id
left join cards.batch_card b  on b.person_id = c.person_id and b.card_id = c.id and b.state = 'waiting'
left join cards.batch m       on m.id = b.batch_id
left join lateral (
  select k.box_id, k.state, h.to_kind = 'school' as to_school, h.state as box_stage,
         case h.from_kind when 'unit' then h.from_id else h.unit_id end as box_sender_id, h.to_id as box_to_id
  from cards.box_card k join cards.box h on h.id = k.box_id
  where k.person_id = c.person_id and k.card_id = c.id and k.state in ('in', 'missing')
) x on true
left join cards.location l    on l.person_id = c.person_id and l.card_id = c.id
left join cards.hand_over_list v on l.kind = 'list' and v.id = l.place_id
left join cards.withholding w on w.person_id = c.person_id and w.card_id = c.id and w.given_back_on is null;

create or replace view cards.published_card with (security_invoker = true) as
select c.person_id, c.id, c.serial, c.state, c.issued_on, c.expires_on, c.state_on, o.application_id, o.due_on, c.origin
from cards.card c left join cards.card_order o on o.person_id = c.person_id and o.card_id = c.id;

-- Few of a province's cards are blocked or ended without another, or end within weeks; of the others none is read.
create index card_blocked_or_expired on cards.card (state, state_on, person_id, id) where state in ('blocked', 'expired');
create index card_by_end_of_term on cards.card (expires_on, person_id, id) where state = 'handed-over';

create or replace view accounts.published_account with (security_invoker = true) as
select person_id, id, level, state, phone, approved_at, activated_at, state_on,
       (approved_at  at time zone 'Asia/Ho_Chi_Minh')::date as approved_on,
       (activated_at at time zone 'Asia/Ho_Chi_Minh')::date as activated_on,
       requested_at, asked_via, unit_id, due_on, representative_id, notified_at, activate_by, locked_for,
       last_day, handed_up_at
from accounts.account;

create or replace view follow_ups.published_follow_up with (security_invoker = true) as
select scope_id, id, kind, period, source_id, source_place, subject_id, person_id, reason, owner, owner_unit_id, due_on,
       opened_on
from follow_ups.follow_up f
where state = 'open';

create index number_cancelled on register.number (person_id) where state = 'cancelled';

-- What has no day of its own elsewhere is kept each night, to know since when it was seen.
alter table enrolment.gap drop constraint gap_kind_check;
alter table enrolment.gap add constraint gap_kind_check check (kind in (
  'counter-hole', 'captured-not-received', 'begun-not-finished', 'held', 'refused-packet', 'received-not-landed',
  'chain-broken', 'begun-not-submitted', 'received-not-checked', 'received-not-approved', 'waits-for-correction',
  'returned-not-acted', 'approved-not-produced', 'produced-not-sent', 'produced-not-received', 'missing-from-box',
  'stray-in-box', 'received-not-handed-over', 'at-school-not-handed-over', 'uncollected', 'ended-not-destroyed',
  'owed-not-remade'));

-- What falls between the stages of a card: cards that ended before their holders had them and lie here still, cards that lay in a box and are on no list, and holders to whom a card is owed.

-- Where it was looked for and does not lie.
alter table cards.location
  drop constraint location_kind_check,
  drop constraint location_check,
  add constraint location_kind_check check (kind in ('maker', 'unit', 'school', 'list', 'holder', 'gone')),
  add constraint location_check check ((place_id is null) = (kind in ('maker', 'holder', 'gone')));
comment on column cards.location.kind is 'At the maker, at a unit, at a school, with whoever collected a list, with its holder; gone = an officer looked for it, and it lies nowhere here. [personal]';

-- Few cards lie anywhere, and few of those that were issued here have ended: each is found without reading a province's cards.
create index location_lying on cards.location (person_id, card_id) where kind in ('maker', 'unit', 'school', 'list');
create index card_ended_here on cards.card (person_id, id) where origin = 'issued' and state in ('revoked', 'expired');
create index taken_in_by_card on cards.taken_in (person_id, card_id) where card_id is not null;

-- An old card is seen where it lies, whoever's it was: else nobody could destroy it.
create policy held on cards.taken_in to dinhdanh_application
  using      (unit_id = any ((select platform.scope())::uuid[]))
  with check (unit_id = any ((select platform.scope())::uuid[]));

create view cards.published_ended with (security_invoker = true) as
with here as (
  select l.person_id, l.card_id from cards.location l where l.kind in ('maker', 'unit', 'school', 'list')
  union select k.person_id, k.card_id from cards.box_card k where k.state in ('in', 'missing')
  union select c.person_id, c.id from cards.card c where c.origin = 'issued' and c.state in ('revoked', 'expired')
          and exists (select from cards.production p where p.person_id = c.person_id and p.passed_card = c.id)
          and not exists (select from cards.location l where l.person_id = c.person_id and l.card_id = c.id)
)
select c.person_id, c.id as card_id, c.serial, c.state, c.state_on as since_on, o.application_id, o.due_on, o.school_id, x.id as box_id, x.code as box_code, k.state as line_state,
       case when x.id is not null then 'box' else coalesce(l.kind, 'maker') end as place_kind,
       -- With whom it lies; and which unit must act.
       case when x.id is not null then case when x.state in ('open', 'sealed') then coalesce(x.from_id, x.unit_id) else x.to_id end
            when l.kind is null then coalesce(m.unit_id, o.unit_id) else coalesce(l.place_id, o.unit_id) end as place_id,
       coalesce(case when x.id is not null then case when x.state in ('open', 'sealed') or x.to_kind = 'school' then x.unit_id else x.to_id end
                     when l.kind = 'unit' then l.place_id
                     when l.kind = 'list' then g.unit_id
                     when l.kind is null  then m.unit_id end, o.unit_id) as unit_id
from here h
join cards.card c on c.person_id = h.person_id and c.id = h.card_id
left join cards.card_order o     on o.person_id = c.person_id and o.card_id = c.id
left join cards.box_card k       on k.person_id = c.person_id and k.card_id = c.id and k.state in ('in', 'missing')
left join cards.box x            on x.id = k.box_id
left join cards.location l       on l.person_id = c.person_id and l.card_id = c.id
left join cards.hand_over_list g on l.kind = 'list' and g.id = l.place_id
left join cards.production p     on p.person_id = c.person_id and p.passed_card = c.id
left join cards.batch m          on m.id = p.batch_id
where c.state in ('revoked', 'expired')
  and not exists (select from cards.move w where w.person_id = c.person_id and w.card_id = c.id and w.state in ('handed-over', 'blocked'))
  and not exists (select from cards.taken_in t where t.person_id = c.person_id and t.card_id = c.id)
  and not exists (select from cards.taken_in t where t.person_id = c.person_id and t.number = c.serial)
  and not exists (select from cards.box_card q where q.person_id = c.person_id and q.card_id = c.id and q.state = 'lost')
  and not exists (select from cards.withholding w where w.person_id = c.person_id and w.card_id = c.id and w.given_back_on is null);
comment on view cards.published_ended is 'Cards that ended before their holders had them and lie here still, with the unit that must take each in for destruction.';

create view cards.published_owed with (security_invoker = true) as
select r.person_id, r.card_id, r.code, r.revoked_on as since_on, o.application_id, coalesce(o.unit_id, d.unit_id) as unit_id
from cards.revocation r
left join cards.card_order o on o.person_id = r.person_id and o.card_id = r.card_id
left join register.published_residence d on d.person_id = r.person_id and d.kind = 'permanent' and d.to_on is null
where (r.code in ('misprinted', 'lost-in-transit')
       or r.code = 'damaged' and not exists (select from cards.move m where m.person_id = r.person_id and m.card_id = r.card_id and m.state in ('handed-over', 'blocked')))
  and not exists (select from cards.card c where c.person_id = r.person_id and c.id <> r.card_id
                  and (c.state in ('applied', 'approved', 'produced', 'at-unit') or c.state in ('handed-over', 'blocked', 'expired') and c.state_on >= r.revoked_on
                       or c.state = 'revoked' and c.state_on > r.revoked_on))
  and not exists (select from register.published_birth b where b.person_id = r.person_id and b.life_status = 'dead');
comment on view cards.published_owed is 'Holders whose card ended by no fault of theirs and for whom none is on its way, with the unit that must act.';

-- A card that lay in a box and is on no list stands until somebody says what became of it.
alter table cards.box_stray
  add column id         uuid not null default gen_random_uuid(),
  add column outcome    text check (outcome in ('found', 'sent-back', 'misread')),
  add column note       text,
  add column settled_by text,
  add column settled_at timestamptz,
  add constraint settled_whole check ((outcome is null) = (settled_at is null) and (outcome is null) = (settled_by is null)),
  add constraint stray_by_id unique (id);
create index box_stray_open on cards.box_stray (serial) where outcome is null;
comment on column cards.box_stray.id         is 'The find. [public]';
comment on column cards.box_stray.outcome    is 'found = the card was taken in where it lies; sent-back = it went back to who packed the box; misread = no such card lay there; empty = nobody has acted. [public]';
comment on column cards.box_stray.note       is 'In words, what was done. [personal]';
comment on column cards.box_stray.settled_by is 'Who acted. [personal]';
comment on column cards.box_stray.settled_at is 'When. [public]';
grant update on cards.box_stray to dinhdanh_application, dinhdanh_maintenance;

create view cards.published_stray with (security_invoker = true) as
select s.id, s.unit_id, s.box_id, s.card_id, b.counted_at from cards.box_stray s join cards.box b on b.id = s.box_id where s.outcome is null and b.counted_at is not null;
comment on view cards.published_stray is 'Cards that lay in a box, are on no list and for which nobody has acted yet.';

grant select on cards.published_ended, cards.published_owed, cards.published_stray to dinhdanh_application, dinhdanh_maintenance;

-- An application goes where its card goes: printed wrong, it is made anew; ended before it was handed over, so does the application, and its person may apply again.
insert into enrolment.legal_move (from_state, to_state)
select f, unnest(string_to_array(t, ' ')) from (values
  ('printed',         'reprint cancelled'),
  ('shipped',         'reprint cancelled'),
  ('at-unit',         'reprint cancelled'),
  ('dispatched',      'reprint cancelled'),
  ('lost-in-transit', 'cancelled')) as m (f, t);

alter table enrolment.gap
  drop constraint gap_kind_check,
  add constraint gap_kind_check check (kind in ('counter-hole', 'captured-not-received', 'held', 'refused-packet', 'received-not-landed', 'chain-broken', 'received-not-approved',
    'waits-for-correction', 'returned-not-acted', 'approved-not-produced', 'produced-not-received', 'missing-from-box', 'stray-in-box', 'received-not-handed-over', 'ended-not-destroyed',
    'owed-not-remade'));

-- What the last reading of a card's chip found, where that speaks against the card: somebody has to act on it.

create index chip_reading_against on cards.chip_reading (person_id, card_id, ended_at desc)
  where outcome in ('copy', 'another-card', 'not-genuine');

create view cards.published_chip_finding with (security_invoker = true) as
select r.person_id, r.card_id, r.unit_id, r.outcome, r.ended_at
from cards.chip_reading r
where r.outcome in ('copy', 'another-card', 'not-genuine')
  and not exists (select from cards.chip_reading l
                  where l.person_id = r.person_id and l.card_id = r.card_id and l.ended_at > r.ended_at
                    and l.outcome in ('copy', 'another-card', 'not-genuine', 'original'));
grant select on cards.published_chip_finding to dinhdanh_app, dinhdanh_maintenance;
comment on view   cards.published_chip_finding           is 'The last reading of a card''s chip, where it found a copy, another card or changed files.';
comment on column cards.published_chip_finding.person_id is 'Whose card. [personal]';
comment on column cards.published_chip_finding.card_id   is 'Which card it was to be. [public]';
comment on column cards.published_chip_finding.unit_id   is 'In which unit it was read. [public]';
comment on column cards.published_chip_finding.outcome   is 'copy, another-card or not-genuine. [public]';
comment on column cards.published_chip_finding.ended_at  is 'When. [public]';

-- Pieces of packets that never came whole: since when they lie here, so that what is needed no more can go and what is needed is listed.

alter table enrolment.packet_piece add column came_at timestamptz not null default now();
alter table enrolment.packet_piece alter column came_at drop default;
comment on column enrolment.packet_piece.came_at is 'When it came. [public]';

alter table enrolment.gap drop constraint gap_kind_check;
alter table enrolment.gap add constraint gap_kind_check
  check (kind in ('counter-hole', 'captured-not-received', 'begun-not-finished', 'held', 'refused-packet', 'received-not-landed', 'chain-broken', 'received-not-approved',
                  'waits-for-correction', 'returned-not-acted', 'approved-not-produced', 'produced-not-received', 'missing-from-box', 'stray-in-box', 'received-not-handed-over', 'ended-not-destroyed',
                  'owed-not-remade'));

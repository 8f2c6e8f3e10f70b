-- Somebody without a number is captured: the packet waits for the request by which they get one, and goes on with the
-- capture that it has. Or they were turned away, and the packet is the trace of it.

alter table enrolment.packet
  add column collection_id uuid,
  add column turned_away   text check (turned_away <> ''),
  add constraint packet_turned_away_is_over check (turned_away is null or state = 'landed' and person_id is null);

create index packet_by_collection on enrolment.packet (collection_id) where collection_id is not null;
create index packet_turned_away on enrolment.packet (unit_id, announced_at) where turned_away is not null;

comment on column enrolment.packet.collection_id is 'By which request for a number its person is established (form DC01). [public]';
comment on column enrolment.packet.turned_away is 'Why its person, who has no number, was turned away at the station; no application comes of it. [public]';

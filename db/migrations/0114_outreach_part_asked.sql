-- Some gateways never say by themselves what became of a text, and are asked. So often at most, and no longer than its
-- receipt is awaited.
alter table outreach.part add column asked_at timestamptz;
comment on column outreach.part.asked_at is 'When the gateway was last asked what became of it; empty = never. [public]';

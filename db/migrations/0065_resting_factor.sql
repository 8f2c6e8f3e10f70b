-- A second factor that was added on the strength of a code by mail opens nothing for some days: whoever reads a mailbox
-- and knows its officer's password adds none behind their back.

alter table staff.factor add column rests_until timestamptz check (rests_until > added_at);
comment on column staff.factor.rests_until is 'Until when it opens nothing, since it was added by a code by mail alone; empty = it never rested. [public]';

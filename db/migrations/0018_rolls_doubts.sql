-- A row that nobody was found for may be a child who is on no roll, though too unlikely to be named among a million people: such doubts are weighed among those
-- children alone, and kept beside the row (rolls/doubts.ts).

alter table rolls.candidate add column is_doubt boolean not null default false;
comment on column rolls.candidate.is_doubt is 'One of the children on nobody''s roll: how likely is said among these alone. [public]';
create index candidate_in_doubt on rolls.candidate (roll_id) where is_doubt;

comment on column rolls.watermark.name is 'Who follows: register; and what is derived, which knows everything until then: doubts and the school year. [public]';

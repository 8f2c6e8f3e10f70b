-- An officer who gives a school numbers says why, by a reason of a list. What was given before has the words alone.
alter table rolls.released_number add column why text check (why <> '');
comment on column rolls.released_number.why is 'The reason, of those that the officer chooses from; empty for numbers that were given before there was a list. [public]';
comment on column rolls.released_number.reason is 'What for, in words, as the person''s history has it. [personal]';

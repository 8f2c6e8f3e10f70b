-- Whose numbers an officer gave to which school on a day, counted for the auditor. Days that were derived before say
-- nothing of it.
alter table inspection.officer_day
  add column release_schools uuid[]    not null default '{}',
  add column release_counts  integer[] not null default '{}',
  add check (cardinality(release_schools) = cardinality(release_counts));
comment on column inspection.officer_day.release_schools is 'Schools that were given numbers, the one that was given most first. [public]';
comment on column inspection.officer_day.release_counts  is 'Of how many people each of them was given the number. [public]';

create view rolls.published_release with (security_invoker = true) as
  select n.person_id, n.school_id, n.released_by, n.released_on, n.why from rolls.released_number n;
comment on view rolls.published_release is 'Whose numbers which officer gave to which school, and why, for contexts above.';
grant select on rolls.published_release to dinhdanh_app, dinhdanh_maintenance;

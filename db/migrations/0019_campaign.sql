-- Campaigns: who is meant, by when, how many were asked of which unit, and who that is by name.

create schema campaign;
grant usage on schema campaign to dinhdanh_application, dinhdanh_maintenance;

-- What was known when -------------------------------------------------------------------------------------------------

create table campaign.edition (
  number integer     not null primary key,
  day    date        not null,
  at     timestamptz not null
);
create index edition_by_day on campaign.edition (day, number);
insert into campaign.edition (number, day, at) values (0, '0001-01-01', '-infinity');
comment on table  campaign.edition        is 'States of knowledge, numbered: each time something that is counted changes, the next begins. A figure is of a day, as known in an edition.';
comment on column campaign.edition.number is 'Grows by one. [public]';
comment on column campaign.edition.day    is 'The house''s day when it began. [public]';
comment on column campaign.edition.at     is 'The instant when it began. [public]';

-- What is wanted ----------------------------------------------------------------------------------------------------------

create table campaign.campaign (
  id          uuid        not null primary key,
  name        text        not null unique check (name ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  title       text        not null check (title <> ''),
  purpose     text,
  unit_id     uuid        not null references units.unit (id),
  basis       text        not null check (basis in ('school', 'permanent', 'temporary', 'current')),
  school_year text,
  starts_on   date        not null,
  metrics     text[]      not null check (cardinality(metrics) > 0),
  state       text        not null check (state in ('open', 'closed')),
  closed_in   integer,
  version     integer     not null check (version > 0),
  created_on  date        not null,
  created_at  timestamptz not null,
  check ((state = 'closed') = (closed_in is not null))
);
comment on table  campaign.campaign             is 'A drive with a deadline: what is to be done for whom, and since when.';
comment on column campaign.campaign.id          is 'The campaign. [public]';
comment on column campaign.campaign.name        is 'What commands call it. [public]';
comment on column campaign.campaign.title       is 'What people call it. [public]';
comment on column campaign.campaign.purpose     is 'What it is for, in a sentence. [public]';
comment on column campaign.campaign.unit_id     is 'The unit that runs it; its subtree takes part. [public]';
comment on column campaign.campaign.basis       is 'By which tie people belong to a unit: the school attended, or a residence of a kind. [public]';
comment on column campaign.campaign.school_year is 'The school year whose rolls count. [public]';
comment on column campaign.campaign.starts_on   is 'First day. [public]';
comment on column campaign.campaign.metrics     is 'What is counted, the first before all; names of src/campaign/metric.ts. [public]';
comment on column campaign.campaign.state       is 'open or closed; a closed one is counted no more. [public]';
comment on column campaign.campaign.closed_in   is 'The edition in which it was closed: its figures and lists stay as they were known then. [public]';
comment on column campaign.campaign.version     is 'Grows with each change of what is wanted. [public]';
comment on column campaign.campaign.created_on  is 'The house''s day when it was made. [public]';
comment on column campaign.campaign.created_at  is 'When it was made. [public]';

create table campaign.cohort (
  campaign_id uuid     not null references campaign.campaign (id),
  place       smallint not null,
  name        text     not null,
  rule        jsonb    not null,
  primary key (campaign_id, place)
);
comment on table  campaign.cohort             is 'Whom a campaign means, by a rule; a person of several cohorts belongs to the first.';
comment on column campaign.cohort.campaign_id is 'Of which campaign. [public]';
comment on column campaign.cohort.place       is 'In which order. [public]';
comment on column campaign.cohort.name        is 'What it is called. [public]';
comment on column campaign.cohort.rule        is 'The rule (src/campaign/rule.ts). [public]';

create table campaign.band (
  campaign_id uuid     not null references campaign.campaign (id),
  band        smallint not null check (band > 0),
  name        text     not null,
  cohort      smallint not null,
  born_from   smallint,
  born_to     smallint,
  primary key (campaign_id, band)
);
comment on table  campaign.band             is 'The parts by which a campaign''s people are counted: cohort and years of birth, chosen once. Each person is in one.';
comment on column campaign.band.campaign_id is 'Of which campaign. [public]';
comment on column campaign.band.band        is 'Which part; 0 stands for all of them. [public]';
comment on column campaign.band.name        is 'What it is called. [public]';
comment on column campaign.band.cohort      is 'Of which cohort. [public]';
comment on column campaign.band.born_from   is 'First year of birth; empty = since ever. [public]';
comment on column campaign.band.born_to     is 'Last year of birth; empty = without end. [public]';

create table campaign.deadline (
  campaign_id uuid not null references campaign.campaign (id),
  name        text not null check (name <> ''),
  on_day      date not null,
  proof       text not null check (proof in ('card-in-hand', 'account-activated', 'number-known')),
  primary key (campaign_id, name)
);
comment on table  campaign.deadline             is 'What must be in hand by when.';
comment on column campaign.deadline.campaign_id is 'Of which campaign. [public]';
comment on column campaign.deadline.name        is 'What it is called. [public]';
comment on column campaign.deadline.on_day      is 'The last day on which it is in time. [public]';
comment on column campaign.deadline.proof       is 'What must be so. [public]';

create table campaign.target (
  campaign_id uuid        not null references campaign.campaign (id),
  unit_id     uuid        not null references units.unit (id),
  metric      text        not null,
  batch       text        not null check (batch <> ''),
  version     integer     not null check (version > 0),
  value       integer     not null check (value >= 0),
  assigned_on date        not null,
  due_on      date        not null,
  issued_by   text        not null,
  split_by    text        check (split_by in ('hand', 'population', 'cohort', 'need', 'file')),
  at          timestamptz not null,
  primary key (campaign_id, unit_id, metric, batch, version),
  check (assigned_on <= due_on)
);
comment on table  campaign.target             is 'How many a unit is asked for, in batches; a revised one is a new version, and the earlier ones stay. Batches add up.';
comment on column campaign.target.campaign_id is 'Of which campaign. [public]';
comment on column campaign.target.unit_id     is 'Of whom it is asked. [public]';
comment on column campaign.target.metric      is 'How many of what. [public]';
comment on column campaign.target.batch       is 'In which batch. [public]';
comment on column campaign.target.version     is 'Which version of it; the last one assigned by a day is in force on it. [public]';
comment on column campaign.target.value       is 'How many, beside the other batches. [public]';
comment on column campaign.target.assigned_on is 'Since when it is asked. [public]';
comment on column campaign.target.due_on      is 'By when. [public]';
comment on column campaign.target.issued_by   is 'The commander who issued it, by name and post as on paper. [public]';
comment on column campaign.target.split_by    is 'How it was found: by hand, or by the population, cohort or need of the units. [public]';
comment on column campaign.target.at          is 'When it was entered. [public]';

-- Who that is --------------------------------------------------------------------------------------------------------------

create table campaign.exception (
  person_id   uuid        not null,
  campaign_id uuid        not null,
  kind        text        not null check (kind in ('added', 'excused')),
  reason      text        not null check (reason <> ''),
  other_id    uuid,
  note        text,
  on_day      date        not null,
  by_kind     text        not null,
  by_id       text        not null,
  at          timestamptz not null,
  primary key (person_id, campaign_id)
);
comment on table  campaign.exception             is 'A person whom someone added to a campaign or excused from it, against the rule.';
comment on column campaign.exception.person_id   is 'Who. [personal]';
comment on column campaign.exception.campaign_id is 'Of which campaign. [public]';
comment on column campaign.exception.kind        is 'added or excused. [public]';
comment on column campaign.exception.reason      is 'Why; a code of src/campaign/exception.ts. [public]';
comment on column campaign.exception.other_id    is 'Of a duplicate: the record that stays. [personal]';
comment on column campaign.exception.note        is 'In words. [personal]';
comment on column campaign.exception.on_day      is 'Since which day. [public]';
comment on column campaign.exception.by_kind     is 'What kind of actor said so. [public]';
comment on column campaign.exception.by_id       is 'Who said so. [personal]';
comment on column campaign.exception.at          is 'When. [public]';

create table campaign.member (
  person_id   uuid     not null,
  campaign_id uuid     not null,
  band        smallint not null,
  unit_id     uuid     not null,
  school_id   uuid,
  class       text,
  in_on       date     not null,
  came_by     text     not null check (came_by in ('rule', 'added', 'moved', 'joined-roll', 'corrected')),
  since       integer  not null,
  primary key (person_id, campaign_id)
);
create index member_by_unit on campaign.member (campaign_id, unit_id, person_id);
create index member_by_edition on campaign.member (campaign_id, since);
create index member_by_school on campaign.member (campaign_id, school_id, class) where school_id is not null;
comment on table  campaign.member             is 'Who is meant by a campaign, as known now: derived from rules, exceptions, register and rolls, and written anew where these change.';
comment on column campaign.member.person_id   is 'Who. [personal]';
comment on column campaign.member.campaign_id is 'By which campaign. [public]';
comment on column campaign.member.band        is 'In which part. [public]';
comment on column campaign.member.unit_id     is 'In which commune, as it is written in the register or of the school. [personal]';
comment on column campaign.member.school_id   is 'At which school, where the campaign counts by schools or knows it. [personal]';
comment on column campaign.member.class       is 'In which class. [personal]';
comment on column campaign.member.in_on       is 'Since which day they count: the eve of the campaign, or the day they came of age. [personal]';
comment on column campaign.member.came_by     is 'How they came in: by the rule from the outset, added by someone, moved in, joined a roll, or by a correction. [public]';
comment on column campaign.member.since       is 'Since which edition it is so. [public]';

create table campaign.former_member (
  person_id   uuid     not null,
  campaign_id uuid     not null,
  until       integer  not null,
  band        smallint not null,
  unit_id     uuid     not null,
  school_id   uuid,
  class       text,
  in_on       date     not null,
  came_by     text     not null,
  since       integer  not null,
  cause       text     not null,
  primary key (person_id, campaign_id, until),
  check (since < until)
);
create index former_member_by_edition on campaign.former_member (campaign_id, until);
comment on table  campaign.former_member             is 'How membership stood in earlier editions.';
comment on column campaign.former_member.person_id   is 'Who. [personal]';
comment on column campaign.former_member.campaign_id is 'Of which campaign. [public]';
comment on column campaign.former_member.until       is 'The edition from which it was otherwise. [public]';
comment on column campaign.former_member.band        is 'In which part. [public]';
comment on column campaign.former_member.unit_id     is 'In which commune. [personal]';
comment on column campaign.former_member.school_id   is 'At which school. [personal]';
comment on column campaign.former_member.class       is 'In which class. [personal]';
comment on column campaign.former_member.in_on       is 'Since which day they counted. [personal]';
comment on column campaign.former_member.came_by     is 'How they had come in. [public]';
comment on column campaign.former_member.since       is 'Since which edition it was so. [public]';
comment on column campaign.former_member.cause       is 'Why it was so no more: moved, duplicate, corrected, died, excused, left-roll … [public]';

create table campaign.frozen (
  campaign_id uuid     not null references campaign.campaign (id),
  unit_id     uuid     not null,
  band        smallint not null,
  people      integer  not null,
  primary key (campaign_id, unit_id, band)
);
comment on table  campaign.frozen             is 'How many people a campaign meant when its people were first counted: the denominator that does not move.';
comment on column campaign.frozen.campaign_id is 'Of which campaign. [public]';
comment on column campaign.frozen.unit_id     is 'In which commune, as written. [public]';
comment on column campaign.frozen.band        is 'In which part; 0 = all. [public]';
comment on column campaign.frozen.people      is 'How many. [public]';

do $$
declare campaign_table text;
begin
  foreach campaign_table in array array['exception', 'member', 'former_member']
  loop
    execute format('alter table campaign.%I enable row level security', campaign_table);
    execute format('alter table campaign.%I force  row level security', campaign_table);
    -- Whose scope or open case the actor sees is the policies' of those tables (0006_cards.sql). A unit also sees who is, or was, counted in it: that someone moved away is what its figure
    -- says. Their name is the register's to show.
    execute format($policy$
      create policy visible on campaign.%1$I to dinhdanh_application using (
        (select platform.sees_house())
        or exists (select from register.person_scope s where s.person_id = %1$I.person_id offset 0)
        or exists (select from register.access_case c where c.person_id = %1$I.person_id and (c.until is null or c.until >= current_date) offset 0)
        %2$s)$policy$,
      campaign_table, case campaign_table when 'exception' then '' else 'or unit_id = any ((select platform.scope())::uuid[])' end);
    execute format('create policy maintenance on campaign.%I to dinhdanh_maintenance using (true) with check (true)', campaign_table);
  end loop;
end
$$;

-- A school's staff is told by a list, as its pupils are: teachers are reached through it.
alter table rolls.roll drop constraint roll_kind_check, add constraint roll_kind_check check (kind in ('pupils', 'candidates', 'staff'));
comment on column rolls.roll.kind is 'pupils (class rolls of a year), candidates (who registers for an exam through the school) or staff (who works there). [public]';

create view campaign.published_campaign with (security_invoker = true) as
select id, name, title, unit_id, basis, school_year, starts_on, metrics, state from campaign.campaign;
create view campaign.published_member with (security_invoker = true) as
select person_id, campaign_id, band, unit_id, school_id, class, in_on, came_by, since from campaign.member;
create view campaign.published_former_member with (security_invoker = true) as
select person_id, campaign_id, band, unit_id, school_id, class, in_on, came_by, since, until, cause from campaign.former_member;
create view campaign.published_edition with (security_invoker = true) as
select number, day, at from campaign.edition;
create view campaign.published_frozen with (security_invoker = true) as
select campaign_id, unit_id, band, people from campaign.frozen;
comment on view campaign.published_frozen        is 'How many people campaigns meant at first.';
comment on view campaign.published_campaign      is 'Campaigns, for contexts above.';
comment on view campaign.published_member        is 'Who is meant by a campaign, as known now.';
comment on view campaign.published_former_member is 'How membership stood in earlier editions.';
comment on view campaign.published_edition       is 'The states of knowledge.';

grant select, insert, update, delete on campaign.campaign, campaign.cohort, campaign.band, campaign.deadline, campaign.exception, campaign.member, campaign.frozen
  to dinhdanh_application, dinhdanh_maintenance;
grant select, insert on campaign.edition, campaign.target, campaign.former_member to dinhdanh_application, dinhdanh_maintenance;
grant select on campaign.published_campaign, campaign.published_member, campaign.published_former_member, campaign.published_edition,
  campaign.published_frozen to dinhdanh_application, dinhdanh_maintenance;

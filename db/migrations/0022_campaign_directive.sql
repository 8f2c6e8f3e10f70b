-- What a commander orders and what each unit said to it; the groups that go from house to house, and the lists that they carry.

-- Directives ----------------------------------------------------------------------------------------------------------------

create table campaign.directive (
  id              uuid     not null primary key,
  issuing_unit_id uuid     not null references units.unit (id),
  year            smallint not null,
  number          integer  not null check (number > 0),
  campaign_id     uuid     references campaign.campaign (id),
  closed_on       date,
  unique (issuing_unit_id, year, number)
);
comment on table  campaign.directive                 is 'An order to units, through all its versions.';
comment on column campaign.directive.id              is 'The directive. [public]';
comment on column campaign.directive.issuing_unit_id is 'The unit that issued it. [public]';
comment on column campaign.directive.year            is 'In which year. [public]';
comment on column campaign.directive.number          is 'Its number among those of the unit and year. [public]';
comment on column campaign.directive.campaign_id     is 'For which campaign; empty = for none. [public]';
comment on column campaign.directive.closed_on       is 'Since when nobody is reminded of it any more. [public]';

create table campaign.directive_version (
  directive_id    uuid        not null references campaign.directive (id),
  version         integer     not null check (version > 0),
  issuing_unit_id uuid        not null,
  title           text        not null check (title <> ''),
  body            text        not null check (body <> ''),
  due_on          date        not null,
  question        text        check (question <> ''),
  metric          text,
  issued_by       text        not null check (issued_by <> ''),
  issued_on       date        not null,
  by_kind         text        not null,
  by_id           text        not null,
  at              timestamptz not null,
  primary key (directive_id, version),
  check (issued_on <= due_on),
  check (metric is null or question is not null)
);
comment on table  campaign.directive_version                 is 'What a directive says; a later version supersedes, and the earlier ones stay.';
comment on column campaign.directive_version.directive_id    is 'Of which directive. [public]';
comment on column campaign.directive_version.version         is 'From 1 on; the last one is in force. [public]';
comment on column campaign.directive_version.issuing_unit_id is 'The unit that issued it. [public]';
comment on column campaign.directive_version.title           is 'What it is called. [public]';
comment on column campaign.directive_version.body            is 'What is ordered. [public]';
comment on column campaign.directive_version.due_on          is 'The last day on which it is done in time. [public]';
comment on column campaign.directive_version.question        is 'What is to be answered with a figure; empty = acknowledging is enough. [public]';
comment on column campaign.directive_version.metric          is 'Which of our own figures stands beside the answer; a name of src/campaign/metric.ts. [public]';
comment on column campaign.directive_version.issued_by       is 'The commander who issued it, by name and post as on paper. [public]';
comment on column campaign.directive_version.issued_on       is 'On which day. [public]';
comment on column campaign.directive_version.by_kind         is 'What kind of actor entered it. [public]';
comment on column campaign.directive_version.by_id           is 'Who entered it. [personal]';
comment on column campaign.directive_version.at              is 'When it was entered. [public]';

create table campaign.directive_addressee (
  directive_id    uuid    not null,
  version         integer not null,
  unit_id         uuid    not null references units.unit (id),
  issuing_unit_id uuid    not null,
  primary key (directive_id, version, unit_id),
  foreign key (directive_id, version) references campaign.directive_version (directive_id, version)
);
create index directive_by_addressee on campaign.directive_addressee (unit_id, directive_id);
comment on table  campaign.directive_addressee                 is 'To which units a version of a directive is addressed.';
comment on column campaign.directive_addressee.directive_id    is 'Which directive. [public]';
comment on column campaign.directive_addressee.version         is 'Which version. [public]';
comment on column campaign.directive_addressee.unit_id         is 'To which unit. [public]';
comment on column campaign.directive_addressee.issuing_unit_id is 'The unit that issued it. [public]';

create table campaign.directive_reading (
  directive_id    uuid        not null,
  version         integer     not null,
  unit_id         uuid        not null,
  issuing_unit_id uuid        not null,
  on_day          date        not null,
  by_id           text        not null,
  at              timestamptz not null,
  primary key (directive_id, version, unit_id, by_id),
  foreign key (directive_id, version, unit_id) references campaign.directive_addressee (directive_id, version, unit_id)
);
comment on table  campaign.directive_reading                 is 'Which officers of an addressed unit have opened a version, each once.';
comment on column campaign.directive_reading.directive_id    is 'Which directive. [public]';
comment on column campaign.directive_reading.version         is 'Which version. [public]';
comment on column campaign.directive_reading.unit_id         is 'In which unit. [public]';
comment on column campaign.directive_reading.issuing_unit_id is 'The unit that issued it. [public]';
comment on column campaign.directive_reading.on_day          is 'On which day of the house. [public]';
comment on column campaign.directive_reading.by_id           is 'Who. [personal]';
comment on column campaign.directive_reading.at              is 'When first. [public]';

create table campaign.directive_acknowledgement (
  directive_id    uuid        not null,
  version         integer     not null,
  unit_id         uuid        not null,
  issuing_unit_id uuid        not null,
  on_day          date        not null,
  by_id           text        not null,
  at              timestamptz not null,
  primary key (directive_id, version, unit_id),
  foreign key (directive_id, version, unit_id) references campaign.directive_addressee (directive_id, version, unit_id)
);
comment on table  campaign.directive_acknowledgement                 is 'Which units have acknowledged a version: it holds for this version alone.';
comment on column campaign.directive_acknowledgement.directive_id    is 'Which directive. [public]';
comment on column campaign.directive_acknowledgement.version         is 'Which version. [public]';
comment on column campaign.directive_acknowledgement.unit_id         is 'Which unit. [public]';
comment on column campaign.directive_acknowledgement.issuing_unit_id is 'The unit that issued it. [public]';
comment on column campaign.directive_acknowledgement.on_day          is 'On which day of the house. [public]';
comment on column campaign.directive_acknowledgement.by_id           is 'Who did. [personal]';
comment on column campaign.directive_acknowledgement.at              is 'When. [public]';

create table campaign.directive_answer (
  directive_id    uuid        not null,
  version         integer     not null,
  unit_id         uuid        not null,
  id              uuid        not null,
  issuing_unit_id uuid        not null,
  figure          bigint      check (figure >= 0),
  words           text        check (words <> ''),
  on_day          date        not null,
  by_id           text        not null,
  at              timestamptz not null,
  primary key (directive_id, version, unit_id, id),
  foreign key (directive_id, version, unit_id) references campaign.directive_addressee (directive_id, version, unit_id),
  check (figure is not null or words is not null)
);
comment on table  campaign.directive_answer                 is 'What units answered to a version; the last answer counts, the earlier ones stay.';
comment on column campaign.directive_answer.directive_id    is 'Which directive. [public]';
comment on column campaign.directive_answer.version         is 'Which version. [public]';
comment on column campaign.directive_answer.unit_id         is 'Which unit. [public]';
comment on column campaign.directive_answer.id              is 'The answer. [public]';
comment on column campaign.directive_answer.issuing_unit_id is 'The unit that issued it. [public]';
comment on column campaign.directive_answer.figure          is 'The figure that was asked for. [public]';
comment on column campaign.directive_answer.words           is 'What was said beside or instead. [personal]';
comment on column campaign.directive_answer.on_day          is 'On which day of the house. [public]';
comment on column campaign.directive_answer.by_id           is 'Who answered. [personal]';
comment on column campaign.directive_answer.at              is 'When. [public]';

-- A unit sees what is addressed to it or to units below it, and what it issued. Each row names both units, so that no policy has to ask another table in a circle.
do $$
declare directive_table text;
begin
  foreach directive_table in array array['directive_addressee', 'directive_reading', 'directive_acknowledgement', 'directive_answer']
  loop
    execute format('alter table campaign.%I enable row level security', directive_table);
    execute format('alter table campaign.%I force  row level security', directive_table);
    execute format($policy$
      create policy addressed_or_issued on campaign.%I to dinhdanh_application
        using      ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]) or issuing_unit_id = any ((select platform.scope())::uuid[]))
        with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))$policy$, directive_table);
    execute format('create policy maintenance on campaign.%I to dinhdanh_maintenance using (true) with check (true)', directive_table);
  end loop;
end
$$;
alter table campaign.directive         enable row level security;
alter table campaign.directive         force  row level security;
alter table campaign.directive_version enable row level security;
alter table campaign.directive_version force  row level security;
create policy addressed_or_issued on campaign.directive to dinhdanh_application
  using ((select platform.sees_house()) or issuing_unit_id = any ((select platform.scope())::uuid[])
         or exists (select from campaign.directive_addressee a where a.directive_id = directive.id and a.unit_id = any ((select platform.scope())::uuid[])))
  with check ((select platform.sees_house()) or issuing_unit_id = any ((select platform.scope())::uuid[]));
create policy addressed_or_issued on campaign.directive_version to dinhdanh_application
  using ((select platform.sees_house()) or issuing_unit_id = any ((select platform.scope())::uuid[])
         or exists (select from campaign.directive_addressee a where a.directive_id = directive_version.directive_id and a.unit_id = any ((select platform.scope())::uuid[])))
  with check ((select platform.sees_house()) or issuing_unit_id = any ((select platform.scope())::uuid[]));
create policy maintenance on campaign.directive         to dinhdanh_maintenance using (true) with check (true);
create policy maintenance on campaign.directive_version to dinhdanh_maintenance using (true) with check (true);

grant select, insert, update on campaign.directive to dinhdanh_application, dinhdanh_maintenance;
grant select, insert on campaign.directive_version, campaign.directive_addressee, campaign.directive_reading, campaign.directive_acknowledgement,
  campaign.directive_answer to dinhdanh_application, dinhdanh_maintenance;

-- Groups that go from house to house ---------------------------------------------------------------------------------------

create table campaign.community_group (
  id       uuid not null primary key,
  unit_id  uuid not null references units.unit (id),
  name     text not null check (name <> ''),
  quarter  text not null check (quarter <> ''),
  made_on  date not null,
  ended_on date
);
create unique index one_group_a_name on campaign.community_group (unit_id, name) where ended_on is null;
comment on table  campaign.community_group          is 'A community digital-technology group of a residential group or quarter.';
comment on column campaign.community_group.id       is 'The group. [public]';
comment on column campaign.community_group.unit_id  is 'Of which commune. [public]';
comment on column campaign.community_group.name     is 'What it is called. [public]';
comment on column campaign.community_group.quarter  is 'Its quarter, residential group or village, as addresses name it. [public]';
comment on column campaign.community_group.made_on  is 'Since which day it is known here. [public]';
comment on column campaign.community_group.ended_on is 'The day from which it is no more. [public]';

create table campaign.community_group_member (
  group_id  uuid not null references campaign.community_group (id),
  id        uuid not null,
  unit_id   uuid not null,
  role      text not null check (role in ('leader', 'member')),
  full_name text not null check (full_name <> ''),
  phone     text check (phone ~ '^\+84\d{9,10}$'),
  primary key (group_id, id)
);
create unique index one_leader_a_group on campaign.community_group_member (group_id) where role = 'leader';
comment on table  campaign.community_group_member           is 'Who is of a group; whoever leaves is deleted.';
comment on column campaign.community_group_member.group_id  is 'Of which group. [public]';
comment on column campaign.community_group_member.id        is 'The member. [public]';
comment on column campaign.community_group_member.unit_id   is 'The group''s commune. [public]';
comment on column campaign.community_group_member.role      is 'leader or member. [public]';
comment on column campaign.community_group_member.full_name is 'Their name. [personal]';
comment on column campaign.community_group_member.phone     is 'Their phone, as +84 and nine or ten digits. [personal]';

create table campaign.house_list (
  id          uuid        not null primary key,
  unit_id     uuid        not null references units.unit (id),
  group_id    uuid        not null references campaign.community_group (id),
  campaign_id uuid        references campaign.campaign (id),
  lacking     text[]      not null check (cardinality(lacking) > 0),
  within      text        not null check (within in ('quarter', 'commune')),
  why         text        not null check (why <> ''),
  people      integer     not null check (people > 0),
  made_on     date        not null,
  made_by     text        not null,
  made_at     timestamptz not null,
  expires_on  date        not null,
  ended_on    date,
  result      jsonb,
  check (made_on < expires_on),
  check ((ended_on is null) = (result is null))
);
create index house_list_by_group  on campaign.house_list (group_id, made_on);
create index house_list_to_forget on campaign.house_list (expires_on) where ended_on is null;
comment on table  campaign.house_list             is 'A list that a group walks with: it shows nothing after its last day, and its entries are deleted then.';
comment on column campaign.house_list.id          is 'The list. [public]';
comment on column campaign.house_list.unit_id     is 'Of which commune. [public]';
comment on column campaign.house_list.group_id    is 'For which group. [public]';
comment on column campaign.house_list.campaign_id is 'Of which campaign''s people; empty = of all who live there. [public]';
comment on column campaign.house_list.lacking     is 'Who lacks any of these; names of src/campaign/need.ts. [public]';
comment on column campaign.house_list.within      is 'Those whose address names the group''s quarter, or the whole commune. [public]';
comment on column campaign.house_list.why         is 'What it was made for. [public]';
comment on column campaign.house_list.people      is 'How many people are on it. [public]';
comment on column campaign.house_list.made_on     is 'On which day of the house it was made. [public]';
comment on column campaign.house_list.made_by     is 'Who made it. [personal]';
comment on column campaign.house_list.made_at     is 'When it was made. [public]';
comment on column campaign.house_list.expires_on  is 'The last day on which it shows anything. [public]';
comment on column campaign.house_list.ended_on    is 'The day on which its entries were deleted. [public]';
comment on column campaign.house_list.result      is 'How many entries had which outcome then. [public]';

create table campaign.house_list_entry (
  person_id  uuid    not null,
  list_id    uuid    not null references campaign.house_list (id),
  unit_id    uuid    not null,
  place      integer not null check (place > 0),
  lacking    text[]  not null,
  outcome    text    check (outcome in ('visited', 'helped', 'refused', 'moved', 'not-at-home')),
  outcome_on date,
  note       text    check (note <> ''),
  marked_by  text,
  primary key (person_id, list_id),
  check ((outcome is null) = (outcome_on is null)),
  check ((outcome is null) = (marked_by is null)),
  check (note is null or outcome is not null)
);
create index house_list_entry_by_place on campaign.house_list_entry (list_id, place);
comment on table  campaign.house_list_entry            is 'Someone to call on. Name and address are read from the register when the list is shown; number, birth date and phone never.';
comment on column campaign.house_list_entry.person_id  is 'Who. [personal]';
comment on column campaign.house_list_entry.list_id    is 'On which list. [public]';
comment on column campaign.house_list_entry.unit_id    is 'The list''s commune. [public]';
comment on column campaign.house_list_entry.place      is 'The row: in the order of addresses. [public]';
comment on column campaign.house_list_entry.lacking    is 'What they lacked when the list was made. [personal]';
comment on column campaign.house_list_entry.outcome    is 'What came of the call; empty = nobody called yet. [personal]';
comment on column campaign.house_list_entry.outcome_on is 'On which day. [personal]';
comment on column campaign.house_list_entry.note       is 'In words. [personal]';
comment on column campaign.house_list_entry.marked_by  is 'Who entered it. [personal]';

do $$
declare group_table text;
begin
  foreach group_table in array array['community_group', 'community_group_member', 'house_list', 'house_list_entry']
  loop
    execute format('alter table campaign.%I enable row level security', group_table);
    execute format('alter table campaign.%I force  row level security', group_table);
    execute format($policy$
      create policy unit on campaign.%I to dinhdanh_application
        using      ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))
        with check ((select platform.sees_house()) or unit_id = any ((select platform.scope())::uuid[]))$policy$, group_table);
    execute format('create policy maintenance on campaign.%I to dinhdanh_maintenance using (true) with check (true)', group_table);
  end loop;
end
$$;
grant select, insert, update         on campaign.community_group, campaign.house_list to dinhdanh_application, dinhdanh_maintenance;
grant select, insert, update, delete on campaign.community_group_member, campaign.house_list_entry to dinhdanh_application, dinhdanh_maintenance;

-- Who did something on a day --------------------------------------------------------------------------------------------------

create index deed_by_officer on audit.deed (day, by_id) where by_kind = 'officer';

-- Deeds count in the unit of what they are done to, which may lie beyond the asker's scope; that an officer did anything at all is told of those whom the asker names.
create function audit.officers_at_work(asked text[], on_day date, besides text[]) returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select o.id from unnest(asked) as o (id)
  where exists (select from audit.deed d where d.by_kind = 'officer' and d.day = on_day and d.by_id = o.id and d.deed <> all (besides))
$$;
comment on function audit.officers_at_work is 'Which of some officers did anything on a day, deeds of some names left out; beyond the caller''s scope.';
revoke execute on function audit.officers_at_work(text[], date, text[]) from public;
grant execute on function audit.officers_at_work(text[], date, text[]) to dinhdanh_application, dinhdanh_maintenance;
grant create on schema audit to dinhdanh_maintenance;
alter function audit.officers_at_work(text[], date, text[]) owner to dinhdanh_maintenance;
revoke create on schema audit from dinhdanh_maintenance;

-- Counts by unit, day and part of a campaign: what each person has and since when, and the running totals of it.

create schema statistics;
grant usage on schema statistics to dinhdanh_application, dinhdanh_maintenance;

-- Who is to be counted anew: written in the work of the deed, taken up within a second or so.
create table statistics.due (
  person_id uuid        not null,
  id        uuid        not null,
  deed      text        not null,
  at        timestamptz not null,
  primary key (person_id, id)
);
comment on table  statistics.due           is 'A person whose counts a deed may have changed; gone when they are counted anew.';
comment on column statistics.due.person_id is 'Whose. [personal]';
comment on column statistics.due.id        is 'The deed. [public]';
comment on column statistics.due.deed      is 'What was done. [public]';
comment on column statistics.due.at        is 'When. [public]';

create table statistics.due_set (
  id         uuid        not null primary key,
  kind       text        not null check (kind in ('register', 'cards', 'accounts', 'school', 'campaign', 'everyone')),
  subject_id uuid,
  at         timestamptz not null
);
comment on table  statistics.due_set            is 'Many people whose counts a deed may have changed: everyone an import changed, a school''s pupils, a new campaign''s people; everyone, where units or schools changed.';
comment on column statistics.due_set.id         is 'The deed. [public]';
comment on column statistics.due_set.kind       is 'Of what kind. [public]';
comment on column statistics.due_set.subject_id is 'The school or campaign. [public]';
comment on column statistics.due_set.at         is 'The work''s moment: an import''s moves bear it. [public]';

create table statistics.watermark (
  reader text not null primary key,
  mark   text not null
);
comment on table  statistics.watermark        is 'How far this context has followed the register.';
comment on column statistics.watermark.reader is 'Of what. [public]';
comment on column statistics.watermark.mark   is 'The register''s mark. [public]';

-- What a person has, and since when --------------------------------------------------------------------------------------

create table statistics.milestone (
  person_id              uuid not null primary key,
  number_known_on        date,
  card_applied_on        date,
  card_approved_on       date,
  card_produced_on       date,
  card_returned_on       date,
  card_handed_over_on    date,
  account_received_on    date,
  account_received_2_on  date,
  account_approved_on    date,
  account_approved_2_on  date,
  account_activated_on   date,
  account_activated_2_on date,
  since                  integer not null
);
create table statistics.former_milestone (
  person_id              uuid not null,
  until                  integer not null,
  number_known_on        date,
  card_applied_on        date,
  card_approved_on       date,
  card_produced_on       date,
  card_returned_on       date,
  card_handed_over_on    date,
  account_received_on    date,
  account_received_2_on  date,
  account_approved_on    date,
  account_approved_2_on  date,
  account_activated_on   date,
  account_activated_2_on date,
  since                  integer not null,
  primary key (person_id, until),
  check (since < until)
);
create index former_milestone_by_edition on statistics.former_milestone (until);
comment on table statistics.milestone        is 'The first day of each thing that a person has and that still holds, as known now; of those whom a campaign means. Derived from register, cards and accounts.';
comment on table statistics.former_milestone is 'How it stood in earlier editions.';
do $$
declare milestone_table text;
begin
  foreach milestone_table in array array['milestone', 'former_milestone']
  loop
    execute format($c$comment on column statistics.%I.person_id              is 'Whose. [personal]'$c$, milestone_table);
    execute format($c$comment on column statistics.%I.number_known_on        is 'A number in force is known. [personal]'$c$, milestone_table);
    execute format($c$comment on column statistics.%I.card_applied_on        is 'A card was applied for. [personal]'$c$, milestone_table);
    execute format($c$comment on column statistics.%I.card_approved_on       is 'It was approved. [personal]'$c$, milestone_table);
    execute format($c$comment on column statistics.%I.card_produced_on       is 'It was made. [personal]'$c$, milestone_table);
    execute format($c$comment on column statistics.%I.card_returned_on       is 'It came back to the unit. [personal]'$c$, milestone_table);
    execute format($c$comment on column statistics.%I.card_handed_over_on    is 'It was handed over. [personal]'$c$, milestone_table);
    execute format($c$comment on column statistics.%I.account_received_on    is 'A request for an account was received, of either level. [personal]'$c$, milestone_table);
    execute format($c$comment on column statistics.%I.account_received_2_on  is 'The same of level 2. [personal]'$c$, milestone_table);
    execute format($c$comment on column statistics.%I.account_approved_on    is 'An account was approved, of either level. [personal]'$c$, milestone_table);
    execute format($c$comment on column statistics.%I.account_approved_2_on  is 'The same of level 2. [personal]'$c$, milestone_table);
    execute format($c$comment on column statistics.%I.account_activated_on   is 'It was activated, at either level. [personal]'$c$, milestone_table);
    execute format($c$comment on column statistics.%I.account_activated_2_on is 'It is activated and of level 2. [personal]'$c$, milestone_table);
    execute format($c$comment on column statistics.%I.since                  is 'Since which edition it is so. [public]'$c$, milestone_table);
  end loop;
end
$$;
comment on column statistics.former_milestone.until is 'The edition from which it was otherwise. [public]';

-- The running totals -------------------------------------------------------------------------------------------------------

create table statistics.balance (
  campaign_id         uuid     not null,
  unit_id             uuid     not null,
  band                smallint not null,
  day                 date     not null,
  members             integer  not null,
  number_known        integer  not null,
  card_applied        integer  not null,
  card_approved       integer  not null,
  card_produced       integer  not null,
  card_returned       integer  not null,
  card_handed_over    integer  not null,
  account_received    integer  not null,
  account_received_2  integer  not null,
  account_approved    integer  not null,
  account_approved_2  integer  not null,
  account_activated   integer  not null,
  account_activated_2 integer  not null,
  primary key (campaign_id, band, unit_id, day)
);
comment on table  statistics.balance                     is 'How many had come to each thing by the end of a day, as known now; a row where a day changed something. Whoever asks of a day takes the last row by then.';
comment on column statistics.balance.campaign_id         is 'Of which campaign. [public]';
comment on column statistics.balance.unit_id             is 'In which commune, as written; the nil UUID stands for the campaign as a whole. [public]';
comment on column statistics.balance.band                is 'In which part; 0 = all. [public]';
comment on column statistics.balance.day                 is 'By the end of which day. [public]';
comment on column statistics.balance.members             is 'People whom the campaign means. [public]';
comment on column statistics.balance.number_known        is 'Of them, with a number. [public]';
comment on column statistics.balance.card_applied        is 'With a card applied for. [public]';
comment on column statistics.balance.card_approved       is 'Approved. [public]';
comment on column statistics.balance.card_produced       is 'Made. [public]';
comment on column statistics.balance.card_returned       is 'Come back to the unit. [public]';
comment on column statistics.balance.card_handed_over    is 'Handed over. [public]';
comment on column statistics.balance.account_received    is 'With an account asked for. [public]';
comment on column statistics.balance.account_received_2  is 'Of level 2. [public]';
comment on column statistics.balance.account_approved    is 'Approved. [public]';
comment on column statistics.balance.account_approved_2  is 'Of level 2. [public]';
comment on column statistics.balance.account_activated   is 'Activated. [public]';
comment on column statistics.balance.account_activated_2 is 'Of level 2. [public]';

-- What was said of it --------------------------------------------------------------------------------------------------------

create table statistics.report (
  id           uuid        not null primary key,
  code         text        not null unique,
  campaign_id  uuid        not null,
  unit_id      uuid        not null,
  metric       text        not null,
  day          date        not null,
  issue        integer     not null check (issue > 0),
  edition      integer     not null,
  document     text        not null,
  sha256       bytea       not null check (length(sha256) = 32),
  key          text        not null,
  signature    text        not null,
  published_at timestamptz not null,
  unique (campaign_id, unit_id, metric, day, issue)
);
comment on table  statistics.report              is 'A published sheet of quick statistics, signed and kept as it was.';
comment on column statistics.report.id           is 'The report. [public]';
comment on column statistics.report.code         is 'What stands on paper to compare by. [public]';
comment on column statistics.report.campaign_id  is 'Of which campaign. [public]';
comment on column statistics.report.unit_id      is 'Of which unit. [public]';
comment on column statistics.report.metric       is 'Of what. [public]';
comment on column statistics.report.day          is 'Of which day. [public]';
comment on column statistics.report.issue        is 'How often that day was published. [public]';
comment on column statistics.report.edition      is 'What was known then. [public]';
comment on column statistics.report.document     is 'The sheet as JSON, byte for byte as it was signed. [public]';
comment on column statistics.report.sha256       is 'Hash of the document. [public]';
comment on column statistics.report.key          is 'Public key of the signer, SPKI DER in base64. [public]';
comment on column statistics.report.signature    is 'Ed25519 over the document, base64. [public]';
comment on column statistics.report.published_at is 'When. [public]';

create table statistics.outside_figure (
  unit_id     uuid        not null,
  day         date        not null,
  metric      text        not null,
  source      text        not null check (source <> ''),
  value       integer     not null,
  note        text,
  entered_at  timestamptz not null,
  primary key (unit_id, day, metric, source)
);
comment on table  statistics.outside_figure            is 'A figure that another system or the level above reports; it stands beside ours and is never mixed in. Source "opening" is the balance with which a unit began.';
comment on column statistics.outside_figure.unit_id    is 'Of which unit. [public]';
comment on column statistics.outside_figure.day        is 'By the end of which day. [public]';
comment on column statistics.outside_figure.metric     is 'Of what. [public]';
comment on column statistics.outside_figure.source     is 'Who says so. [public]';
comment on column statistics.outside_figure.value      is 'How many. [public]';
comment on column statistics.outside_figure.note       is 'What explains a difference, in words. [public]';
comment on column statistics.outside_figure.entered_at is 'When it was taken in. [public]';

do $$
declare personal text;
begin
  foreach personal in array array['milestone', 'former_milestone']
  loop
    execute format('alter table statistics.%I enable row level security', personal);
    execute format('alter table statistics.%I force  row level security', personal);
    -- Whoever is, or was, counted in a unit is seen there as a campaign's member is (0019_campaign.sql).
    execute format($policy$
      create policy visible on statistics.%1$I to dinhdanh_application using (
        (select platform.sees_house())
        or exists (select from register.person_scope s where s.person_id = %1$I.person_id offset 0)
        or exists (select from register.access_case c where c.person_id = %1$I.person_id and (c.until is null or c.until >= current_date) offset 0)
        or exists (select from campaign.former_member f where f.person_id = %1$I.person_id and f.unit_id = any ((select platform.scope())::uuid[]) offset 0)
        or exists (select from campaign.member m where m.person_id = %1$I.person_id and m.unit_id = any ((select platform.scope())::uuid[]) offset 0))$policy$,
      personal);
    execute format('create policy maintenance on statistics.%I to dinhdanh_maintenance using (true) with check (true)', personal);
  end loop;
end
$$;
-- Any work may say that someone is to be counted anew; only the house reads who.
alter table statistics.due enable row level security;
alter table statistics.due force  row level security;
create policy say   on statistics.due for insert to dinhdanh_application with check (true);
create policy house on statistics.due to dinhdanh_application using ((select platform.sees_house()));
create policy maintenance on statistics.due to dinhdanh_maintenance using (true) with check (true);

-- After a campaign's people were written at once, the planner must know before autovacuum does (0015_rolls_analyze.sql).
create function statistics.analyze_counts() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$ begin analyze campaign.member; analyze statistics.milestone; analyze statistics.balance; end $$;
comment on function statistics.analyze_counts is 'Tells the planner how many people, milestones and totals there are.';
revoke execute on function statistics.analyze_counts() from public;
grant execute on function statistics.analyze_counts() to dinhdanh_application, dinhdanh_maintenance;

-- What an import brings is told to the planner at once, for the same reason.
create function cards.analyze_tables() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$ begin analyze cards.card, cards.move; end $$;
create function accounts.analyze_tables() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$ begin analyze accounts.account, accounts.move; end $$;
comment on function cards.analyze_tables    is 'Tells the planner how many cards and moves there are.';
comment on function accounts.analyze_tables is 'Tells the planner how many accounts and moves there are.';
revoke execute on function cards.analyze_tables(), accounts.analyze_tables() from public;
grant execute on function cards.analyze_tables(), accounts.analyze_tables() to dinhdanh_application, dinhdanh_maintenance;

-- The moves of one import are found by its moment.
create index move_at on cards.move    using brin (at);
create index move_at on accounts.move using brin (at);

grant select, insert, update, delete on statistics.due, statistics.due_set, statistics.watermark, statistics.milestone, statistics.balance,
  statistics.outside_figure to dinhdanh_application, dinhdanh_maintenance;
grant select, insert on statistics.former_milestone, statistics.report to dinhdanh_application, dinhdanh_maintenance;

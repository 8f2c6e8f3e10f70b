-- Tables, views and columns take the words of the glossary. Rows, grants and the meaning of every policy stay as they are; constraints, indexes and
-- policies that bear a former word are renamed with their table.

alter table cards.box_stray            rename to unexpected_card;
alter table cards.move                 rename to transition;
alter table accounts.move              rename to transition;
alter table enrolment.application_move rename to application_transition;
alter table enrolment.legal_move       rename to legal_transition;
alter table rolls.hand_on              rename to referral;
alter table rolls.model                rename to error_model;
alter table statistics.due             rename to recount;
alter table statistics.due_set         rename to recount_set;

alter view cards.published_stray   rename to published_unexpected_card;
alter view cards.published_move    rename to published_transition;
alter view accounts.published_move rename to published_transition;

alter table cards.stock_take   rename column witness       to second_checker;
alter table cards.destruction  rename column witness       to second_checker;
alter table accounts.account   rename column lapse_told_at to lapse_notified_at;
alter table enrolment.packet   rename column told_at       to announced_at;
alter table enrolment.packet   rename column landed_at     to processed_at;
alter table enrolment.packet   rename column word          to acknowledgement;
alter table enrolment.station  rename column told_at       to reported_at;
alter table rolls.referral     rename column handed_at     to referred_at;
alter table rolls.row          rename column scored_at     to compared_at;

-- Constraints and indexes: the former word within their name gives way to the new one.
do $$
declare
  renamed record;
  one record;
begin
  for renamed in
    select * from (values
      ('cards.unexpected_card',            'box_stray',        'unexpected_card'),
      ('cards.unexpected_card',            'stray_by_id',      'unexpected_card_by_id'),
      ('cards.transition',                 'move',             'transition'),
      ('accounts.transition',              'move',             'transition'),
      ('enrolment.application_transition', 'application_move', 'application_transition'),
      ('enrolment.legal_transition',       'legal_move',       'legal_transition'),
      ('rolls.referral',                   'hand_on',          'referral'),
      ('rolls.referral',                   'handed_at',        'referred_at'),
      ('rolls.error_model',                'model',            'error_model'),
      ('statistics.recount',               'due',              'recount'),
      ('statistics.recount_set',           'due_set',          'recount_set'),
      ('cards.stock_take',                 'witness',          'second_checker'),
      ('cards.destruction',                'witness',          'second_checker'),
      ('enrolment.packet',                 'told_at',          'announced_at'),
      ('enrolment.packet',                 'landed',           'processed'),
      ('rolls.row',                        'scored_at',        'compared_at')
    ) as listed (place, former, word)
  loop
    for one in
      select conname as name from pg_constraint
      where conrelid = renamed.place::regclass and strpos(conname, renamed.former) > 0 and strpos(conname, renamed.word) = 0
    loop
      execute format('alter table %s rename constraint %I to %I', renamed.place, one.name,
        replace(one.name, renamed.former, renamed.word));
    end loop;
    for one in
      select c.relname as name, n.nspname as schema
      from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
      where i.indrelid = renamed.place::regclass and strpos(c.relname, renamed.former) > 0
        and strpos(c.relname, renamed.word) = 0
    loop
      execute format('alter index %I.%I rename to %I', one.schema, one.name,
        replace(one.name, renamed.former, renamed.word));
    end loop;
  end loop;
end
$$;

comment on table  rolls.referral                        is 'A doubtful row that was referred to a unit, or to one officer of it, to be decided there.';
comment on column rolls.referral.id                     is 'The referral. [public]';
comment on column rolls.referral.from_officer           is 'Who referred it. [personal]';
comment on column rolls.referral.settled                is 'How it ended: decided, handed-back (returned), taken-back, handed-on (referred further), or overtaken by another comparison. [public]';
comment on column rolls.referral.answer                 is 'What was said when it was returned. [personal]';
comment on column cards.transition.id                   is 'The transition. [public]';
comment on column accounts.transition.id                is 'The transition. [public]';
comment on table  enrolment.application_transition      is 'Each transition of an application; none that is not legal.';
comment on column enrolment.application_transition.id   is 'The transition. [public]';
comment on column enrolment.application_transition.seq  is 'Its place among the application''s transitions, from 1. [public]';
comment on column enrolment.packet.announced_at         is 'When its station first announced it. [public]';
comment on column enrolment.packet.processed_at         is 'When an application came of it. [public]';
comment on column enrolment.packet.acknowledgement      is 'The signed acknowledgement that it is safely here. [public]';
comment on column enrolment.station.reported_at         is 'When it last reported what it holds. [public]';
comment on column accounts.account.lapse_notified_at    is 'When the holder was notified that this day is over. [public]';
comment on column statistics.recount_set.at             is 'The work''s moment: an import''s transitions bear it. [public]';

-- Functions that name a renamed table keep their owners and grants.
create or replace function cards.analyze_tables() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin analyze cards.card, cards.transition, cards.revocation; end $$;
create or replace function accounts.analyze_tables() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin analyze accounts.account, accounts.transition; end $$;

-- What a work of the sign-in sees, by the name that the code has for it.
alter function signin.at_the_door() rename to in_sign_in_scope;
create or replace function signin.in_sign_in_scope() returns boolean language sql stable parallel safe
as $$ select coalesce(current_setting('dinhdanh.in_sign_in_scope', true), '') = 'yes' $$;
alter policy door on signin.artifact rename to sign_in;
alter policy door on signin.consent rename to sign_in;
alter policy door on signin.key rename to sign_in;
alter policy door on signin.session rename to sign_in;
alter policy door on signin.visit rename to sign_in;
alter policy sign_in on signin.artifact using ((select signin.in_sign_in_scope())) with check ((select signin.in_sign_in_scope()));
alter policy sign_in on signin.consent using ((select signin.in_sign_in_scope())) with check ((select signin.in_sign_in_scope()));
alter policy sign_in on signin.key using ((select signin.in_sign_in_scope())) with check ((select signin.in_sign_in_scope()));
alter policy sign_in on signin.session using ((select signin.in_sign_in_scope())) with check ((select signin.in_sign_in_scope()));
alter policy sign_in on signin.visit using ((select signin.in_sign_in_scope())) with check ((select signin.in_sign_in_scope()));

comment on function cards.analyze_tables    is 'Tells the planner how many cards and transitions there are.';
comment on function accounts.analyze_tables is 'Tells the planner how many accounts and transitions there are.';

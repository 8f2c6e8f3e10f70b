-- What waits each morning, at a province's size.

-- By the few reasons of which a card may be owed: a province has 20,000 ends of cards, nearly all told by an extract, and
-- the policy was asked of each.
create index revocation_owed on cards.revocation (person_id, card_id)
  where code in ('misprinted', 'lost-in-transit', 'damaged');

-- An officer of the whole province is asked for no row's school: each was compared with a thousand.
alter policy scope_or_owner_unit on follow_ups.follow_up
  using ((select platform.sees_house()) or (select units.whole_province_in_scope())
    or scope_id = any ((select platform.scope())::uuid[]) or owner_unit_id = any ((select platform.scope())::uuid[]));

-- Nearly all rows of a roll are matched: the others are counted, and the rest of a roll that is in force and compared is
-- what is left of its rows. Rows come and go with their roll alone.
create index row_not_matched on rolls.row (roll_id, outcome) where outcome is distinct from 'matched';

create or replace function rolls.outcome_counts(asked uuid[]) returns table (roll_id uuid, outcome text, rows integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  with seen as (
    select r.id, r.row_count, r.in_force and r.state = 'reconciled' as is_compared from rolls.roll r
    where r.id = any (asked) and ((select platform.sees_house()) or r.school_id = any ((select platform.scope())::uuid[]))
  ), others as (
    select w.roll_id, w.outcome, count(*)::integer as rows from seen s
    join rolls.row w on w.roll_id = s.id and w.outcome is distinct from 'matched' group by w.roll_id, w.outcome
  )
  select o.roll_id, o.outcome, o.rows from others o where o.outcome is not null
  union all
  select s.id, 'matched', s.row_count - coalesce(sum(o.rows), 0)::integer from seen s left join others o on o.roll_id = s.id
  where s.is_compared group by s.id, s.row_count having s.row_count > coalesce(sum(o.rows), 0)
  union all
  select w.roll_id, w.outcome, count(*)::integer from seen s join rolls.row w on w.roll_id = s.id and w.outcome = 'matched'
  where not s.is_compared group by w.roll_id, w.outcome
$$;

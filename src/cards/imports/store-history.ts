import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import * as extract from './store-extract.ts'

export async function prepareMoveStaging({ tx }: Work): Promise<void> {
  await sql`create temporary table staged (
    line integer, raw text, number text collate "C", card_id uuid, state text, on_day date, serial text, issued_on date,
      expires_on date, person_id uuid, reason text
  ) on commit drop`.execute(tx)
}

/** The order of a card's states. It sorts the moves of one day. */
const stateOrder = sql`array_position(array['applied', 'approved', 'produced', 'at-unit', 'handed-over', 'blocked',
        'expired', 'revoked'], s.state)`

/** Says of each row why it cannot be taken. */
export async function resolveStagedMoves(work: Work, firstOn: Day): Promise<void> {
  const { tx, today } = work
  await sql`update staged s set reason = 'card-of-another'
    from (select card_id from staged where person_id is not null group by card_id
      having count(distinct person_id) > 1) o
    where o.card_id = s.card_id`.execute(tx)
  await sql`update staged s set reason = 'card-of-another' from cards.card c
    where c.id = s.card_id and c.person_id <> s.person_id`.execute(tx)
  await sql`update staged s set reason = 'card-cancelled' from cards.card c
    where c.person_id = s.person_id and c.id = s.card_id and c.state = 'cancelled'`.execute(tx)
  // No move leads out of revoked, neither from a known state nor from one of the file.
  await sql`
    with ended as (
      select person_id, card_id, min(day) as day from (
        select s.person_id, s.card_id, s.on_day as day from staged s where s.reason is null and s.state = 'revoked'
        union all select c.person_id, c.id, c.state_on from cards.card c where c.state = 'revoked'
          and exists (select from staged s where s.person_id = c.person_id and s.card_id = c.id)
      ) r group by person_id, card_id
    )
    update staged s set reason = 'card-revoked' from ended
    where s.reason is null and s.person_id = ended.person_id and s.card_id = ended.card_id and s.state <> 'revoked'
      and s.on_day > ended.day`.execute(tx)
  await sql`update staged s set reason = 'card-handed-over' from cards.hand_over h
    where s.reason is null and h.person_id = s.person_id and h.card_id = s.card_id
      and ${extract.takesBackFromHolder(sql`s`)} and s.on_day > h.handed_over_on`.execute(tx)
  await sql`update staged set reason = 'day-to-come' where reason is null and on_day > ${today}`.execute(tx)
  await extract.rejectImpossibleDays(work, ['on_day', 'issued_on'], { asOf: today, firstOn })
  await sql`update staged s set reason = 'serial-twice' from (
      select person_id, serial from staged where reason is null and serial is not null group by person_id, serial
        having count(distinct card_id) > 1) o
    where s.reason is null and o.person_id = s.person_id and o.serial = s.serial`.execute(tx)
  await sql`update staged s set reason = 'serial-twice' from cards.card c
    where s.reason is null and c.person_id = s.person_id and c.serial = s.serial and c.id <> s.card_id`.execute(tx)
  await sql`update staged s set reason = 'serial-missing' where reason is null and state not in ('applied', 'approved')
    and not exists (select from staged o
      where o.person_id = s.person_id and o.card_id = s.card_id and o.serial is not null)
    and not exists (select from cards.card c
      where c.person_id = s.person_id and c.id = s.card_id and c.serial is not null)`.execute(tx)
  await sql`update staged s set reason = 'other-card-in-force'
    where reason is null and state = 'handed-over' and exists (
      select from cards.card c
        where c.person_id = s.person_id and c.id <> s.card_id and c.state in ('handed-over', 'blocked'))`.execute(tx)
  // Of two cards of a person whose last move leaves both in force, neither is believed.
  await sql`
    with last as (
      select distinct on (s.person_id, s.card_id) s.person_id, s.card_id, s.state from staged s where s.reason is null
      order by s.person_id, s.card_id, s.on_day desc, ${stateOrder} desc
    ), twice as (select person_id from last where state in ('handed-over', 'blocked') group by person_id
      having count(*) > 1)
    update staged s set reason = 'other-card-in-force' from twice t
    where s.reason is null and s.person_id = t.person_id`.execute(tx)
}

/** The accepted moves that are not known yet; a repeated move counts once. */
const newMoves = sql`
  select distinct s.person_id, s.card_id, s.state, s.on_day, ${stateOrder} as step from staged s where s.reason is null
    and not exists (select from cards.transition m
      where m.person_id = s.person_id and m.card_id = s.card_id and m.state = s.state and m.on_day = s.on_day)`

export async function countStagedMoves({ tx }: Work): Promise<{ added: number; changed: number; unchanged: number }> {
  const { rows } = await sql<{ added: number; taken: number }>`
    select (select count(*)::int from (${newMoves}) f) as added, count(*)::int as taken from staged
    where reason is null`.execute(tx)
  const { added = 0, taken = 0 } = rows[0] ?? {}
  return { added, changed: 0, unchanged: taken - added }
}

/**
 * Writes moves that are not known, and where each card is after its last. A day's moves follow each other by a
 * microsecond, so that the last is the last.
 */
export async function insertStagedMoves({ tx, now }: Work): Promise<void> {
  await sql`
    with last as (
      select distinct on (s.person_id, s.card_id) s.person_id, s.card_id, s.state, s.on_day,
             max(s.serial) over w as serial, max(s.issued_on) over w as issued_on,
               max(s.expires_on) over w as expires_on
      from staged s where s.reason is null
      window w as (partition by s.person_id, s.card_id)
      order by s.person_id, s.card_id, s.on_day desc, ${stateOrder} desc
    ), written as (
    insert into cards.card as c (person_id, id, serial, origin, state, issued_on, expires_on, state_on, changed_at)
    select person_id, card_id, serial, 'imported', state, issued_on, expires_on, on_day, ${now} from last
    on conflict (person_id, id)
    do update set state = excluded.state, origin = ${extract.originAfter(sql`excluded.state`)},
      serial = coalesce(excluded.serial, c.serial), issued_on = coalesce(excluded.issued_on, c.issued_on),
      expires_on = coalesce(excluded.expires_on, c.expires_on), state_on = excluded.state_on,
        changed_at = excluded.changed_at
    where c.state_on <= excluded.state_on and c.state <> excluded.state and c.state not in ('revoked', 'cancelled')
      and not (excluded.state in ('applied', 'approved', 'produced', 'at-unit')
          and exists (select from cards.hand_over h where h.person_id = c.person_id and h.card_id = c.id))
    returning person_id, id, state, state_on)
    ${extract.revokedByExtract(
      sql`select person_id, id as card_id, state_on as day from written
      where state = 'revoked'`,
      now,
    )}`.execute(tx)
  await sql`
    insert into cards.transition (person_id, id, card_id, state, on_day, at, since_on)
    select person_id, gen_random_uuid(), card_id, state, on_day, ${now}::timestamptz + step * interval '1 microsecond',
      on_day
    from (${newMoves}) f`.execute(tx)
}

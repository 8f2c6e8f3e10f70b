import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'

export async function prepareCardStaging({ tx }: Work): Promise<void> {
  await sql`create temporary table staged (
    line integer, raw text, number text collate "C", serial text, issued_on date, expires_on date, state text,
      since_on date, person_id uuid, card_id uuid, reason text
  ) on commit drop`.execute(tx)
}

/** Finds which known card each row is: by serial, or the person's one that had none yet. */
export async function resolveStagedCards({ tx }: Work): Promise<void> {
  await sql`update staged s set card_id = c.id from cards.card c
    where c.person_id = s.person_id and c.serial = s.serial`.execute(tx)
  await sql`
    with first as materialized (
      select person_id, min(line) as line from staged where card_id is null group by person_id)
    update staged s set card_id = c.id from cards.card c join first f using (person_id)
    where s.line = f.line and c.serial is null and c.state in ('applied', 'approved')`.execute(tx)
}

/** A card that was handed over here against a signature is not on its way any more, whatever an extract says. */
export const takesBackFromHolder = (row: RawBuilder<unknown>) => sql`
  (${row}.state in ('applied', 'approved', 'produced', 'at-unit')
   and exists (select from cards.hand_over h where h.person_id = ${row}.person_id and h.card_id = ${row}.card_id))`

/**
 * Refuses rows whose days cannot be: after the day for which the file holds, before the person was born, before there
 * were such cards. `days` are columns of `staged`.
 */
export async function rejectImpossibleDays(
  { tx }: Work,
  days: readonly ('issued_on' | 'since_on' | 'on_day')[],
  { asOf, firstOn }: { readonly asOf: Day; readonly firstOn: Day },
): Promise<void> {
  const all = sql.join(days.map(day => sql.ref(`s.${day}`)))
  await sql`
    update staged s set reason = case
      when greatest(${all}) > ${asOf}::date then 'day-after-extract'
      when least(${all}) < ${firstOn}::date then 'day-before-cards' else 'day-before-birth' end
    from staged o left join register.published_birth b on b.person_id = o.person_id
    where o.line = s.line and s.reason is null and (greatest(${all}) > ${asOf}::date or least(${all}) < ${firstOn}::date
      or least(${all}) < make_date(b.birth_y, coalesce(b.birth_m, 1), coalesce(b.birth_d, 1)))`.execute(tx)
}

/** Says of each row why it cannot be taken, where that is so. */
export async function rejectStagedCards(work: Work, asOf: Day, firstOn: Day): Promise<void> {
  const { tx } = work
  await rejectImpossibleDays(work, ['issued_on', 'since_on'], { asOf, firstOn })
  await sql`update staged s set reason = 'card-twice' from (
      select line, row_number() over (partition by person_id, coalesce(serial, card_id::text, '')
        order by line) as place from staged where person_id is not null
    ) o where o.line = s.line and o.place > 1 and s.reason is null`.execute(tx)
  await sql`update staged s set reason = 'other-card-in-force' from (
      select line, row_number() over (partition by person_id order by issued_on desc nulls last, line) as place
      from staged where reason is null and state in ('handed-over', 'blocked')
    ) o where o.line = s.line and o.place > 1`.execute(tx)
  await sql`update staged s set reason = 'card-revoked' from cards.card c
    where s.reason is null and s.card_id = c.id and s.person_id = c.person_id and c.state = 'revoked'
      and s.state <> 'revoked' and c.state_on <= ${asOf}`.execute(tx)
  await sql`update staged s set reason = 'card-handed-over' from cards.card c
    where s.reason is null and s.card_id = c.id and s.person_id = c.person_id and ${takesBackFromHolder(sql`s`)}
      and c.state_on <= ${asOf}`.execute(tx)
  await sql`update staged s set reason = 'other-card-in-force' from cards.card c
    where s.reason is null and s.state in ('handed-over', 'blocked') and c.person_id = s.person_id
      and c.state in ('handed-over', 'blocked')
      and c.id is distinct from s.card_id
      and not exists (select from staged o
        where o.card_id = c.id and o.reason is null and o.state not in ('handed-over', 'blocked'))`.execute(tx)
}

/**
 * Where an extract moves a card that is issued here past its state here, the extract becomes its source: a card without
 * an order or a passed attempt was not made here.
 */
export const originAfter = (state: RawBuilder<unknown>) => sql`
  case when c.origin = 'issued' and ${state} <> 'applied' and not exists (
              select from cards.card_order o where o.person_id = c.person_id and o.card_id = c.id
                and (${state} in ('approved', 'revoked')
                      or exists (select from cards.production p
                      where p.person_id = c.person_id and p.passed_card = c.id)))
       then 'imported' else c.origin end`

/** Cards that an import left revoked have their revocation. `of` gives (person_id, card_id, day). */
export const revokedByExtract = (of: RawBuilder<unknown>, now: Date) => sql`
  insert into cards.revocation (person_id, card_id, code, revoked_on, revoked_by, at)
  select person_id, card_id, 'told-by-extract', day, 'extract', ${now}::timestamptz from (${of}) of
  on conflict do nothing`

/**
 * Cards that this import ended, or took to their holders: units lose the access to these holders, by the rules of
 * `closeAccessWhenOver`.
 */
export async function findEndedByExtract({ tx, now }: Work): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with ours as (select person_id, card_id from cards.card_order union select person_id, card_id from cards.box_card)
    select c.id from ours join cards.card c on c.person_id = ours.person_id and c.id = ours.card_id
    where c.changed_at = ${now} and c.state in ('handed-over', 'blocked', 'revoked', 'expired')
      and not exists (select from cards.box_card l
        where l.person_id = c.person_id and l.card_id = c.id and l.state in ('in', 'missing'))
      and not exists (select from cards.hand_over_line n
        where n.person_id = c.person_id and n.card_id = c.id and n.outcome is null)
      and not exists (select from cards.published_ended e
        where e.person_id = c.person_id and e.card_id = c.id)`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Since when a card `c` is in its state, as its last report says, where that is of this state. */
const knownSince = sql`(select case when t.state = c.state then t.since_on end from cards.transition t
    where t.person_id = c.person_id and t.card_id = c.id order by t.on_day desc, t.at desc limit 1)`

/** Rows that differ from the known state and are not older. */
const movesOn = sql`s.card_id = c.id and s.person_id = c.person_id and s.reason is null
    and c.state_on <= excluded_day.day
  and ((c.state, c.serial, c.issued_on, c.expires_on) is distinct from (s.state, coalesce(s.serial, c.serial),
      coalesce(s.issued_on, c.issued_on), s.expires_on)
    or (s.since_on is not null and s.since_on is distinct from ${knownSince}))`

export async function countStagedCards(
  { tx }: Work,
  asOf: Day,
): Promise<{ added: number; changed: number; unchanged: number }> {
  const { rows } = await sql<{ added: number; changed: number; unchanged: number }>`
    select count(*) filter (where s.card_id is null) as added,
           count(*) filter (where s.card_id is not null and c.id is not null) as changed,
           count(*) filter (where s.card_id is not null and c.id is null) as unchanged
    from staged s cross join (select ${asOf}::date as day) excluded_day
    left join cards.card c on ${movesOn}
    where s.reason is null`.execute(tx)
  return rows[0] ?? { added: 0, changed: 0, unchanged: 0 }
}

/** Cards that leave force go first, so that a successor finds the place free. */
export async function updateKnownCards({ tx, now }: Work, asOf: Day, which: 'leaving' | 'others'): Promise<void> {
  const condition = which === 'leaving' ? sql`s.state not in ('handed-over', 'blocked')` : sql`true`
  await sql`
    with moved as (
      update cards.card c
      set state = s.state, origin = ${originAfter(sql`s.state`)}, serial = coalesce(s.serial, c.serial),
        issued_on = coalesce(s.issued_on, c.issued_on), expires_on = s.expires_on,
             state_on = ${asOf}, changed_at = ${now}
      from staged s, (select ${asOf}::date as day) excluded_day
      where ${movesOn} and ${condition}
      returning c.person_id, c.id, c.state, s.since_on
    ), kept as (
      ${revokedByExtract(
        sql`select person_id, id as card_id, ${asOf}::date as day from moved
        where state = 'revoked'`,
        now,
      )}
    )
    insert into cards.transition (person_id, id, card_id, state, on_day, at, since_on)
    select c.person_id, gen_random_uuid(), c.id, c.state, ${asOf}, ${now}, coalesce(c.since_on, ${knownSince})
    from moved c`.execute(tx)
}

export async function insertNewCards({ tx, now }: Work, asOf: Day): Promise<void> {
  await sql`
    with entry as materialized (
      select *, gen_random_uuid() as id from staged where reason is null and card_id is null
    ), fresh as (
      insert into cards.card (person_id, id, serial, origin, state, issued_on, expires_on, state_on, changed_at)
      select person_id, id, serial, 'imported', state, issued_on, expires_on, ${asOf}, ${now} from entry
      returning person_id, id, state
    ), kept as (
      ${revokedByExtract(
        sql`select person_id, id as card_id, ${asOf}::date as day from fresh
        where state = 'revoked'`,
        now,
      )}
    )
    insert into cards.transition (person_id, id, card_id, state, on_day, at, since_on)
    select person_id, gen_random_uuid(), id, state, ${asOf}, ${now}, since_on from entry`.execute(tx)
}

/**
 * Locks out other works while an extract is written: an extract and an officer could else give one person a card each.
 */
export const holdForExtract = ({ tx }: Work) => sql`select pg_advisory_xact_lock(hashtext('cards.extract'))`.execute(tx)

/** Tells the planner what an import brought: it would take the tables for as small as they were. */
export const analyzeTables = ({ tx }: Work) => sql`select cards.analyze_tables()`.execute(tx)

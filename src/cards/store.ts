import { sql } from 'kysely'
import { type DatabaseRow, withoutNulls } from '../platform/database-row.ts'
import type { Day } from '../platform/day.ts'
import { type Id, newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { Card, CardState } from './card.ts'
import type { CardContent } from './content.ts'

export type CardRow = {
  readonly person_id: Id<'person'>
  readonly id: Id<'card'>
  readonly serial: string | null
  readonly state: CardState
  readonly chip_id: string | null
  readonly issued_on: Day | null
  readonly expires_on: Day | null
}

export const cardOf = (row: CardRow): Card => ({
  id: row.id,
  personId: row.person_id,
  state: row.state,
  ...(row.serial && { serial: row.serial }),
  ...(row.chip_id && { chipId: row.chip_id }),
  ...(row.issued_on && { issuedOn: row.issued_on }),
  ...(row.expires_on && { expiresOn: row.expires_on }),
})

export async function findCardRows({ tx }: Work, personIds: readonly Id<'person'>[]): Promise<CardRow[]> {
  const { rows } = await sql<CardRow>`
    select person_id, id, serial, chip_id, state, issued_on, expires_on from cards.card
    where person_id = any (${personIds}::uuid[])
    order by person_id, issued_on nulls last, id`.execute(tx)
  return rows
}

export async function findCardsBySerial({ tx }: Work, serials: readonly string[]): Promise<CardRow[]> {
  const { rows } = await sql<CardRow>`
    select person_id, id, serial, chip_id, state, issued_on, expires_on from cards.card
    where serial = any (${[...serials]}::text[]) order by id`.execute(tx)
  return rows
}

/** Two desks that enter one person at once wait for each other here, so that the second sees the first's card. */
export async function holdPerson({ tx }: Work, personId: Id<'person'>): Promise<void> {
  await holdOffExtracts(tx)
  await sql`select pg_advisory_xact_lock(hashtextextended('cards ' || ${personId}, 0))`.execute(tx)
}

export async function holdCard({ tx }: Work, id: Id<'card'>): Promise<CardRow | undefined> {
  await holdOffExtracts(tx)
  const { rows } = await sql<CardRow>`
    select person_id, id, serial, chip_id, state, issued_on, expires_on from cards.card
    where id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function findCard({ tx }: Work, id: Id<'card'>): Promise<CardRow | undefined> {
  const { rows } =
    await sql<CardRow>`select person_id, id, serial, chip_id, state, issued_on, expires_on from cards.card
      where id = ${id}`.execute(tx)
  return rows[0]
}

export async function insertCard(work: Work, { personId, id, state }: Card, day: Day): Promise<void> {
  const { tx, now } = work
  await sql`
    insert into cards.card (person_id, id, origin, state, state_on, changed_at)
    values (${personId}, ${id}, 'issued', ${state}, ${day}, ${now})`.execute(tx)
  await insertCardMove(work, personId, id, state, day)
}

export async function setCardState(
  work: Work,
  { personId, id, state, serial, issuedOn, expiresOn }: Card,
): Promise<void> {
  const { tx, today, now } = work
  await sql`
    update cards.card
    set state = ${state}, serial = ${serial ?? null}, issued_on = ${issuedOn ?? null},
      expires_on = ${expiresOn ?? null},
           state_on = ${today}, changed_at = ${now}
    where person_id = ${personId} and id = ${id}`.execute(tx)
  await insertCardMove(work, personId, id, state)
}

export type EndingReason = { readonly code: string; readonly note?: string | undefined }

/** Goes with the card's move to `revoked`, in the same transaction: neither stands without the other. */
export async function insertRevocation(
  { tx, today, now, by }: Work,
  { personId, id }: Card,
  { code, note }: EndingReason,
): Promise<void> {
  await sql`
    insert into cards.revocation (person_id, card_id, code, note, revoked_on, revoked_by, at)
    values (${personId}, ${id}, ${code}, ${note ?? null}, ${today}, ${by.id}, ${now})`.execute(tx)
}

export async function insertCancellation(
  { tx, today, now, by }: Work,
  { personId, id }: Card,
  { code, note }: EndingReason,
): Promise<void> {
  await sql`
    insert into cards.cancellation (person_id, card_id, code, note, cancelled_on, cancelled_by, at)
    values (${personId}, ${id}, ${code}, ${note ?? null}, ${today}, ${by.id}, ${now})`.execute(tx)
}

/** The next number of a unit's batches, boxes or lists in a year; two at once wait for each other. */
export async function takeNextNumber(
  { tx }: Work,
  unitId: Id<'unit'>,
  kind: 'batch' | 'box' | 'list',
  year: number,
): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into cards.counter as n (unit_id, kind, year, last) values (${unitId}, ${kind}, ${year}, 1)
    on conflict (unit_id, kind, year) do update set last = n.last + 1 returning last`.execute(tx)
  return rows[0]?.last ?? 1
}

/**
 * Writes a card's next move. A work that waited for another's change of the card began before it, and comes after it
 * all the same.
 */
async function insertCardMove(
  { tx, today, now }: Work,
  personId: Id<'person'>,
  cardId: Id<'card'>,
  state: CardState,
  day = today,
): Promise<void> {
  await sql`
    insert into cards.transition (person_id, id, card_id, state, on_day, at)
    values (${personId}, ${newId<'move'>(now)}, ${cardId}, ${state}, ${day},
      greatest(${now}, (select max(at) + interval '1 microsecond' from cards.transition
        where person_id = ${personId} and card_id = ${cardId})))`.execute(tx)
}

/** Waits for an extract that is being written, and makes the next one wait (`holdForExtract`). */
const holdOffExtracts = (tx: Work['tx']) =>
  sql`select pg_advisory_xact_lock_shared(hashtext('cards.extract'))`.execute(tx)

export type CardOrder = {
  readonly personId: Id<'person'>
  readonly cardId: Id<'card'>
  readonly applicationId: string
  readonly reprintOf?: string | undefined
  readonly unitId: Id<'unit'>
  readonly schoolId?: Id<'school'> | undefined
  readonly dueOn: Day
  readonly content: CardContent
  readonly portraitSha256?: string | undefined
  readonly signatureSha256?: string | undefined
  readonly capturedBy: string
  readonly approvedBy: string
  readonly approvedOn: Day
}

const orderColumns = sql.raw(`o.person_id as "personId", o.card_id as "cardId", o.application_id as "applicationId",
      o.reprint_of as "reprintOf", o.unit_id as "unitId",
  o.school_id as "schoolId", o.due_on as "dueOn", o.content, o.portrait_sha256 as "portraitSha256",
    o.signature_sha256 as "signatureSha256", o.captured_by as "capturedBy",
  o.approved_by as "approvedBy", o.approved_on as "approvedOn"`)

const orderFrom = (row: DatabaseRow<CardOrder>): CardOrder => withoutNulls(row)

/** The orders of some cards, without their images. */
export async function findOrders({ tx }: Work, cardIds: readonly Id<'card'>[]): Promise<CardOrder[]> {
  const { rows } = await sql<DatabaseRow<CardOrder>>`
    select ${orderColumns} from cards.card_order o where o.card_id = any (${[...cardIds]}::uuid[])`.execute(tx)
  return rows.map(orderFrom)
}

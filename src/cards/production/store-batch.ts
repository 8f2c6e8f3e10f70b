import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { type Card, drawableStates } from '../card.ts'
import type { CardContent } from '../content.ts'
import type { PageCursor } from '../paging.ts'
import type { BatchCard, CardBatch, Maker } from './batch.ts'

export async function insertBatch(
  { tx, now, by }: Work,
  { id, code, unitId, maker }: Pick<CardBatch, 'id' | 'code' | 'unitId' | 'maker'>,
): Promise<void> {
  await sql`
    insert into cards.batch (id, code, unit_id, maker, state, planned_by, planned_at)
    values (${id}, ${code}, ${unitId}, ${maker}, 'open', ${by.id}, ${now})`.execute(tx)
}

export type PlanFilter = {
  readonly unitIds?: readonly Id<'unit'>[] | undefined
  readonly schoolId?: Id<'school'> | undefined
  readonly most: number
  readonly dueBefore?: Day | undefined
}

/** Approved cards that wait in no batch: orders `o` and cards `c`. */
const plannableOrders = ({ unitIds, schoolId, dueBefore }: Omit<PlanFilter, 'most'>) => sql`
  from cards.card_order o join cards.card c on c.person_id = o.person_id and c.id = o.card_id
  where c.state = 'approved' and c.origin = 'issued'
    and not exists (select from cards.batch_card b
      where b.person_id = c.person_id and b.card_id = c.id and b.state = 'waiting')
    ${unitIds ? sql`and o.unit_id = any (${[...unitIds]}::uuid[])` : sql``}
      ${schoolId ? sql`and o.school_id = ${schoolId}` : sql``}
    ${dueBefore ? sql`and o.due_on < ${dueBefore}` : sql``}`

export type PlannableCards = {
  readonly cards: number
  readonly late: number
  readonly firstDueOn: Day | null
  readonly lastDueOn: Day | null
}

export async function countPlannable({ tx, today }: Work, filter: Omit<PlanFilter, 'most'>): Promise<PlannableCards> {
  const { rows } = await sql<PlannableCards>`
    select count(*)::int as cards, count(*) filter (where o.due_on < ${today})::int as late,
      min(o.due_on) as "firstDueOn", max(o.due_on) as "lastDueOn" ${plannableOrders(filter)}`.execute(tx)
  return rows[0] ?? { cards: 0, late: 0, firstDueOn: null, lastDueOn: null }
}

/** The most urgent first; one that another plans at this moment is left to them. Gives how many. */
export async function insertBatchCards(
  { tx }: Work,
  batch: { readonly id: string; readonly maker: Maker },
  { most, ...asked }: PlanFilter,
): Promise<number> {
  const { rows } = await sql`
    with waiting as (
      select c.person_id, c.id ${plannableOrders(asked)} order by o.due_on, o.card_id limit ${most}
      for update of c skip locked
    )
    insert into cards.batch_card (person_id, batch_id, card_id, maker, state)
    select person_id, ${batch.id}::uuid, id, ${batch.maker}, 'waiting' from waiting returning card_id`.execute(tx)
  return rows.length
}

const batchColumns = sql.raw(
  `b.id, b.code, b.unit_id as "unitId", b.maker, b.state, b.planned_at as "plannedAt", b.ordered_at as "orderedAt",
      b.handed_up_at as "handedUpAt",
      b.closed_at as "closedAt"`,
)
const counts = sql.raw(`n.cards, n.waiting, n.made, n.rejected, n.due_on as "dueOn"`)
const counting = sql`cross join lateral cards.batch_counts(b.id) n`

export type BatchFilter = {
  readonly after?: string | undefined
  readonly limit: number
  readonly which?: 'waiting' | 'late' | 'to-check' | undefined
}

/**
 * The latest first, those that wait, are late, or have a card that another made and nobody has looked at; a page begins
 * after a batch.
 */
export async function findBatches({ tx, today, by }: Work, { after, limit, which }: BatchFilter): Promise<CardBatch[]> {
  const { rows } = await sql<CardBatch>`
    select ${batchColumns}, ${counts} from cards.batch b ${counting}
    where true ${after ? sql`and b.id < ${after}` : sql``} ${which === 'waiting' ? sql`and n.waiting > 0` : sql``}
      ${which === 'late' ? sql`and n.due_on < ${today}` : sql``}
      ${
        which === 'to-check'
          ? sql`and exists (select from cards.production p
          where p.batch_id = b.id and p.quality is null and p.maker = 'house' and p.made_by <> ${by.id})`
          : sql``
      }
    order by b.id desc limit ${limit}`.execute(tx)
  return rows
}

export async function findBatch({ tx }: Work, id: string): Promise<CardBatch | undefined> {
  const { rows } =
    await sql<CardBatch>`select ${batchColumns}, ${counts} from cards.batch b ${counting} where b.id = ${id}`.execute(
      tx,
    )
  return rows[0]
}

/** Two who work at one batch at once wait for each other here. */
export async function holdBatch(
  { tx }: Work,
  id: string,
): Promise<Pick<CardBatch, 'id' | 'code' | 'unitId' | 'maker' | 'state' | 'handedUpAt'> | undefined> {
  const { rows } = await sql<CardBatch>`
    select b.id, b.code, b.unit_id as "unitId", b.maker, b.state, b.handed_up_at as "handedUpAt" from cards.batch b
    where b.id = ${id} for update`.execute(tx)
  return rows[0]
}

/** The cards of a batch by deadline, with the attempt that stands; a page begins after `after`. */
export async function findBatchCards(
  { tx }: Work,
  id: string,
  { after, limit }: { readonly after?: PageCursor | undefined; readonly limit: number },
): Promise<BatchCard[]> {
  const { rows } = await sql<BatchCard>`
    select l.card_id as "cardId", l.person_id as "personId", o.content ->> 'fullName' as name, o.due_on as "dueOn",
      o.unit_id as "unitId", l.state, l.reason, p.attempts::int,
           p.id as "attemptId", p.serial, p.made_by as "madeBy", p.quality, p.fault
    from cards.batch_card l join cards.card_order o on o.person_id = l.person_id and o.card_id = l.card_id
    left join lateral (select p.*, count(*) over () as attempts from cards.production p
      where p.person_id = l.person_id and p.card_id = l.card_id and p.batch_id = l.batch_id
                       order by p.attempt desc limit 1) p on true
    where l.batch_id = ${id}
      ${after ? sql`and (o.due_on, l.card_id) > (${after.key}::date, ${after.cardId}::uuid)` : sql``}
    order by o.due_on, l.card_id limit ${limit}`.execute(tx)
  return rows
}

export type OrderLine = {
  readonly cardId: Id<'card'>
  readonly personId: Id<'person'>
  readonly unitId: Id<'unit'>
  readonly dueOn: Day
  readonly content: CardContent
  readonly portraitSha256: string | null
  readonly signatureSha256: string | null
  /** Its first bytes, hexadecimal: they tell its type. */
  readonly signatureBegins: string | null
}

/** What a centre must make: the cards of a batch that still wait, by deadline. */
export async function findWaitingOrders({ tx }: Work, batchId: string): Promise<OrderLine[]> {
  const { rows } = await sql<OrderLine>`
    select o.card_id as "cardId", o.person_id as "personId", o.unit_id as "unitId", o.due_on as "dueOn", o.content,
      o.portrait_sha256 as "portraitSha256",
           o.signature_sha256 as "signatureSha256",
           encode(substring(o.signature from 1 for 8), 'hex') as "signatureBegins"
    from cards.batch_card l join cards.card_order o on o.person_id = l.person_id and o.card_id = l.card_id
    where l.batch_id = ${batchId} and l.state = 'waiting' order by o.due_on, o.card_id`.execute(tx)
  return rows
}

export type MadeCard = {
  readonly cardId: Id<'card'>
  readonly personId: Id<'person'>
  readonly dueOn: Day
  readonly content: CardContent
  readonly portrait: Buffer | null
  readonly serial: string | null
  readonly issuedOn: Day | null
  readonly expiresOn: Day | null
  /** Whether another officer still has to look at it. */
  readonly waits: boolean
}

/**
 * Cards of a batch that were made, those whose making waits to be checked too, with their portraits, by deadline; a
 * page begins after `after`.
 */
export async function findMadeCards(
  { tx }: Work,
  batchId: string,
  { after, limit }: { readonly after?: PageCursor | undefined; readonly limit: number },
): Promise<MadeCard[]> {
  const { rows } = await sql<MadeCard>`
    select l.card_id as "cardId", l.person_id as "personId", o.due_on as "dueOn", o.content, o.portrait,
      coalesce(p.serial, c.serial) as serial, coalesce(p.made_on, c.issued_on) as "issuedOn",
           c.expires_on as "expiresOn", p.id is not null as waits
    from cards.batch_card l join cards.card c on c.person_id = l.person_id and c.id = l.card_id
    join cards.card_order o on o.person_id = l.person_id and o.card_id = l.card_id
    left join cards.production p on p.person_id = l.person_id and p.card_id = l.card_id and p.batch_id = l.batch_id
      and p.quality is null and l.state = 'waiting'
    where l.batch_id = ${batchId}
      and (p.id is not null or l.state = 'made' and c.state = any (${[...drawableStates]}::text[]))
      ${after ? sql`and (o.due_on, l.card_id) > (${after.key}::date, ${after.cardId}::uuid)` : sql``}
    order by o.due_on, l.card_id limit ${limit}`.execute(tx)
  return rows
}

export async function setBatchOrdered({ tx, now }: Work, id: string, sha256: string): Promise<void> {
  await sql`update cards.batch set state = 'ordered', ordered_at = coalesce(ordered_at, ${now}), file_sha256 = ${sha256}
    where id = ${id}`.execute(tx)
}

export async function setBatchHandedUp({ tx, now }: Work, id: string): Promise<void> {
  await sql`update cards.batch set handed_up_at = ${now} where id = ${id}`.execute(tx)
}

/** A card that came to nothing, or is taken out, waits in no batch any more. */
export async function releaseCard(
  { tx, now }: Work,
  { personId, id }: Pick<Card, 'personId' | 'id'>,
  reason: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ batch_id: string }>`
    update cards.batch_card set state = 'released', reason = ${reason}, ended_at = ${now}
    where person_id = ${personId} and card_id = ${id} and state = 'waiting' returning batch_id`.execute(tx)
  return rows[0]?.batch_id
}

export async function setCardMade({ tx, now }: Work, { personId, id }: Card, batchId: string): Promise<void> {
  await sql`
    update cards.batch_card set state = 'made', ended_at = ${now}
    where person_id = ${personId} and card_id = ${id} and batch_id = ${batchId} and state = 'waiting'`.execute(tx)
}

/** Cards that an import took further wait nowhere any more. Gives their batches. */
export async function releaseMovedOn({ tx, now }: Work): Promise<string[]> {
  const { rows } = await sql<{ batch_id: string }>`
    update cards.batch_card l set state = 'released', reason = 'told-by-extract', ended_at = ${now}
    from cards.card c where l.state = 'waiting' and c.person_id = l.person_id and c.id = l.card_id
      and c.state <> 'approved' returning l.batch_id`.execute(tx)
  return [...new Set(rows.map(row => row.batch_id))]
}

/**
 * Two who decide the last two cards of a batch at once wait for each other here, so that the second finds that none
 * waits.
 */
export async function holdBatches({ tx }: Work, ids: readonly string[]): Promise<void> {
  await sql`select from cards.batch where id = any (${[...ids]}::uuid[]) order by id for no key update`.execute(tx)
}

/** Batches of which no card waits any more are closed. Gives them. */
export async function setEmptyBatchesClosed({ tx, now }: Work, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update cards.batch b set state = 'closed', closed_at = ${now}
    where b.id = any (${[...ids]}::uuid[]) and b.state <> 'closed'
      and (select waiting from cards.batch_counts(b.id)) = 0 returning b.id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** The batch in which a card waits, with its maker. */
export async function findWaitingBatch(
  { tx }: Work,
  { personId, id }: Card,
): Promise<{ batchId: string; maker: Maker; unitId: Id<'unit'> } | undefined> {
  const { rows } = await sql<{ batchId: string; maker: Maker; unitId: Id<'unit'> }>`
    select l.batch_id as "batchId", l.maker, b.unit_id as "unitId" from cards.batch_card l
    join cards.batch b on b.id = l.batch_id
    where l.person_id = ${personId} and l.card_id = ${id} and l.state = 'waiting'`.execute(tx)
  return rows[0]
}

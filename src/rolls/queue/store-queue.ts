import { type RawBuilder, sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { ReviewDecision, RollId } from '../roll.ts'
import type { RollRow, RowRef } from '../row.ts'
import { type KeptRow, rowColumns, rowFrom } from '../store-row.ts'
import { liesWithActorSql } from './store-referral.ts'

/**
 * The rows that an officer goes through: those that wait for a decision here, those that were referred to here, or
 * those that the machine matched, the riskiest first. Of one roll, else of all rolls in force that the scope sees.
 */
export type ReviewQueue = { readonly of: 'review' | 'referred' | 'risk'; readonly rollId?: RollId | undefined }

/** A row of a roll, its open referral, and another officer's claim on it. */
const rowInQueue = ({ by, now }: Work) => sql`
  rolls.row w join rolls.roll r on r.id = w.roll_id and r.state = 'reconciled'
  left join rolls.referral h on h.roll_id = w.roll_id and h.place = w.place and h.settled_at is null
  left join rolls.claim c on c.roll_id = w.roll_id and c.place = w.place and c.held_by <> ${by.id} and c.until > ${now}`

const ofRoll = ({ rollId }: { readonly rollId?: RollId | undefined }) =>
  rollId ? sql`r.in_force and w.roll_id = ${rollId}` : sql`r.in_force`

/** Rows that the machine matched without an officer: each has a risk of being a false link. */
const isMatchedAutomatically = sql`w.state = 'matched-automatically' and w.decision is null`
/** Who waits for a person: also an entry that was decided, where something new speaks against the decision. */
const isWaiting = sql`(w.outcome = 'review' or w.contested)`
const isPutOff = sql`(w.decision is not null and w.decision = 'later')`

/**
 * Which rows a figure counts: the first four share out all that a person has, or had, to look at; those held are among
 * the ones that are left.
 */
export const queueParts = ['left', 'later', 'referred', 'decided', 'held', 'risk'] as const
export type QueuePart = (typeof queueParts)[number]

const isInPart = (work: Work): Record<QueuePart, RawBuilder<unknown>> => ({
  left: sql`${isWaiting} and not ${isPutOff} and (h.id is null or ${liesWithActorSql(work)})`,
  later: sql`${isWaiting} and ${isPutOff} and (h.id is null or ${liesWithActorSql(work)})`,
  referred: sql`${isWaiting} and h.id is not null and not ${liesWithActorSql(work)}`,
  decided: sql`w.decision in ('same', 'different') and not ${isWaiting}`,
  held: sql`${isWaiting} and not ${isPutOff} and (h.id is null or ${liesWithActorSql(work)}) and c.place is not null`,
  risk: isMatchedAutomatically,
})

const isInQueue = (work: Work): Record<ReviewQueue['of'], RawBuilder<unknown>> => ({
  review: sql`${isWaiting} and (h.id is null or ${liesWithActorSql(work)})`,
  referred: sql`${isWaiting} and h.id is not null and ${liesWithActorSql(work)}`,
  risk: isMatchedAutomatically,
})

/**
 * In the order of the roll, from the present row round to those before it, postponed ones last. Over all rolls:
 * referred rows come first, then the present roll, then the roll that waits longest.
 */
function orderFrom({ of }: ReviewQueue, after: RowRef | undefined) {
  const [rollId, place] = [after?.rollId ?? null, after?.place ?? 0]
  const isHere = sql`w.roll_id is not distinct from ${rollId}::uuid`
  if (of === 'risk') return sql`w.probability, r.sent_at, w.roll_id, w.place`
  return sql`h.id is null, ${isPutOff}, not (${isHere}), (${isHere} and w.place <= ${place}), r.sent_at, w.roll_id,
      w.place`
}

/** The risky rows have an order of their own: those at or before where one stands come round again. */
const afterRisk = (after: RowRef | undefined) => sql`coalesce((w.probability, w.roll_id, w.place) <= (
  select a.probability, a.roll_id, a.place from rolls.row a
      where a.roll_id = ${after?.rollId ?? null}::uuid and a.place = ${after?.place ?? 0}), false)`

const orderOfQueue = (queue: ReviewQueue, after: RowRef | undefined) =>
  queue.of === 'risk' ? sql`${afterRisk(after)}, ${orderFrom(queue, after)}` : orderFrom(queue, after)

/** Locks the first row of a queue that no other officer has claimed; skips rows that another work has locked. */
export async function holdFreeRow(
  work: Work,
  queue: ReviewQueue,
  after?: RowRef,
): Promise<(RowRef & { readonly schoolId: Id<'school'> }) | undefined> {
  const { rows } = await sql<RowRef & { schoolId: Id<'school'> }>`
    select w.roll_id as "rollId", w.place, w.school_id as "schoolId" from ${rowInQueue(work)}
    where ${ofRoll(queue)} and ${isInQueue(work)[queue.of]} and c.place is null
    order by ${orderOfQueue(queue, after)} limit 1 for update of w skip locked`.execute(work.tx)
  return rows[0]
}

/** The rows that come next, held by others or not. */
export async function findRowsAhead(work: Work, queue: ReviewQueue, after: RowRef, limit: number): Promise<RowRef[]> {
  const { rows } = await sql<RowRef>`
    select w.roll_id as "rollId", w.place from ${rowInQueue(work)}
    where ${ofRoll(queue)} and ${isInQueue(work)[queue.of]}
      and not (w.roll_id = ${after.rollId} and w.place = ${after.place})
    order by ${orderOfQueue(queue, after)} limit ${limit}`.execute(work.tx)
  return rows
}

/** Where a row stands among those of its roll (0: it is none of them), and the one before it on the roll. */
export async function findPosition(work: Work, { rollId, place }: RowRef, of: ReviewQueue['of']) {
  const { rows } = await sql<{ position: number; total: number; previous: number | null }>`
    select case when bool_or(w.place = ${place}) then count(*) filter (where w.place <= ${place})
      else 0 end as position, count(*) as total, max(w.place) filter (where w.place < ${place}) as previous
    from ${rowInQueue(work)} where w.roll_id = ${rollId} and ${isInQueue(work)[of === 'risk' ? 'review' : of]}`.execute(
    work.tx,
  )
  return rows[0] ?? { position: 0, total: 0, previous: null }
}

export type QueueCounts = Readonly<Record<QueuePart, number>> & { readonly expectedFalse: number }

/**
 * How many rows are in each part; `expectedFalse` sums the risk of those that the machine matched by itself, which are
 * nearly all of them and are counted apart.
 */
export async function countQueueParts(
  work: Work,
  where: { readonly rollId?: RollId | undefined },
): Promise<QueueCounts> {
  const is = isInPart(work)
  const looked = queueParts.filter(part => part !== 'risk')
  const counts = sql.join(looked.map(part => sql`count(*) filter (where ${is[part]}) as ${sql.ref(part)}`))
  const { rows } = await sql<QueueCounts>`
    select counted.*, m.rows as risk, m.expected_false as "expectedFalse"
    from (select ${counts} from ${rowInQueue(work)} where ${ofRoll(where)}
      and (w.outcome = 'review' or w.contested or w.decision is not null)) counted,
      rolls.matched_alone(${where.rollId ?? null}::uuid) m`.execute(work.tx)
  return rows[0]!
}

export type WaitingRows = { readonly left: number; readonly later: number; readonly toMe: number }

/** Of all rolls in force: rows that wait, those put off, and those that were referred to the actor or their unit. */
export async function countWaitingRows(work: Work): Promise<WaitingRows> {
  const { left, later } = isInPart(work)
  const { rows } = await sql<WaitingRows>`
    select count(*) filter (where ${left}) as left, count(*) filter (where ${later}) as later,
      (select count(*) from rolls.referral h join rolls.row w on w.roll_id = h.roll_id and w.place = h.place
        where h.settled_at is null and ${liesWithActorSql(work)}) as "toMe"
    from ${rowInQueue(work)} where r.in_force and ${isWaiting}`.execute(work.tx)
  return rows[0] ?? { left: 0, later: 0, toMe: 0 }
}

export type ListedRowRef = RowRef & {
  readonly schoolId: Id<'school'>
  readonly sheet: string
  readonly sheetRow: number
  readonly class: string | null
  readonly name: string
  readonly probability: number | null
  readonly personId: Id<'person'> | null
  readonly decision: ReviewDecision | null
  readonly heldBy: string | null
  readonly until: Date | null
  readonly total: number
}

/** The rows of a part, as they are gone through; the riskiest first. */
export async function findRowsOfPart(
  work: Work,
  part: QueuePart,
  { rollId, limit, offset }: { readonly rollId?: RollId | undefined; readonly limit: number; readonly offset: number },
): Promise<ListedRowRef[]> {
  const { rows } = await sql<ListedRowRef>`
    select w.roll_id as "rollId", w.place, w.school_id as "schoolId", w.sheet, w.sheet_row as "sheetRow", w.class,
      w.name, w.probability,
      w.person_id as "personId", w.decision, c.held_by as "heldBy", c.until, count(*) over () as total
    from ${rowInQueue(work)} where ${ofRoll({ rollId })} and ${isInPart(work)[part]}
    order by ${part === 'risk' ? sql`w.probability,` : sql``} r.sent_at, w.roll_id, w.place
    limit ${limit} offset ${offset}`.execute(work.tx)
  return rows
}

/** Rows by where they stand, in the order asked for. */
export async function findRowsAt({ tx }: Work, spots: readonly RowRef[]): Promise<RollRow[]> {
  const { rows } = await sql<KeptRow>`
    select ${rowColumns}
    from unnest(${spots.map(({ rollId }) => rollId)}::uuid[], ${spots.map(({ place }) => place)}::integer[])
    with ordinality as t (roll_id, place, at)
    join rolls.row w on w.roll_id = t.roll_id and w.place = t.place order by t.at`.execute(tx)
  return rows.map(rowFrom)
}

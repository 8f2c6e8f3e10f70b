import { type RawBuilder, sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Decision, RollId } from '../roll.ts'
import type { RollRow, Spot } from '../row.ts'
import { type KeptRow, rowColumns, rowFrom } from '../store-row.ts'
import { liesHere } from './store-referral.ts'

/**
 * The rows that an officer goes through: those that wait for a decision here, those that were referred to here, or
 * those that the machine matched, the riskiest first. Of one roll, else of all rolls in force that the scope sees.
 */
export type Queue = { readonly of: 'review' | 'handed-on' | 'risk'; readonly rollId?: RollId | undefined }

/** A row of a roll, its open referral, and another officer's claim on it. */
const standing = ({ by, now }: Work) => sql`
  rolls.row w join rolls.roll r on r.id = w.roll_id and r.state = 'reconciled'
  left join rolls.hand_on h on h.roll_id = w.roll_id and h.place = w.place and h.settled_at is null
  left join rolls.claim c on c.roll_id = w.roll_id and c.place = w.place and c.held_by <> ${by.id} and c.until > ${now}`

const within = ({ rollId }: { readonly rollId?: RollId | undefined }) =>
  rollId ? sql`r.in_force and w.roll_id = ${rollId}` : sql`r.in_force`

/** Rows that the machine matched without an officer: each has a risk of being a false link. */
const automatic = sql`w.state = 'matched-automatically' and w.decision is null`
/** Who waits for a person: also an entry that was decided, where something new speaks against the decision. */
const waits = sql`(w.outcome = 'review' or w.contested)`
const isPutOff = sql`(w.decision is not null and w.decision = 'later')`

/**
 * Which rows a figure counts: the first four share out all that a person has, or had, to look at; those held are among
 * the ones that are left.
 */
export const parts = ['left', 'later', 'handed-on', 'decided', 'held', 'risk'] as const
export type Part = (typeof parts)[number]

const isPart = (work: Work): Record<Part, RawBuilder<unknown>> => ({
  left: sql`${waits} and not ${isPutOff} and (h.id is null or ${liesHere(work)})`,
  later: sql`${waits} and ${isPutOff} and (h.id is null or ${liesHere(work)})`,
  'handed-on': sql`${waits} and h.id is not null and not ${liesHere(work)}`,
  decided: sql`w.decision in ('same', 'different') and not ${waits}`,
  held: sql`${waits} and not ${isPutOff} and (h.id is null or ${liesHere(work)}) and c.place is not null`,
  risk: automatic,
})

const belongs = (work: Work): Record<Queue['of'], RawBuilder<unknown>> => ({
  review: sql`${waits} and (h.id is null or ${liesHere(work)})`,
  'handed-on': sql`${waits} and h.id is not null and ${liesHere(work)}`,
  risk: automatic,
})

/**
 * In the order of the roll, from the present row round to those before it, postponed ones last. Over all rolls:
 * referred rows come first, then the present roll, then the roll that waits longest.
 */
function order({ of }: Queue, after: Spot | undefined) {
  const [rollId, place] = [after?.rollId ?? null, after?.place ?? 0]
  const isHere = sql`w.roll_id is not distinct from ${rollId}::uuid`
  if (of === 'risk') return sql`w.probability, r.sent_at, w.roll_id, w.place`
  return sql`h.id is null, ${isPutOff}, not (${isHere}), (${isHere} and w.place <= ${place}), r.sent_at, w.roll_id, w.place`
}

/** The risky rows have an order of their own: those at or before where one stands come round again. */
const afterRisk = (after: Spot | undefined) => sql`coalesce((w.probability, w.roll_id, w.place) <= (
  select a.probability, a.roll_id, a.place from rolls.row a where a.roll_id = ${after?.rollId ?? null}::uuid and a.place = ${after?.place ?? 0}), false)`

const ordered = (queue: Queue, after: Spot | undefined) =>
  queue.of === 'risk' ? sql`${afterRisk(after)}, ${order(queue, after)}` : order(queue, after)

/** Locks the first row of a queue that no other officer has claimed; skips rows that another work has locked. */
export async function freeSpot(
  work: Work,
  queue: Queue,
  after?: Spot,
): Promise<(Spot & { readonly schoolId: string }) | undefined> {
  const { rows } = await sql<Spot & { schoolId: string }>`
    select w.roll_id as "rollId", w.place, w.school_id as "schoolId" from ${standing(work)}
    where ${within(queue)} and ${belongs(work)[queue.of]} and c.place is null
    order by ${ordered(queue, after)} limit 1 for update of w skip locked`.execute(work.tx)
  return rows[0]
}

/** The rows that come next, held by others or not. */
export async function spotsAhead(work: Work, queue: Queue, after: Spot, limit: number): Promise<Spot[]> {
  const { rows } = await sql<Spot>`
    select w.roll_id as "rollId", w.place from ${standing(work)}
    where ${within(queue)} and ${belongs(work)[queue.of]} and not (w.roll_id = ${after.rollId} and w.place = ${after.place})
    order by ${ordered(queue, after)} limit ${limit}`.execute(work.tx)
  return rows
}

/** Where a row stands among those of its roll (0: it is none of them), and the one before it on the roll. */
export async function positionOf(work: Work, { rollId, place }: Spot, of: Queue['of']) {
  const { rows } = await sql<{ position: number; total: number; previous: number | null }>`
    select case when bool_or(w.place = ${place}) then count(*) filter (where w.place <= ${place}) else 0 end as position, count(*) as total, max(w.place) filter (where w.place < ${place}) as previous
    from ${standing(work)} where w.roll_id = ${rollId} and ${belongs(work)[of === 'risk' ? 'review' : of]}`.execute(
    work.tx,
  )
  return rows[0] ?? { position: 0, total: 0, previous: null }
}

export type Counted = Readonly<Record<Part, number>> & { readonly expectedFalse: number }

/** How many rows are in each part; `expectedFalse` sums the risk of those that the machine matched by itself. */
export async function countParts(work: Work, where: { readonly rollId?: RollId | undefined }): Promise<Counted> {
  const is = isPart(work)
  const counts = sql.join(parts.map(part => sql`count(*) filter (where ${is[part]}) as ${sql.ref(part)}`))
  const { rows } = await sql<Counted>`
    select ${counts}, coalesce(sum(1 - w.probability::float8) filter (where ${automatic}), 0) as "expectedFalse"
    from ${standing(work)} where ${within(where)} and (${waits} or w.decision is not null or ${automatic})`.execute(
    work.tx,
  )
  return rows[0]!
}

export type ListedSpot = Spot & {
  readonly schoolId: string
  readonly sheet: string
  readonly sheetRow: number
  readonly class: string | null
  readonly name: string
  readonly probability: number | null
  readonly personId: Id<'person'> | null
  readonly decision: Decision | null
  readonly heldBy: string | null
  readonly until: Date | null
  readonly total: number
}

/** The rows of a part, as they are gone through; the riskiest first. */
export async function listPart(
  work: Work,
  part: Part,
  { rollId, limit, offset }: { readonly rollId?: RollId | undefined; readonly limit: number; readonly offset: number },
): Promise<ListedSpot[]> {
  const { rows } = await sql<ListedSpot>`
    select w.roll_id as "rollId", w.place, w.school_id as "schoolId", w.sheet, w.sheet_row as "sheetRow", w.class, w.name, w.probability,
      w.person_id as "personId", w.decision, c.held_by as "heldBy", c.until, count(*) over () as total
    from ${standing(work)} where ${within({ rollId })} and ${isPart(work)[part]}
    order by ${part === 'risk' ? sql`w.probability,` : sql``} r.sent_at, w.roll_id, w.place limit ${limit} offset ${offset}`.execute(
    work.tx,
  )
  return rows
}

/** Rows by where they stand, in the order asked for. */
export async function rowsOn({ tx }: Work, spots: readonly Spot[]): Promise<RollRow[]> {
  const { rows } = await sql<KeptRow>`
    select ${rowColumns} from unnest(${spots.map(({ rollId }) => rollId)}::uuid[], ${spots.map(({ place }) => place)}::integer[]) with ordinality as t (roll_id, place, at)
    join rolls.row w on w.roll_id = t.roll_id and w.place = t.place order by t.at`.execute(tx)
  return rows.map(rowFrom)
}

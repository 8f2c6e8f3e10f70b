/**
 * Rows that wait for an officer. In: rows that the comparison left in doubt, or matched at some risk. Decided: only who
 * has a row: an officer by a claim for some minutes, or a unit or officer by a referral. Out: the next free row, and
 * the progress. This room is below the comparison, which carries open referrals over when a roll is sent again. Deeds:
 * roll-row.handed-on, roll-row.handed-back, roll-row.taken-back.
 */
import type { Work } from '../../platform/work.ts'
import type { RollRow, Spot } from '../row.ts'
import { claimFree } from './claim.ts'
import { asHolding, type Holding, namesOf } from './hands.ts'
import { freeSpot, type Part, positionOf, type Queue, rowsOn, spotsAhead } from './store.ts'
import { claimsOf } from './store-claim.ts'

export type { Part, Queue }

export type Ahead = { readonly row: RollRow; readonly holding?: Holding | undefined }

/** Where a row stands among those of its roll that wait, and which come next. */
export type Among = {
  readonly position: number
  readonly total: number
  readonly next: readonly Ahead[]
  readonly previous?: number | undefined
}

/** Of those that come next, so many are in sight. */
const rowsAhead = 5

/**
 * Claims the next free row of a queue for the actor. Another officer at the same moment locks another row, or finds
 * this one claimed and tries again, so that no row is given twice.
 */
export async function claimNext(work: Work, queue: Queue, after?: Spot): Promise<Spot | undefined> {
  for (;;) {
    const free = await freeSpot(work, queue, after)
    if (!free || (await claimFree(work, free))) return free
  }
}

/** Where the row stands, and which come after it: to keep the rhythm. */
export async function amongOthers(work: Work, row: RollRow, queue: Queue): Promise<Among> {
  const { position, total, previous } = await positionOf(work, row, 'review')
  const ahead = await rowsOn(work, await spotsAhead(work, queue, row, rowsAhead - 1))
  const claims = await claimsOf(work, [row.rollId, ...ahead.map(({ rollId }) => rollId)])
  const names = await namesOf(
    work,
    claims.map(({ heldBy }) => heldBy),
  )
  const claimed = new Map(claims.map(one => [`${one.rollId} ${one.place}`, one]))
  return {
    position,
    total,
    next: [row, ...ahead].map(one => {
      const claim = claimed.get(`${one.rollId} ${one.place}`)
      return { row: one, ...(claim && claim.heldBy !== work.by.id && { holding: asHolding(work, claim, names) }) }
    }),
    ...(previous !== null && { previous }),
  }
}

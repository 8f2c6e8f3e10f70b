import { setTimeout } from 'node:timers/promises'
import type { Authority, OpenWork, Work } from '../work.ts'
import { sealingProblem } from './problems.ts'
import { beginNewSealingKey, dropFormerSealingKey, keyReadEveryMilliseconds, sealingKeyNames } from './sealing.ts'
import { haveEndedBefore, markTransaction, resealRows, type SealedColumn } from './store-reseal.ts'

/**
 * A new sealing key in the place of one that others may know: what lies sealed is sealed anew, batch by batch, while
 * the house goes on and reads both. Whoever is stopped in the middle begins again; what lies under the new key is left.
 * The former key is destroyed once nothing lies under it.
 */

export type { SealedColumn }

const rowsAtOnce = 500

export type Resealed = { readonly former: string; readonly current: string; readonly rows: number }

type ResealingHouse = {
  readonly folder: string
  readonly openWork: OpenWork
  /** Who replaces it, in works of maintenance. */
  readonly by: Authority
}
type Steps = {
  readonly columns: readonly SealedColumn[]
  /** Whether it was recorded already that a key was made: a run that was killed may have left the deed out. */
  isMadeKnown(work: Work, key: string): Promise<boolean>
  /** Records, in the work that is given, that a key was made, or is destroyed. */
  record(work: Work, deed: 'made' | 'destroyed', done: Resealed): Promise<void>
  /** How many rows a batch reads, where not as many as usual; and what is told after each. */
  readonly atOnce?: number
  onBatch?(table: string, resealed: number): void
}

/** Other processes of the house have read the new key, and what they wrote before it is committed. */
async function allKnowTheKey({ openWork, by }: ResealingHouse): Promise<void> {
  await setTimeout(2 * keyReadEveryMilliseconds)
  const mark = await openWork(by, markTransaction)
  while (!(await openWork(by, work => haveEndedBefore(work, mark)))) await setTimeout(200)
}

async function resealColumn(
  { openWork, by }: ResealingHouse,
  column: SealedColumn,
  { atOnce = rowsAtOnce, onBatch }: Steps,
) {
  let after: readonly string[] | undefined = []
  let [rows, unreadable] = [0, 0]
  while (after) {
    const from: readonly string[] = after
    const done = await openWork(by, work => resealRows(work, column, from, atOnce))
    rows += done.resealed
    unreadable += done.unreadable
    onBatch?.(column.table, done.resealed)
    after = done.last
  }
  return { rows, unreadable }
}

/** One pass over all that is sealed. Throws sealed-under-another-key. */
async function resealAll(house: ResealingHouse, steps: Steps): Promise<number> {
  let rows = 0
  const lost: Record<string, number> = {}
  for (const column of steps.columns) {
    const done = await resealColumn(house, column, steps)
    rows += done.rows
    if (done.unreadable > 0) lost[column.table] = (lost[column.table] ?? 0) + done.unreadable
  }
  if (Object.keys(lost).length > 0) throw sealingProblem('sealed-under-another-key', { rows: lost })
  return rows
}

/** Replaces the sealing key of a house. Throws sealed-under-another-key. */
export async function replaceSealingKey(house: ResealingHouse, steps: Steps): Promise<Resealed> {
  await beginNewSealingKey(house.folder)
  const { current, former = '' } = sealingKeyNames()
  await house.openWork(house.by, async work => {
    if (!(await steps.isMadeKnown(work, current))) await steps.record(work, 'made', { current, former, rows: 0 })
  })
  await allKnowTheKey(house)
  let rows = 0
  // Until a pass finds nothing more under the former key.
  for (let found = -1; found !== 0; rows += found) found = await resealAll(house, steps)
  const done = { current, former, rows }
  await house.openWork(house.by, work => steps.record(work, 'destroyed', done))
  await dropFormerSealingKey(house.folder)
  return done
}

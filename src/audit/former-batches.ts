import { firstIdAt } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import { readingText } from './entry.ts'
import { merkleRoot } from './merkle.ts'
import { record } from './record.ts'
import { accessOfBatch, holdFormerSealed, takeFormerBatches } from './store-reading.ts'

/** How far back a batch may lie that was not sealed: the clock may have stood behind what was sealed. */
const aDay = 24 * 60 * 60_000

/** The moment of a UUIDv7, a day earlier; of the id that stands for none, the beginning. */
function aDayBefore(id: string): string {
  const moment = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16) - aDay
  return moment > 0 ? firstIdAt(new Date(moment)) : '00000000-0000-0000-0000-000000000000'
}

/**
 * Seals the batches of readings that a former release left open: one deed a batch, with the Merkle root of its rows.
 * Runs at the first opening after the upgrade, before anybody can read; later there is nothing to do.
 */
export async function sealFormerBatches(work: Work): Promise<number> {
  const last = await holdFormerSealed(work.tx)
  if (last === undefined) return 0
  const batches = await takeFormerBatches(work.tx, aDayBefore(last))
  for (const id of batches) {
    const rows = await accessOfBatch(work.tx, id)
    const root = merkleRoot(rows.map(readingText)).toString('hex')
    await record(work, 'access.sealed', { kind: 'access-batch', id }, { count: rows.length, root })
  }
  return batches.length
}

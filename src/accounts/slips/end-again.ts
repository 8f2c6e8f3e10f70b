import * as audit from '../../audit/audit.ts'
import type { Work } from '../../platform/work.ts'
import { inFactorScope } from '../factors/factors.ts'
import { endSlips } from './store-after-restore.ts'

/** Slips that were used or ended since a backup open nothing once it is restored. */
export async function endSlipsAgain(
  work: Work,
  lines: readonly Pick<audit.JournalLine, 'of'>[],
): Promise<audit.Again[]> {
  const ids = lines.map(({ of }) => of)
  return inFactorScope(work, async house => {
    const { ended, known } = await endSlips(house, ids)
    for (const { id, personId } of ended)
      await audit.record(house, 'slip.ended', { kind: 'slip', id, personId }, { why: 'restored' })
    const again = new Set(ended.map(({ id }) => id))
    return ids.map(id => (again.has(id) ? 'again' : known.has(id) ? 'already' : 'unknown'))
  })
}

import type { Work } from '../platform/work.ts'
import { chainOf, type SealedDeed, sealOf } from './deed.ts'
import * as store from './store.ts'

/**
 * Writes the work's deeds at the end of its chain. Called last before commit, so that the chain is locked for a moment
 * only.
 */
export async function seal(work: Work): Promise<void> {
  if (work.deeds.length === 0) return
  let { chain, seq, seal: last } = await store.holdHead(work.tx, chainOf(work.id))
  const rows = work.deeds.map(deed => {
    seq += 1
    const sealed: SealedDeed = {
      chain,
      seq,
      id: deed.id,
      workId: work.id,
      at: work.now,
      day: work.today,
      byKind: work.by.kind,
      byId: work.by.id,
      onBehalfOf: work.by.onBehalfOf ?? null,
      purpose: work.purpose,
      deed: deed.deed,
      subjectKind: deed.subject.kind,
      subjectId: deed.subject.id,
      personId: deed.subject.personId ?? null,
      unitId: deed.subject.unitId ?? null,
      facts: JSON.parse(JSON.stringify(deed.facts)),
    }
    last = sealOf(last, sealed)
    return { ...sealed, seal: last }
  })
  await store.insertDeeds(work.tx, rows)
  await store.moveHead(work.tx, { chain, seq, seal: last })
}

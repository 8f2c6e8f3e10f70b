import type { Work } from '../platform/work.ts'
import { chainOf, type SealedDeed, sealOf } from './deed.ts'
import { entryChainOf, macOfEntry } from './entry.ts'
import * as store from './store.ts'
import { insertEntry } from './store-reading.ts'

/** The last seals that this process made itself: a database that loses them is named by the next signed heads. */
export type OwnSeals = Map<number, store.Head>

/** Writes the work's deeds at the end of its chain. */
async function sealDeeds(work: Work): Promise<store.Head> {
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
  const head = { chain, seq, seal: last }
  await store.moveHead(work.tx, head)
  return head
}

/**
 * Writes the entry of what the work read: its readings cannot be removed, changed or added to without it. The head is
 * known when the work has committed, at the latest.
 */
async function sealReadings(work: Work, take: (head: store.Head) => void): Promise<void> {
  const { count, hash } = work.readings
  if (!hash) throw new Error('readings were counted and not hashed')
  const entry = { workId: work.id, at: work.now, count, digest: hash.copy().digest() }
  const chain = entryChainOf(work.id)
  await insertEntry(work, chain, entry, macOfEntry(entry), place => take({ chain, ...place }))
}

/**
 * Seals the work's deeds and what it read. Called last before commit, so that a chain is locked for a moment only;
 * deeds first, always, so that no two works wait for each other.
 */
export async function seal(work: Work, own?: OwnSeals): Promise<void> {
  const heads: store.Head[] = []
  if (work.deeds.length > 0) heads.push(await sealDeeds(work))
  if (work.readings.count > 0) await sealReadings(work, head => heads.push(head))
  if (!own) return
  work.afterCommit.push(() => {
    for (const head of heads) if (head.seq > (own.get(head.chain)?.seq ?? 0)) own.set(head.chain, head)
  })
}

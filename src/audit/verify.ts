import type { Work } from '../platform/work.ts'
import { hasValidSignature, type SignedHeads } from './chain-heads.ts'
import { chains, firstSeal, sealOf } from './deed.ts'
import { merkleRoot } from './merkle.ts'
import * as store from './store.ts'

/** What is wrong, where, and with which deed. */
export type AuditFinding = {
  readonly kind:
    | 'deed-changed' // the seal does not follow from the row and the seal before: changed, reordered or inserted
    | 'deed-removed' // a place in the chain is empty
    | 'tail-cut' // the chain ends before its head, or before a head that was kept
    | 'head-differs' // the last deed is not the one that the head was moved to
    | 'history-rewritten' // a kept head has another seal than the chain at that place
    | 'readings-changed' // a sealed batch of readings has other rows than were sealed
    | 'heads-unsigned' // a line of the heads file is not signed by the key it names
    | 'heads-foreign' // a line is another house's, or signed by another key than the lines before
  readonly chain?: number
  readonly seq?: number
  readonly id?: string
  readonly at?: string
}

export type AuditReport = {
  readonly deeds: number
  readonly batches: number
  readonly heads: number
  readonly findings: readonly AuditFinding[]
}

type KeptHead = { readonly seal: string; readonly at: string }

const rowsAtOnce = 5000

async function verifyChain(
  work: Work,
  chain: number,
  kept: ReadonlyMap<number, KeptHead>,
  last: store.Head,
): Promise<{ deeds: number; findings: AuditFinding[] }> {
  const findings: AuditFinding[] = []
  let [seq, seal, deeds] = [0, firstSeal as Buffer, 0]
  for (;;) {
    const rows = await store.deedsAfter(work.tx, chain, seq, rowsAtOnce)
    for (const { seal: found, ...deed } of rows) {
      if (deed.seq !== seq + 1) findings.push({ kind: 'deed-removed', chain, seq: seq + 1 })
      else if (!sealOf(seal, deed).equals(found))
        findings.push({ kind: 'deed-changed', chain, seq: deed.seq, id: deed.id })
      const then = kept.get(deed.seq)
      if (then && then.seal !== found.toString('hex'))
        findings.push({ kind: 'history-rewritten', chain, seq: deed.seq, at: then.at })
      ;[seq, seal, deeds] = [deed.seq, found, deeds + 1]
    }
    if (rows.length < rowsAtOnce) break
  }
  if (seq > last.seq || (seq === last.seq && !seal.equals(last.seal)))
    findings.push({ kind: 'head-differs', chain, seq })
  if (seq < last.seq) findings.push({ kind: 'tail-cut', chain, seq: seq + 1 })
  const lost = [...kept].filter(([place]) => place > seq)
  const first = lost.sort(([a], [b]) => a - b)[0]
  if (first && seq >= last.seq) findings.push({ kind: 'tail-cut', chain, seq: seq + 1, at: first[1].at })
  return { deeds, findings }
}

/** The heads file, line by line: who signed, and which seal was known of which place. */
function checkedHeads(lines: readonly SignedHeads[]) {
  const findings: AuditFinding[] = []
  const kept = new Map<number, Map<number, KeptHead>>()
  const [first] = lines
  for (const line of lines) {
    if (!hasValidSignature(line)) findings.push({ kind: 'heads-unsigned', at: line.at })
    else if (line.house !== first?.house || line.key !== first?.key)
      findings.push({ kind: 'heads-foreign', at: line.at })
    else
      for (const { chain, seq, seal } of line.heads)
        if (seq > 0) kept.set(chain, (kept.get(chain) ?? new Map<number, KeptHead>()).set(seq, { seal, at: line.at }))
  }
  return { findings, kept }
}

async function verifyReadings(work: Work, accessLeaf: (row: store.AccessRow) => string) {
  const sealed = await store.sealedBatches(work.tx)
  const findings: AuditFinding[] = []
  for (const { batch_id, count, root } of sealed) {
    const rows = await store.accessOfBatch(work.tx, batch_id)
    if (rows.length !== count || merkleRoot(rows.map(accessLeaf)).toString('hex') !== root)
      findings.push({ kind: 'readings-changed', id: batch_id })
  }
  return { batches: sealed.length, findings }
}

/**
 * Checks every chain from its first deed, and every sealed batch of readings. Names each deed that was changed,
 * removed, reordered or inserted; with the heads that were kept outside, also a tail that was cut, a chain that was
 * written anew, and a database set back.
 */
export async function verifyChains(
  work: Work,
  lines: readonly SignedHeads[],
  accessLeaf: (row: store.AccessRow) => string,
): Promise<AuditReport> {
  const { findings, kept } = checkedHeads(lines)
  const heads = new Map((await store.chainHeads(work.tx)).map(head => [head.chain, head]))
  let deeds = 0
  for (let chain = 0; chain < chains; chain += 1) {
    const verdict = await verifyChain(
      work,
      chain,
      kept.get(chain) ?? new Map(),
      heads.get(chain) ?? { chain, seq: -1, seal: firstSeal },
    )
    findings.push(...verdict.findings)
    deeds += verdict.deeds
  }
  const readings = await verifyReadings(work, accessLeaf)
  return { deeds, batches: readings.batches, heads: lines.length, findings: [...findings, ...readings.findings] }
}

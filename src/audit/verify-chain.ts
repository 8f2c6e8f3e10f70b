import type { Tx } from '../platform/db.ts'
import { macOf } from '../platform/sealing/sealing.ts'
import type { Work } from '../platform/work.ts'
import { type SealedDeed, sealOf } from './deed.ts'
import { type ReadingEntry, sealOfEntry } from './entry.ts'
import type { AuditFinding } from './finding.ts'
import { longestWork } from './law.ts'
import * as store from './store.ts'
import { entriesAfter } from './store-reading.ts'

/** A place in a chain, and the seal there. */
export type Place = { readonly seq: number; readonly seal: Buffer }

/** A place that was known outside the database, and when. */
export type KeptHead = { readonly seq: number; readonly at: string }

/** By the chain: the first place behind its end that was known outside the database. */
export type LostTails = ReadonlyMap<number, KeptHead>

type Row = { readonly seq: number; readonly at: Date; readonly seal: Buffer }

/** How the rows of one kind of chain are read and sealed, and what is said of them. */
export type ChainKind<R extends Row> = {
  after(tx: Tx, chain: number, seq: number, limit: number): Promise<R[]>
  sealOf(previous: Buffer, row: R): Buffer
  idOf(row: R): string
  readonly changed: AuditFinding['kind']
  readonly removed: AuditFinding['kind']
  readonly outOfTime: AuditFinding['kind']
  /** Milliseconds by which a row may say an earlier time than a row before it. */
  readonly slack: number
}

/** A clock that was set right explains an hour, not a day. */
const aDay = 24 * 60 * 60_000

export const chainOfDeeds: ChainKind<store.SealedRow> = {
  after: store.deedsAfter,
  sealOf: (previous, { seal: _seal, ...deed }) => sealOf(previous, deed satisfies SealedDeed),
  idOf: ({ id }) => id,
  changed: 'deed-changed',
  removed: 'deed-removed',
  outOfTime: 'deed-out-of-time',
  slack: aDay,
}

export const chainOfEntries: ChainKind<ReadingEntry> = {
  after: entriesAfter,
  sealOf: sealOfEntry,
  idOf: ({ workId }) => workId,
  changed: 'entry-changed',
  removed: 'entry-removed',
  outOfTime: 'entry-out-of-time',
  slack: longestWork + 60_000,
}

/** Wrong times that an operator confirmed at `until`. */
type ConfirmedTimes = store.WrongTimes & { readonly until: Date }

/** Whoever can write deeds alone cannot make it, as with entries: a deed of their own would explain what they forge. */
const proofOf = ({ at, wrongTimes }: Omit<store.ClockConfirmation, 'proof'>) => {
  const places = wrongTimes.map(({ chain, from, to, rows }) => [chain, from, to, rows].join(' '))
  return macOf('reading', ['wrong times', at.getTime(), ...places].join('|')).toString('hex')
}

/** The wrong times that were confirmed by somebody who has the installation's key. */
export async function confirmedTimes(tx: Tx): Promise<ConfirmedTimes[]> {
  const confirmations = await store.clockConfirmations(tx)
  return confirmations
    .filter(one => one.proof === proofOf(one))
    .flatMap(({ at, wrongTimes }) => wrongTimes.map(one => ({ ...one, until: at })))
}

/**
 * The wrong times in all chains that nobody has confirmed yet, by the time of this work, which is right; as facts of
 * the deed clock.confirmed.
 */
export async function findWrongTimes({ tx, now }: Work): Promise<Omit<store.ClockConfirmation, 'at'>> {
  const known = await confirmedTimes(tx)
  const ofDeeds = await store.wrongTimes(tx, 'audit.deed', { now, slack: chainOfDeeds.slack, known })
  const ofEntries = await store.wrongTimes(tx, 'audit.reading_entry', { now, slack: chainOfEntries.slack, known })
  const wrongTimes = [...ofDeeds, ...ofEntries]
  return { wrongTimes, proof: proofOf({ at: now, wrongTimes }) }
}

/** The part of a chain that is checked: behind a place that is believed, up to its head or to the end of a month. */
export type Stretch = {
  readonly chain: number
  readonly from: Place
  readonly until: Place
  readonly untilIs: 'head' | 'cut'
}

const rowsAtOnce = 5000

/** What is wrong with the end of a stretch, where the last row that was found is `last`. */
function endFindings({ chain, until, untilIs }: Stretch, last: Place, lost: KeptHead | undefined) {
  const findings: AuditFinding[] = []
  const { seq, seal } = last
  if (untilIs === 'cut' && seq === until.seq && !seal.equals(until.seal))
    findings.push({ kind: 'month-changed', chain, seq })
  if (untilIs === 'head' && (seq > until.seq || (seq === until.seq && !seal.equals(until.seal))))
    findings.push({ kind: 'head-differs', chain, seq })
  if (seq < until.seq) findings.push({ kind: 'tail-cut', chain, seq: seq + 1 })
  if (untilIs === 'cut') return findings
  if (lost && seq >= until.seq) findings.push({ kind: 'tail-cut', chain, seq: seq + 1, at: lost.at })
  return findings
}

/**
 * Follows a chain from a place, seal by seal; `visit` is given its rows in their order. Names each row that was
 * changed, removed, reordered or inserted, also in an earlier time's name; of those whose wrong time was confirmed it
 * gives the number.
 */
export async function followChain<R extends Row>(
  { tx }: Work,
  kind: ChainKind<R>,
  stretch: Stretch,
  { lost, confirmed }: { lost: KeptHead | undefined; confirmed: readonly ConfirmedTimes[] },
  visit: (rows: readonly R[]) => Promise<void>,
): Promise<{ rows: number; wrongTimes: number; findings: AuditFinding[] }> {
  const { chain, from, until, untilIs } = stretch
  const findings: AuditFinding[] = []
  const ofChain = confirmed.filter(one => one.chain === chain)
  let [{ seq, seal }, count, latest, wrongTimes] = [from, 0, 0, 0]
  for (;;) {
    const read = await kind.after(tx, chain, seq, rowsAtOnce)
    const rows = untilIs === 'cut' ? read.filter(row => row.seq <= until.seq) : read
    for (const row of rows) {
      const at = row.at.getTime()
      const explained = ofChain.find(one => row.seq >= one.from && row.seq <= one.to)
      const [isBefore, isAfter] = [at < latest - kind.slack, explained && at > explained.until.getTime() + kind.slack]
      if (row.seq !== seq + 1) findings.push({ kind: kind.removed, chain, seq: seq + 1 })
      else if (!kind.sealOf(seal, row).equals(row.seal))
        findings.push({ kind: kind.changed, chain, seq: row.seq, id: kind.idOf(row) })
      else if (explained && (isBefore || isAfter)) wrongTimes += 1
      else if (isBefore)
        findings.push({ kind: kind.outOfTime, chain, seq: row.seq, id: kind.idOf(row), at: row.at.toISOString() })
      if (!isAfter) latest = Math.max(latest, at)
      ;({ seq, seal } = row)
    }
    count += rows.length
    await visit(rows)
    if (rows.length < rowsAtOnce) break
  }
  return { rows: count, wrongTimes, findings: [...findings, ...endFindings(stretch, { seq, seal }, lost)] }
}

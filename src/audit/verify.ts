import type { Work } from '../platform/work.ts'
import type { PinnedKeys } from './chain-heads.ts'
import { firstSeal } from './deed.ts'
import { firstEntryChain, type ReadingEntry } from './entry.ts'
import type { AuditFinding } from './finding.ts'
import { allChains, beginOfMonth, type Month, type MonthSeal, monthAfter } from './month.ts'
import * as store from './store.ts'
import { firstEntryAt, strayReadings } from './store-reading.ts'
import { chainOfDeeds, chainOfEntries, confirmedTimes, followChain, type Stretch } from './verify-chain.ts'
import { checkHeads, type HeadsToCheck } from './verify-heads.ts'
import { droppedMonths, monthsProof, placesOf, signedMonths } from './verify-month.ts'
import { checkFormerBatch, checkReadings, forgedEntries } from './verify-readings.ts'

export type { AuditFinding } from './finding.ts'

export type Verification = {
  /** The fingerprints of the keys by which the house signs, as they are known outside the database. */
  readonly keys: PinnedKeys
  /** Heads that were kept outside the database. */
  readonly heads?: HeadsToCheck
  /** One month alone, behind the root of the month before. */
  readonly month?: Month
  /** Another data folder's key made the entries: whether they were made by the house cannot be told here. */
  readonly entriesAre?: 'ours' | 'of-another-key'
}

export type AuditReport = {
  readonly deeds: number
  /** Works whose readings were sealed, and how many readings they have. */
  readonly entries: number
  readonly readings: number
  /** Batches that a former release sealed. */
  readonly batches: number
  /** Lines of kept heads, and when the last of them was written. */
  readonly heads: number
  readonly headsUntil?: string
  /** Months that a signed root proves; of some the readings were removed, and only the root remains. */
  readonly months: readonly Month[]
  readonly rootOnly: readonly Month[]
  /** Deeds and entries that say the time of a wrong clock, as an operator confirmed. */
  readonly wrongTimes: number
  readonly findings: readonly AuditFinding[]
}

/** The months that are proved, and where the part to check begins. */
async function monthsOf(work: Work, { keys, month }: Verification) {
  const { months, findings } = await signedMonths(work, keys)
  if (month === undefined) return { months, findings, before: undefined }
  const before = months.findLast(one => one.month < month)
  return {
    months: months.filter(one => one.month === month),
    before,
    findings: findings.filter(({ id }) => id === month || id === before?.month),
  }
}

function stretchOf(
  chain: number,
  head: store.Head | undefined,
  before: MonthSeal | undefined,
  month: MonthSeal | undefined,
): Stretch {
  const { from, until } = placesOf(before, month, chain)
  if (until) return { chain, from, until, untilIs: 'cut' }
  return { chain, from, until: head ?? { seq: -1, seal: firstSeal }, untilIs: 'head' }
}

/**
 * Checks every chain from its first row, everything that was read, and the root of every month; or one month alone.
 * Names each deed, entry and reading that was changed, removed, reordered or inserted. With the heads that were kept
 * outside also a tail that was cut, a chain that was written anew, and a database set back. Its work sees one moment.
 */
export async function verifyAudit(work: Work, given: Verification): Promise<AuditReport> {
  await store.assertOneMoment(work.tx)
  const { months, before, findings: ofMonths } = await monthsOf(work, given)
  const { dropped, findings: ofDropped } = await droppedMonths(work, given.keys, given.month)
  const heads = new Map((await store.chainHeads(work.tx)).map(head => [head.chain, head]))
  const stretches = allChains.map(chain => stretchOf(chain, heads.get(chain), before, given.month && months[0]))
  const isChecked = (chain: number, seq: number) => {
    const stretch = stretches[chain]
    return stretch !== undefined && seq > stretch.from.seq && (stretch.untilIs === 'head' || seq <= stretch.until.seq)
  }
  const known = await store.keptHeads(work.tx)
  const kept = given.heads && (await checkHeads(given.heads, given.keys, { tx: work.tx, known, isChecked }))
  const entriesSince = await firstEntryAt(work.tx)
  const proof = monthsProof(months)
  const findings: AuditFinding[] = [...(kept?.findings ?? []), ...ofMonths, ...ofDropped]
  const confirmed = await confirmedTimes(work.tx)
  let [deeds, entries, readings, batches, wrongTimes, forged] = [0, 0, 0, 0, 0, [] as AuditFinding[]]

  const visitDeeds = async (rows: readonly store.SealedRow[]) => {
    for (const row of rows) {
      const month = proof.take(row)
      if (row.deed !== 'access.sealed') continue
      batches += 1
      const { count, root } = row.facts as { count: number; root: string }
      if (entriesSince && row.at > entriesSince)
        findings.push({ kind: 'readings-sealed-late', chain: row.chain, seq: row.seq, id: row.subjectId })
      findings.push(
        ...(await checkFormerBatch(
          work,
          { id: row.subjectId, count, root },
          month !== undefined && dropped.has(month),
        )),
      )
    }
  }
  const visitEntries = async (rows: readonly ReadingEntry[]) => {
    const isDropped = new Set<ReadingEntry>()
    for (const row of rows) {
      const month = proof.take(row)
      if (month && dropped.has(month)) isDropped.add(row)
      readings += row.count
    }
    if (given.entriesAre !== 'of-another-key') forged = forgedEntries(rows, forged)
    findings.push(...(await checkReadings(work, rows, entry => isDropped.has(entry))))
  }

  for (const stretch of stretches) {
    const { chain } = stretch
    const known = { lost: kept?.lost.get(chain), confirmed }
    const followed =
      chain < firstEntryChain
        ? await followChain(work, chainOfDeeds, stretch, known, visitDeeds)
        : await followChain(work, chainOfEntries, stretch, known, visitEntries)
    findings.push(...followed.findings)
    wrongTimes += followed.wrongTimes
    if (chain < firstEntryChain) deeds += followed.rows
    else entries += followed.rows
  }
  const span = given.month && { from: beginOfMonth(given.month), until: beginOfMonth(monthAfter(given.month)) }
  for (const { batchId, at, count } of await strayReadings(work.tx, span))
    findings.push({ kind: 'readings-unsealed', id: batchId, at: at.toISOString(), count })
  return {
    deeds,
    entries,
    readings,
    batches,
    heads: kept?.lines ?? 0,
    ...(kept?.until !== undefined && { headsUntil: kept.until }),
    months: months.map(({ month }) => month),
    rootOnly: months.map(({ month }) => month).filter(month => dropped.has(month)),
    wrongTimes,
    findings: [...findings, ...forged, ...proof.findings()],
  }
}

import { dayAt } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import type { PinnedKeys } from './chain-heads.ts'
import { firstEntryChain, type ReadingEntry } from './entry.ts'
import type { AuditFinding } from './finding.ts'
import { readingsKeptYears } from './law.ts'
import { merkle } from './merkle.ts'
import { cutOf, isBy, type Month, type MonthDropped, type MonthSeal, monthAfter, yearsAfter } from './month.ts'
import * as store from './store.ts'
import { monthSeals } from './store-month.ts'

/** The roots that the pinned key has signed, the earliest first, and what is wrong with the others. */
export async function signedMonths(
  { tx }: Work,
  pinned: PinnedKeys,
  month?: Month,
): Promise<{ months: readonly MonthSeal[]; findings: readonly AuditFinding[] }> {
  const findings: AuditFinding[] = []
  const months = new Map<Month, MonthSeal>()
  for (const { chain, seq, facts } of await monthSeals(tx, month)) {
    const at = { chain, seq, id: facts.month }
    if (!isBy(facts, pinned)) findings.push({ kind: 'month-unsigned', ...at })
    else if (months.has(facts.month)) findings.push({ kind: 'month-changed', ...at })
    else months.set(facts.month, facts)
  }
  const sorted = [...months.values()].sort((a, b) => (a.month < b.month ? -1 : 1))
  for (const [at, one] of sorted.entries()) {
    const next = sorted[at + 1]
    if (next && next.month !== monthAfter(one.month))
      findings.push({ kind: 'month-missing', id: monthAfter(one.month) })
  }
  return { months: sorted, findings }
}

/** The months whose readings the house removed by the rule of retention; who says so earlier is named. */
export async function droppedMonths(
  { tx }: Work,
  pinned: PinnedKeys,
  month?: Month,
): Promise<{ dropped: ReadonlySet<Month>; findings: readonly AuditFinding[] }> {
  const dropped = new Set<Month>()
  const findings: AuditFinding[] = []
  for (const { chain, seq, at, facts } of await store.deedsNamed(tx, 'readings.dropped', month)) {
    const said = facts as MonthDropped
    const isKept = dayAt(at) < `${yearsAfter(monthAfter(said.month), readingsKeptYears)}-01`
    if (isKept || !isBy(said, pinned)) findings.push({ kind: 'month-dropped-early', chain, seq, id: said.month })
    else dropped.add(said.month)
  }
  return { dropped, findings }
}

type RowOfMonth = { readonly chain: number; readonly seq: number; readonly seal: Buffer } & Partial<
  Pick<ReadingEntry, 'count'>
>

/** Takes the rows of every chain in their order, and says whether each month has those that it sealed. */
export function monthsProof(months: readonly MonthSeal[]) {
  const proofs = months.map(month => ({ month, deeds: merkle(), entries: merkle(), readings: 0, isCutRight: true }))
  const cuts = months.map(month => new Map(month.cuts.map(cut => [cut.chain, cut])))
  let [chainNow, next] = [-1, 0]
  /** Which month a row is of: rows come in order, so that the months are gone through once a chain. */
  const monthAt = (chain: number, seq: number) => {
    if (chain !== chainNow) [chainNow, next] = [chain, 0]
    while (next < months.length && seq > (cuts[next]?.get(chain)?.seq ?? 0)) next += 1
    return next < months.length ? next : undefined
  }
  return {
    take({ chain, seq, seal, count }: RowOfMonth): Month | undefined {
      const at = monthAt(chain, seq)
      const proof = at === undefined ? undefined : proofs[at]
      if (at === undefined || !proof) return undefined
      const tree = chain < firstEntryChain ? proof.deeds : proof.entries
      tree.add(seal)
      proof.readings += count ?? 0
      const cut = cuts[at]?.get(chain)
      if (cut?.seq === seq && cut.seal !== seal.toString('hex')) proof.isCutRight = false
      return proof.month.month
    },
    findings: (): AuditFinding[] =>
      proofs.flatMap(({ month, deeds, entries, readings, isCutRight }): AuditFinding[] => {
        const isWhole =
          isCutRight &&
          deeds.size() === month.deeds.count &&
          deeds.root().toString('hex') === month.deeds.root &&
          entries.size() === month.entries.count &&
          entries.root().toString('hex') === month.entries.root &&
          readings === month.entries.readings
        return isWhole ? [] : [{ kind: 'month-changed', id: month.month }]
      }),
  }
}

/** Where a month's part of a chain begins, and where it ends unless it is still going on. */
export const placesOf = (before: MonthSeal | undefined, month: MonthSeal | undefined, chain: number) => ({
  from: cutOf(before, chain),
  until: month && cutOf(month, chain),
})

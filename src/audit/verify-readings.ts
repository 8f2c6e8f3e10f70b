import type { Work } from '../platform/work.ts'
import { type AccessRow, digestOf, macOfEntry, type ReadingEntry, readingText } from './entry.ts'
import type { AuditFinding } from './finding.ts'
import { longestWork, readingsAtOnce } from './law.ts'
import { merkleRoot } from './merkle.ts'
import { accessOfBatch, readingsOf } from './store-reading.ts'

/** The moment that a UUIDv7 says, in milliseconds; NaN of another kind of UUID. */
export const momentOf = (id: string): number =>
  id[14] === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : Number.NaN

/** Whether each reading lies in its work's time, and bears an id of its own moment. */
const areInTime = ({ workId, at }: ReadingEntry, rows: readonly AccessRow[]) =>
  momentOf(workId) === at.getTime() &&
  rows.every(row => momentOf(row.id) === row.at.getTime() && Math.abs(row.at.getTime() - at.getTime()) <= longestWork)

function findingOf(entry: ReadingEntry, rows: readonly AccessRow[], isDropped: boolean): AuditFinding | undefined {
  const { chain, seq, workId: id } = entry
  if (isDropped) return rows.length > 0 ? { kind: 'readings-changed', chain, seq, id } : undefined
  const isWhole =
    rows.length === entry.count &&
    rows.every(({ place }, at) => place === at + 1) &&
    digestOf(rows).equals(entry.digest)
  if (!isWhole) return { kind: 'readings-changed', chain, seq, id }
  return areInTime(entry, rows) ? undefined : { kind: 'readings-out-of-time', chain, seq, id }
}

/** Entries in groups whose readings can be held in memory together. */
function* grouped(entries: readonly ReadingEntry[]): Generator<ReadingEntry[]> {
  let [group, readings] = [[] as ReadingEntry[], 0]
  for (const entry of entries) {
    if (group.length > 0 && readings + entry.count > readingsAtOnce) {
      yield group
      ;[group, readings] = [[], 0]
    }
    group.push(entry)
    readings += entry.count
  }
  if (group.length > 0) yield group
}

/** Whether the readings under some entries are those that were sealed; of months that were dropped, none. */
export async function checkReadings(
  { tx }: Work,
  entries: readonly ReadingEntry[],
  isDropped: (entry: ReadingEntry) => boolean,
): Promise<AuditFinding[]> {
  const findings: AuditFinding[] = []
  for (const group of grouped(entries)) {
    const rows = Map.groupBy(await readingsOf(tx, group), row => row.batch_id)
    for (const entry of group) {
      const finding = findingOf(entry, rows.get(entry.workId) ?? [], isDropped(entry))
      if (finding) findings.push(finding)
    }
  }
  return findings
}

/** Entries that were not made with the installation's key: one finding a chain, from the first of them. */
export function forgedEntries(entries: readonly ReadingEntry[], found: AuditFinding[]): AuditFinding[] {
  const known = [...found]
  for (const entry of entries) {
    if (macOfEntry(entry).equals(entry.mac)) continue
    const at = known.findIndex(({ kind, chain }) => kind === 'entry-forged' && chain === entry.chain)
    const before = known[at]
    if (before) known[at] = { ...before, count: (before.count ?? 0) + 1 }
    else known.push({ kind: 'entry-forged', chain: entry.chain, seq: entry.seq, id: entry.workId, count: 1 })
  }
  return known
}

/** What a deed `access.sealed` says of a batch of the former way. */
export type FormerBatch = { readonly id: string; readonly count: number; readonly root: string }

/** Whether a batch of the former way has the readings that were sealed; of a month that was dropped, none. */
export async function checkFormerBatch(
  { tx }: Work,
  { id, count, root }: FormerBatch,
  isDropped: boolean,
): Promise<AuditFinding[]> {
  const rows = await accessOfBatch(tx, id)
  const isAsSealed = isDropped
    ? rows.length === 0
    : rows.length === count && merkleRoot(rows.map(readingText)).toString('hex') === root
  return isAsSealed ? [] : [{ kind: 'readings-changed', id }]
}

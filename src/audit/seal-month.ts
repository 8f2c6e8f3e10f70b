import type { KeyObject } from 'node:crypto'
import { asDay, dayAt } from '../platform/day.ts'
import { dropMonth, holdMonth, makeMonth } from '../platform/months/months.ts'
import type { Work } from '../platform/work.ts'
import { signFacts } from './chain-heads.ts'
import { firstEntryChain } from './entry.ts'
import { longestWork, mostComeBack, readingsKeptYears } from './law.ts'
import { merkle } from './merkle.ts'
import {
  allChains,
  asMonth,
  beginOfMonth,
  cutOf,
  type Month,
  type MonthSeal,
  monthAfter,
  monthAt,
  monthBefore,
  yearsAfter,
} from './month.ts'
import { auditProblem } from './problems.ts'
import { record } from './record.ts'
import * as store from './store-month.ts'
import { insertAccess } from './store-reading.ts'
import type { Place } from './verify-chain.ts'

/** Who signs for the audit. */
export type Signer = { readonly house: string; readonly key: KeyObject }

const rowsAtOnce = 5000

/** Follows a chain from a place to the first row of a later time; `each` is given the seals on the way. */
async function followMonth(
  { tx }: Work,
  chain: number,
  from: Place,
  end: Date,
  each: (row: store.SealInChain) => void,
): Promise<Place> {
  let place = from
  for (;;) {
    const rows = await store.sealsAfter(tx, chain, place.seq, rowsAtOnce)
    for (const row of rows) {
      if (row.at >= end) return place
      each(row)
      place = row
    }
    if (rows.length < rowsAtOnce) return place
  }
}

async function sealMonth(work: Work, month: Month, { house, key }: Signer): Promise<void> {
  const before = (await store.monthSeals(work.tx, monthBefore(month)))[0]?.facts
  const end = beginOfMonth(monthAfter(month))
  const [deeds, entries, cuts] = [merkle(), merkle(), [] as MonthSeal['cuts'][number][]]
  let readings = 0
  for (const chain of allChains) {
    const tree = chain < firstEntryChain ? deeds : entries
    const cut = await followMonth(work, chain, cutOf(before, chain), end, row => {
      tree.add(row.seal)
      readings += row.readings
    })
    cuts.push({ chain, seq: cut.seq, seal: cut.seal.toString('hex') })
  }
  const rootOf = (tree: typeof deeds) => ({ count: tree.size(), root: tree.root().toString('hex') })
  const facts = { month, house, deeds: rootOf(deeds), entries: { ...rootOf(entries), readings }, cuts }
  await record(work, 'month.sealed', { kind: 'month', id: month }, signFacts(facts, key))
}

/** The months that are over and have no root, the earliest first. No work that began in them can still be open. */
async function monthsToSeal({ tx, now }: Work): Promise<Month[]> {
  const begin = await store.beginOfAudit(tx)
  if (!begin) return []
  const months: Month[] = []
  let month = monthBefore(monthAt(new Date(now.getTime() - longestWork - 60_000)))
  for (; month >= monthAt(begin) && !(await store.monthSeals(tx, month))[0]; month = monthBefore(month))
    months.unshift(month)
  return months
}

/** Seals the months that are over: one deed a month, with its roots, counts and places, signed by the house. */
export async function sealMonths(work: Work, signer: Signer): Promise<readonly Month[]> {
  const [month] = await monthsToSeal(work)
  if (!month) return []
  await sealMonth(work, month, signer)
  return [month]
}

/** A sealed month that the law keeps no longer, and the one before. Refuses a month that has no root, or is younger. */
export async function sealedMonth(
  work: Work,
  asked: string,
): Promise<{ month: Month; sealed: MonthSeal; before: MonthSeal | undefined }> {
  const month = asMonth(asked)
  const sealed = month && (await store.monthSeals(work.tx, month))[0]?.facts
  if (!month || !sealed) throw auditProblem('month-not-sealed', { month: asked })
  if (dayAt(work.now) < `${yearsAfter(monthAfter(month), readingsKeptYears)}-01`)
    throw auditProblem('readings-still-kept', { month, years: readingsKeptYears })
  return { month, sealed, before: (await store.monthSeals(work.tx, monthBefore(month)))[0]?.facts }
}

/** The file that has the readings which are removed: its name, how many it has, and the hash of its lines. */
export type ArchiveFile = { readonly file: string; readonly sha256: string; readonly readings: number }

/** Where readings lie, divided by their month. */
const readingsTable = 'audit.access'

/**
 * Drops the month's partition, with all that is in it, in place of its rows one by one. What the month does not seal
 * comes back: a reading whose work ended in the next month, and whatever nothing seals. What the month seals and lies
 * elsewhere is removed there. Undefined where the month has no partition of its own, or much comes back.
 */
async function dropWholeMonth(work: Work, month: Month, cuts: readonly store.Cut[]): Promise<number | undefined> {
  const span = { from: beginOfMonth(month), until: beginOfMonth(monthAfter(month)) }
  const firstDay = asDay(`${month}-01`)
  if (!(await holdMonth(work, readingsTable, firstDay))) return undefined
  const stays = await store.readingsBeside(work.tx, span, cuts, mostComeBack + 1)
  if (stays.length > mostComeBack) return undefined
  const inside = (await store.countReadingsIn(work.tx, span)) - stays.length
  const elsewhere = await deleteCuts(work, cuts, span)
  await dropMonth(work, readingsTable, firstDay)
  if (stays.length > 0) {
    await makeMonth(work, readingsTable, firstDay)
    await insertAccess(work, stays)
  }
  return inside + elsewhere
}

async function deleteCuts({ tx }: Work, cuts: readonly store.Cut[], span?: store.MonthSpan): Promise<number> {
  let readings = 0
  for (const cut of cuts)
    readings += await (cut.chain < firstEntryChain ? store.deleteBatches : store.deleteReadings)(tx, cut, span)
  return readings
}

/**
 * Removes the readings of a month that the law keeps no longer. The month's root stays, with the entries under it, and
 * a deed that the house signs says so, and which file has them now. Refuses a month that has no root, or is younger.
 */
export async function dropReadings(
  work: Work,
  asked: string,
  { house, key }: Signer,
  archive?: ArchiveFile,
): Promise<{ readings: number }> {
  const { month, sealed, before } = await sealedMonth(work, asked)
  const cuts = allChains.map(chain => ({ chain, after: cutOf(before, chain).seq, upTo: cutOf(sealed, chain).seq }))
  const readings = (await dropWholeMonth(work, month, cuts)) ?? (await deleteCuts(work, cuts))
  if (archive && archive.readings !== readings)
    throw auditProblem('archive-lacks-readings', { month, readings, archived: archive.readings })
  const facts = {
    ...{ month, house, root: sealed.entries.root, readings },
    ...(archive && { archive: { file: archive.file, sha256: archive.sha256 } }),
  }
  await record(work, 'readings.dropped', { kind: 'month', id: month }, signFacts(facts, key))
  return { readings }
}

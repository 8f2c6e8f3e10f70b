import { type Day, dayAt } from '../platform/day.ts'
import { ruleOn } from '../platform/law.ts'
import type { Work } from '../platform/work.ts'
import { growthKeptDays, growthOverDays, largeTableBytes, mostLargeTables } from './law.ts'
import * as store from './store-growth.ts'

/**
 * How fast the installation grows. In: sizes of its tables by the statistics of the database, and its disk, once a
 * night. Out: what grows by how much a day, and in how many days the disk is full. Nothing is counted row by row.
 */

export type { DiskFound } from './store-growth.ts'

/** Notes how large everything is on the day of the work; a second time on a day takes the place of the first. */
export async function noteSizes(work: Work, disk: store.DiskFound): Promise<void> {
  const day = dayAt(work.now)
  await store.noteTables(work, day, largeTableBytes, mostLargeTables)
  await store.noteDisk(work, day, disk)
  await store.forgetSizes(work, day, ruleOn(growthKeptDays, work.today, work))
}

export type TableGrowth = {
  readonly name: string
  readonly bytes: number
  readonly rows: number
  /** How many bytes and rows it grew by a day; null where it was measured on one day alone. */
  readonly bytesADay: number | null
  readonly rowsADay: number | null
}

export type InstallationGrowth = {
  /** The last day that was measured, and the earlier one with which it is compared. */
  readonly day: Day
  readonly since: Day | null
  readonly databaseBytes: number
  readonly databaseBytesADay: number | null
  readonly freeBytes: number
  readonly sizeBytes: number
  readonly hasDatabase: boolean
  /** Whole days until the disk is full, as it fills now; null where it does not, or nobody can tell yet. */
  readonly daysLeft: number | null
  /** The largest first. */
  readonly tables: readonly TableGrowth[]
}

/** How much more a later value is than an earlier one, by the day; null where there is no earlier one. */
const aDay = (later: number, earlier: number | undefined, days: number): number | null =>
  earlier === undefined || days === 0 ? null : (later - earlier) / days

/**
 * A disk fills as fast as its free bytes shrink, and at least as fast as the database on it grows: what was cleared
 * away once does not fill it again.
 */
function daysUntilFull(last: store.DiskDay, first: store.DiskDay | undefined): number | null {
  const fills = aDay(last.sizeBytes - last.freeBytes, first && last.sizeBytes - first.freeBytes, last.days)
  const grows = last.hasDatabase ? aDay(last.databaseBytes, first?.databaseBytes, last.days) : null
  const fastest = Math.max(fills ?? 0, grows ?? 0)
  return fastest > 0 ? Math.floor(last.freeBytes / fastest) : null
}

/** How fast the installation grows, by the last four weeks; undefined where it was never measured. */
export async function findGrowth(work: Work): Promise<InstallationGrowth | undefined> {
  const [last, first] = await store.lastAndFirstDay(work, growthOverDays)
  if (!last) return undefined
  const before = new Map(first ? (await store.tablesOn(work, first.day)).map(one => [one.name, one] as const) : [])
  const tables = (await store.tablesOn(work, last.day)).map(({ name, bytes, rows }) => ({
    ...{ name, bytes, rows },
    bytesADay: aDay(bytes, before.get(name)?.bytes, last.days),
    rowsADay: aDay(rows, before.get(name)?.rows, last.days),
  }))
  const { day, databaseBytes, freeBytes, sizeBytes, hasDatabase } = last
  return {
    ...{ day, since: first?.day ?? null, databaseBytes, freeBytes, sizeBytes, hasDatabase, tables },
    databaseBytesADay: aDay(databaseBytes, first?.databaseBytes, last.days),
    daysLeft: daysUntilFull(last, first),
  }
}

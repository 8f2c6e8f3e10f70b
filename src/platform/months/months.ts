/**
 * Tables that grow for ever, divided by month (ADR 30). In: the tables that migrations divided, and the day. Decided:
 * which months lack a partition. Out: partitions that are made before anything is written in them, rows that waited in
 * the partition of no month, a whole month that is dropped. Deed: none; whoever drops a month records what went.
 */

import { type Day, dayAt } from '../day.ts'
import { asSystem, type OpenWork, type Work } from '../work.ts'
import { monthsAhead } from './law.ts'
import * as store from './store.ts'

export { type MonthState, monthStates } from './store.ts'

/**
 * Makes this month and the next ones of each table, and puts rows in their month that waited for it. A table that got a
 * month is analysed as a whole, for the plans of whoever asks over all months. Gives what was made. Throws
 * database-waits where somebody reads the whole table for long, as a backup does.
 */
export async function makeMonthsAhead(openWork: OpenWork): Promise<string[]> {
  const asMaintenance = { ...asSystem('none'), role: 'maintenance' } as const
  const madeOf = await openWork(asMaintenance, async work => {
    const made = new Map<string, string[]>()
    for (const { table } of await store.monthStates(work))
      made.set(table, await store.makeMonths(work, table, dayAt(work.now), monthsAhead))
    return made
  })
  // By a work of its own: what was made stands, whatever becomes of this.
  await openWork(asMaintenance, async work => {
    for (const [table, made] of madeOf) await store.analyzeMonths(work, table, made.length > 0)
  })
  return [...madeOf.values()].flat()
}

/** Makes one month of a table again, for the rows that stay when it was dropped. A work of maintenance. */
export const makeMonth = (work: Work, table: string, day: Day): Promise<string[]> =>
  store.makeMonths(work, table, day, 0)

/**
 * Whether the month of a day has a partition of its own, into which nobody writes until the work ends. A work of
 * maintenance.
 */
export const holdMonth = store.holdMonth

/**
 * Drops the whole month of a day, all rows at once. Waits half a minute for whoever reads the table, and keeps others
 * for a second of it at a time; throws database-waits. A work of maintenance.
 */
export const dropMonth = store.dropMonth

import { sql } from 'kysely'
import type { Day } from '../day.ts'
import type { Work } from '../work.ts'

/** A table that is divided by month, as `schema.table`. */
export type MonthState = {
  readonly table: string
  /** Until when months are made; null where none is. */
  readonly madeUntil: Date | null
  /** Rows that lie in the partition of no month, up to ten thousand. */
  readonly waiting: number
}

export async function monthStates({ tx }: Work): Promise<MonthState[]> {
  const { rows } = await sql<MonthState>`
    select divided as "table", made_until as "madeUntil", waiting from platform.month_state()`.execute(tx)
  return rows
}

/**
 * Makes the month of a day, some after it, and those of which rows wait; gives the partitions that were made. Without a
 * month to make it changes nothing.
 */
export async function makeMonths({ tx }: Work, table: string, day: Day, ahead: number): Promise<string[]> {
  const { rows } = await sql<{ made: string[] }>`
    select platform.make_months(${table}, platform.waiting_months(${table}) || array(
      select (date_trunc('month', ${day}::date) + make_interval(months => n))::date
      from generate_series(0, ${ahead}::integer) n)) as made`.execute(tx)
  return rows[0]?.made ?? []
}

/** Analyses a table as a whole, which PostgreSQL does not by itself: anew, or only where it never was. */
export async function analyzeMonths({ tx }: Work, table: string, anew: boolean): Promise<void> {
  await sql`select platform.analyze_months(${table}, ${anew})`.execute(tx)
}

export async function holdMonth({ tx }: Work, table: string, day: Day): Promise<boolean> {
  const { rows } = await sql<{ own: boolean }>`select platform.hold_month(${table}, ${day}::date) as own`.execute(tx)
  return rows[0]?.own ?? false
}

export async function dropMonth({ tx }: Work, table: string, day: Day): Promise<boolean> {
  const { rows } = await sql<{ gone: boolean }>`select platform.drop_month(${table}, ${day}::date) as gone`.execute(tx)
  return rows[0]?.gone ?? false
}

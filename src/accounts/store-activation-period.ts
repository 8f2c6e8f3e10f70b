import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import { timelineOf } from '../platform/law.ts'
import { ruleAt } from '../platform/law-sql.ts'
import type { Work } from '../platform/work.ts'
import { daysOfLastDay, daysToActivate } from './law.ts'

const approvedOn = sql`(a.approved_at at time zone 'Asia/Ho_Chi_Minh')::date`

/** Whether the rule says on every day what the column of accounts was made of. */
export const isOfColumn = (work: Work): boolean =>
  timelineOf(daysToActivate, work).every(({ value }) => value === daysOfLastDay)

/**
 * Until when the holder of account `a` activates alone; of an account that an extract told of, the days begin with its
 * approval (see store.ts).
 */
export const lastDayToActivate = (work: Work): RawBuilder<Day | null> =>
  isOfColumn(work)
    ? sql<Day | null>`a.last_day`
    : sql<Day | null>`
  coalesce(a.activate_by, case
      when a.origin = 'imported' then ${approvedOn} + ${ruleAt(daysToActivate, approvedOn, work)} end)`

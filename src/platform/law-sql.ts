import { type RawBuilder, sql } from 'kysely'
import { type Asking, type Rule, timelineOf } from './law.ts'

/** What a rule of whole numbers says on a day that stands in a column: each row by its own day. */
export const ruleAt = (rule: Rule<number>, day: RawBuilder<unknown>, work: Asking): RawBuilder<number> =>
  timelineOf(rule, work).reduce(
    (before, { from, value }) =>
      from === ''
        ? sql<number>`${value}::integer`
        : sql<number>`case when ${day} >= ${from}::date then ${value}::integer else ${before} end`,
    sql<number>`null::integer`,
  )

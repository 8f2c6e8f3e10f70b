import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { CentreQuestion } from '../question.ts'

type QuarantinedRow = {
  readonly id: Id<'quarantined-envelope'>
  readonly reason: string
  readonly via: 'line' | 'file'
  readonly cameAt: Date
  readonly again: number
  readonly bytes: number
  readonly hash: string
  readonly isTriedAgain: boolean
}

/** What lies in quarantine, the oldest first. */
export async function findQuarantined({ tx }: Work, limit: number): Promise<QuarantinedRow[]> {
  const { rows } = await sql<QuarantinedRow>`
    select id, reason, via, came_at as "cameAt", came_again as again, bytes, hash,
      again_at is not null as "isTriedAgain"
    from exchange.quarantined where settled_at is null order by came_at, id limit ${limit}`.execute(tx)
  return rows
}

export type ChannelCounts = {
  readonly quarantined: number
  readonly late: number
  /** The soonest last day of what is late. */
  readonly lateSince: Day | null
}

/** How many messages lie in quarantine, and how many questions are past their last day without an answer. */
export async function countChannel({ tx, today }: Work): Promise<ChannelCounts> {
  const { rows } = await sql<ChannelCounts>`
    select (select count(*) from exchange.quarantined where settled_at is null)::integer as quarantined,
      count(*)::integer as late, min(due_on) as "lateSince"
    from exchange.question where answered_at is null and due_on < ${today}::date`.execute(tx)
  return rows[0] ?? { quarantined: 0, late: 0, lateSince: null }
}

/** False where there is no such message, or it was settled. */
export async function settle({ tx, now }: Work, id: string, as: 'again' | 'set-aside'): Promise<boolean> {
  const change =
    as === 'again' ? sql`again_at = ${now}` : sql`settled_at = ${now}, settled_as = 'set-aside', again_at = null`
  const { rows } = await sql`
    update exchange.quarantined set ${change} where id = ${id} and settled_at is null returning id`.execute(tx)
  return rows.length > 0
}

export async function findLookUps({ tx }: Work, limit: number): Promise<CentreQuestion[]> {
  const { rows } = await sql<CentreQuestion>`
    select person_id as "personId", id, kind, subject_id as "subjectId", unit_id as "unitId", body, state,
      asked_at as "askedAt", asked_on as "askedOn", asked_by as "askedBy", due_on as "dueOn",
      acknowledged_at as "acknowledgedAt", answered_at as "answeredAt", answer, code, note
    from exchange.question where kind = 'person.look-up' order by asked_at desc, id limit ${limit}`.execute(tx)
  return rows
}

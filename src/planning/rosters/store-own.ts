import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { SessionKind, TeamSessionId } from '../session.ts'

/** A session that a person is invited to, for that person's page. */
export type OwnPlace = {
  readonly sessionId: TeamSessionId
  readonly unitId: Id<'unit'>
  readonly code: string
  readonly kind: SessionKind
  readonly site: string
  readonly address: string | null
  readonly day: Day
  readonly startsAt: string
  readonly endsAt: string
  readonly class: string | null
  readonly walkIn: boolean
  readonly cameAt: Date | null
  readonly outcome: string | null
  readonly absentReason: string | null
  readonly done: readonly string[]
  readonly state: string
  /** Since when the person or the family says that they will come. */
  readonly comingOn: Day | null
}

/**
 * The sessions to which the person was asked whose own page is read (`ownOf`), and what came of it; none in another
 * work.
 */
export async function ownPlaces({ tx }: Work): Promise<OwnPlace[]> {
  const { rows } = await sql<OwnPlace>`
    select session_id as "sessionId", unit_id as "unitId", code, kind, site, address, day,
      starts_at as "startsAt", ends_at as "endsAt", class,
      walk_in as "walkIn", came_at as "cameAt", outcome, absent_reason as "absentReason", done, state,
      coming_on as "comingOn"
    from planning.own_places()`.execute(tx)
  return rows
}

/**
 * Says on the list of a session that the person whose own page is read will come, or takes it back; false where nothing
 * changed: they are on no such list, came already, or said so before.
 */
export async function setOwnComing(
  { tx, today, by }: Work,
  sessionId: TeamSessionId,
  coming: 'coming' | 'unsaid',
): Promise<boolean> {
  const { rows } = await sql<{ changed: boolean }>`
    select planning.say_own_coming(${sessionId}::uuid, ${coming === 'coming' ? today : null}::date,
      ${`${by.kind} ${by.id}`}) as changed`.execute(tx)
  return rows[0]?.changed === true
}

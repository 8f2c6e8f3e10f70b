import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'

/** A session that a person is invited to, for that person's page. */
export type OwnPlace = {
  readonly code: string
  readonly site: string
  readonly address: string | null
  readonly day: string
  readonly startsAt: string
  readonly class: string | null
  readonly walkIn: boolean
  readonly cameAt: Date | null
  readonly outcome: string | null
  readonly absentReason: string | null
  readonly done: readonly string[]
  readonly state: string
}

/**
 * The sessions to which the person was asked whose own page is read (`ownOf`), and what came of it; none in another
 * work.
 */
export async function ownPlaces({ tx }: Work): Promise<OwnPlace[]> {
  const { rows } = await sql<OwnPlace>`
    select code, site, address, day, starts_at as "startsAt", class, walk_in as "walkIn", came_at as "cameAt", outcome,
      absent_reason as "absentReason", done, state
    from planning.own_places()`.execute(tx)
  return rows
}

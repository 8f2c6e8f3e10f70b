import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { SessionKind } from '../session.ts'

type OpenLine = {
  readonly personId: Id<'person'>
  readonly sessionId: string
  /** Whether the family said that the child will come. */
  readonly isComing: boolean
}

/** Lines of some people, as far as the work sees them, of which nothing has come yet. */
export async function findOpenLines({ tx, today }: Work, personIds: readonly string[]): Promise<OpenLine[]> {
  if (personIds.length === 0) return []
  const { rows } = await sql<OpenLine>`
    select r.person_id as "personId", r.session_id as "sessionId", r.coming_on is not null as "isComing"
    from planning.roster r
    where r.person_id = any (${personIds}::uuid[]) and r.day >= ${today}::date and r.outcome is null`.execute(tx)
  return rows
}

/** When and where a session is: nobody’s data. A home is not told: the invitation has it. */
export type SessionPlace = {
  readonly id: string
  readonly day: Day
  readonly startsAt: string
  readonly site: string | null
  readonly kind: SessionKind
}

export async function findSessionPlaces({ tx }: Work, ids: readonly string[]): Promise<SessionPlace[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<SessionPlace>`
    select s.id, s.day, to_char(s.starts_at, 'HH24:MI') as "startsAt",
      case when p.kind <> 'home' then p.name end as site, s.kind
    from planning.session s join planning.site p on p.id = s.site_id
    where s.id = any (${ids}::uuid[]) and s.state in ('planned', 'open')
    order by s.day, s.starts_at, s.id`.execute(tx)
  return rows
}

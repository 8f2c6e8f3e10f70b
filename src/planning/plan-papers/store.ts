import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'

export type RosterClassCount = {
  readonly siteId: string
  readonly startsAt: string
  readonly name: string
  readonly people: number
}

/** How many are on the rosters of a team on a day, by session and class; '' for those of no class. */
export async function countClasses({ tx }: Work, teamId: string, day: string): Promise<RosterClassCount[]> {
  const { rows } = await sql<RosterClassCount>`
    select s.site_id as "siteId", to_char(s.starts_at, 'HH24:MI') as "startsAt", coalesce(r.class, '') as name,
      count(*)::integer as people
    from planning.session s join planning.roster r on r.session_id = s.id
    where s.team_id = ${teamId} and s.day = ${day} and s.state in ('planned', 'open') and not r.walk_in
    group by s.id, s.site_id, s.starts_at, r.class order by s.starts_at, r.class nulls last`.execute(tx)
  return rows
}

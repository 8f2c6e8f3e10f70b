import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

/** The state of a member at the end of a day: since when each step holds, and the sessions they were invited to. */
export type RiskRow = {
  readonly person_id: Id<'person'>
  readonly unit_id: Id<'unit'>
  readonly school_id: Id<'school'> | null
  readonly class: string | null
  readonly in_on: Day
  readonly applied: Day | null
  readonly approved: Day | null
  readonly produced: Day | null
  readonly returned: Day | null
  readonly handed: Day | null
  readonly received: Day | null
  readonly account_approved: Day | null
  readonly activated: Day | null
  /** The first session at which they did not come, and the last. */
  readonly missed_first: Day | null
  readonly missed_last: Day | null
  readonly planned: Day | null
  readonly desk: Day | null
}

export async function countMembers({ tx }: Work, campaignId: Id<'campaign'>): Promise<number> {
  const { rows } = await sql<{
    people: number
  }>`select count(*) as people from campaign.published_member where campaign_id = ${campaignId}`.execute(tx)
  return rows[0]?.people ?? 0
}

/**
 * Everyone whom a campaign means by a day. The house reads them all: lead times are of the whole campaign, and who is
 * shown is asked again.
 */
export async function riskRows({ tx }: Work, campaignId: Id<'campaign'>, day: Day): Promise<RiskRow[]> {
  const by = (column: string) => {
    const on = sql.raw(`t.${column}_on`)
    return sql`case when ${on} <= ${day}::date then ${on} end`
  }
  const { rows } = await sql<RiskRow>`
    with seat as materialized (
      select r.person_id,
             min(s.day) filter (where r.outcome = 'absent' and s.kind <> 'activation'
                 and s.day <= ${day}) as missed_first,
             max(s.day) filter (where r.outcome = 'absent' and s.kind <> 'activation'
                 and s.day <= ${day}) as missed_last,
             min(s.day) filter (where s.state in ('planned', 'open') and s.kind <> 'activation'
                 and s.day > ${day}) as planned,
             min(s.day) filter (where s.state in ('planned', 'open') and s.kind = 'activation'
                 and s.day > ${day}) as desk
      from planning.published_session s join planning.published_roster r on r.session_id = s.id
      where s.state <> 'cancelled' group by r.person_id
    )
    select m.person_id, m.unit_id, m.school_id, m.class, m.in_on,
           ${by('card_applied')} as applied, ${by('card_approved')} as approved, ${by('card_produced')} as produced,
             ${by('card_returned')} as returned,
           ${by('card_handed_over')} as handed, ${by('account_received')} as received,
             ${by('account_approved')} as account_approved,
           ${by('account_activated')} as activated, seat.missed_first, seat.missed_last, seat.planned, seat.desk
    from campaign.published_member m
    left join statistics.milestone t on t.person_id = m.person_id
    left join seat on seat.person_id = m.person_id
    where m.campaign_id = ${campaignId} and m.in_on <= ${day}`.execute(tx)
  return rows
}

export type SeatRow = {
  readonly unit_id: Id<'unit'>
  readonly kind: string
  readonly outcome: 'served' | 'absent' | 'not-held'
  readonly people: number
}

/** Outcomes of seats at the sessions of a campaign by a day. */
export async function seatRows({ tx }: Work, campaignId: Id<'campaign'>, day: Day): Promise<SeatRow[]> {
  const { rows } = await sql<SeatRow>`
    select s.unit_id, s.kind, case when s.state = 'cancelled' then 'not-held'
      else r.outcome end as outcome, count(*) as people
    from planning.published_session s join planning.published_roster r on r.session_id = s.id and not r.walk_in
    where (s.campaign_id = ${campaignId} or s.campaign_id is null) and s.day <= ${day}
      and (s.state = 'cancelled' or r.outcome is not null)
    group by s.unit_id, s.kind, 3`.execute(tx)
  return rows
}

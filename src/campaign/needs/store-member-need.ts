import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { needs as all, type Need } from '../need-codes.ts'

/** How many members of a campaign belong to one commune and school and lack the same. */
export type MemberNeedCount = {
  readonly unitId: Id<'unit'>
  readonly schoolId: Id<'school'> | null
  readonly needs: readonly Need[]
  readonly people: number
}

const needsOfBits = (bits: number) => all.filter((_need, at) => bits & (1 << at))

/** Counted in the database from what is kept of each member; no person leaves it. */
export async function countMemberNeeds({ tx }: Work, campaignId: Id<'campaign'>): Promise<MemberNeedCount[]> {
  const { rows } = await sql<Omit<MemberNeedCount, 'needs'> & { needs: number }>`
    select m.unit_id as "unitId", m.school_id as "schoolId", k.needs, count(*)::integer as people
    from campaign.member m join campaign.kept_need k on k.person_id = m.person_id
    where m.campaign_id = ${campaignId} and k.needs <> 0
    group by m.unit_id, m.school_id, k.needs order by m.unit_id, m.school_id, k.needs`.execute(tx)
  return rows.map(row => ({ ...row, needs: needsOfBits(row.needs) }))
}

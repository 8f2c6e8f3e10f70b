import type { Work } from '../../platform/work.ts'
import type { CampaignId } from '../cohorts/campaigns.ts'
import { campaignProblem } from '../problems.ts'
import { isNeedsDayKept } from './kept-needs.ts'
import { countMemberNeeds, type MemberNeedCount } from './store-member-need.ts'

export type { MemberNeedCount } from './store-member-need.ts'

/**
 * What members of a campaign lack, as counts by commune, school and kind, for whoever plans where they are served.
 * Throws needs-not-counted where what is kept is of another day.
 */
export async function countNeedsOfMembers(work: Work, campaignId: CampaignId): Promise<MemberNeedCount[]> {
  if (!(await isNeedsDayKept(work))) throw campaignProblem('needs-not-counted')
  return countMemberNeeds(work, campaignId)
}

import type { Work } from '../platform/work.ts'
import { make, show } from './cohorts/cohorts.ts'
import type { CampaignShape } from './cohorts/contract.ts'
import { issueFromFile } from './targets/targets.ts'

/**
 * The front door of campaigns: members (cohorts), what people lack (needs), the figure each unit must reach (targets),
 * orders and answers (directives), and neighbours who visit homes (groups).
 */

export type { Campaign, CampaignId } from './cohorts/cohorts.ts'
export {
  all,
  asCampaignId,
  bandsOf,
  beginEdition,
  byRelation,
  deadlinesOf,
  type Edition,
  editionAt,
  get,
  getByName,
  isOwn,
  lastEdition,
  showAll,
} from './cohorts/cohorts.ts'
export { sayException, takeBackException } from './cohorts/exception.ts'
export { freeze, isFrozen, lastStanding, settleMembers } from './cohorts/member.ts'
export { refOf } from './cohorts/unit-ref.ts'
export {
  isMetric,
  isPersonMetric,
  type Metric,
  metrics,
  type PersonMetric,
  type Proof,
  personMetrics,
  proofs,
  type WorkMetric,
  wayOf,
  ways,
} from './metric.ts'
export type { Basis, Need } from './need.ts'
export { needsCorrection } from './need.ts'
export { exportList, figures, list, needsOf } from './needs/needs.ts'
export { issue, type Target, targetsOn, tree } from './targets/targets.ts'

/**
 * Creates a campaign from `input` (interfaces.md, campaign F.json): cohorts, bands, deadlines and the targets of the
 * file. The same definition again changes nothing; another of the same name is refused with campaign-exists. The deed's
 * consequences find the members.
 */
export async function create(work: Work, given: unknown): Promise<CampaignShape> {
  const { campaign, definition, isNew } = await make(work, given)
  if (isNew && definition.targets?.length) await issueFromFile(work, campaign, definition.targets, definition.issuedBy)
  return show(work, campaign)
}

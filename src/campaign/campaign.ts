import type { Work } from '../platform/work.ts'
import { campaignShape, makeCampaign } from './cohorts/campaigns.ts'
import type { CampaignShape } from './cohorts/contract.ts'
import { issueFromFile } from './targets/targets.ts'

/**
 * The front door of campaigns: members (cohorts), what people lack (needs), the figure each unit must reach (targets),
 * orders and answers (directives), and neighbours who visit homes (groups).
 */

export type { Campaign, CampaignId } from './cohorts/campaigns.ts'
export {
  asCampaignId,
  bandNamesOf,
  beginEdition,
  type CampaignEdition,
  campaignsByRelation,
  deadlinesOf,
  editionAt,
  getCampaign,
  getCampaignByName,
  isOwnUnit,
  lastEdition,
  listCampaignShapes,
  listCampaigns,
  seesFiguresOf,
} from './cohorts/campaigns.ts'
export { areMembersFrozen, freezeMembers, lastStandingDay, updateMembers } from './cohorts/cohorts.ts'
export { recordException, withdrawException } from './cohorts/exception.ts'
export { chooseFirstPage, readFirstPage } from './cohorts/first-page.ts'
export { definitionProblem } from './cohorts/problems.ts'
export { type LastDaysInUnit, lastDaysInUnits, listSafeDays, safeDaysOfSchool } from './cohorts/safe-days.ts'
export type { SafeDayOfDeadline } from './contract.ts'
export * as directives from './directives/directives.ts'
export { endLinksOfGroup, issueGroupLink, listGroupLinks } from './group-links/group-links.ts'
export { endAccessAgain, giveAccess } from './groups/access.ts'
export { holdsNumber } from './groups/group.ts'
export * as groups from './groups/groups.ts'
export { makeList as makeVisitList } from './groups/visit-list.ts'
export {
  type DeadlineProof,
  isMetric,
  isPersonMetric,
  type Metric,
  metrics,
  type PersonMetric,
  personMetrics,
  proofs,
  type WorkMetric,
  wayOf,
  ways,
} from './metric.ts'
export type { Basis, Need } from './need-codes.ts'
export { needsCorrection } from './need-for-correction.ts'
export {
  areNeedsBehind,
  keepNeeds,
  queueNeedsOf,
  queueNeedsOfSchool,
  verifyNeeds,
} from './needs/kept-needs.ts'
export { exportPeopleInNeed, printPeopleInNeed } from './needs/list-workbook.ts'
export { countNeedsOfMembers, type MemberNeedCount } from './needs/member-needs.ts'
export {
  chooseEverybody,
  countNeeds,
  describeChosen,
  listPeopleInNeed,
  needsOf,
  needsOfPerson,
  searchPeopleInNeed,
  standingOfChosen,
} from './needs/needs.ts'
export { campaignProblem } from './problems.ts'
export { type FamilyWays, familyPhones, findFamilyPhone, findFamilyWays } from './reminders/family-phone.ts'
export { issueTargets, readTargetTree, targetsOn, type UnitTarget } from './targets/targets.ts'

/**
 * Creates a campaign from `input` (interfaces.md, campaign F.json): cohorts, bands, deadlines and the targets of the
 * file. The same definition again changes nothing; another of the same name is refused with campaign-exists. The deed's
 * consequences find the members.
 */
export async function create(work: Work, input: unknown): Promise<CampaignShape> {
  const { campaign, definition, isNew } = await makeCampaign(work, input)
  if (isNew && definition.targets?.length) await issueFromFile(work, campaign, definition.targets, definition.issuedBy)
  return campaignShape(work, campaign)
}

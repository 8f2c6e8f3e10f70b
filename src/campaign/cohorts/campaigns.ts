/** Campaigns: created from a definition, closed by the unit that runs them, listed for the units that take part. */

import { createHash } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import { asDay, type Day, yearOf } from '../../platform/day.ts'
import { asId, type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as rolls from '../../rolls/rolls.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { isMetric, isProof } from '../metric.ts'
import { bandsOfCampaign } from './campaign-bands.ts'
import { basisOfCohorts, cohortName } from './cohort-rule.ts'
import type { CampaignShape } from './contract.ts'
import type { CohortRule, Definition } from './contract-definition.ts'
import { readDefinition } from './definition.ts'
import { definitionProblem } from './problems.ts'
import * as store from './store.ts'

export {
  bandNamesOf,
  beginEdition,
  type CampaignEdition,
  campaignsByRelation,
  campaignTitle,
  deadlinesOf,
  editionAt,
  lastEdition,
} from './store.ts'

export type CampaignId = Id<'campaign'>
export type Campaign = store.CampaignRow

/** A unit of the actor's own, or one that became of it or that it came of. */
export async function isOwnUnit(work: Work, unitId: units.UnitId): Promise<boolean> {
  if (work.scope === 'house' || !work.unitId || work.unitId === unitId) return true
  return (await units.homesOn(work, work.unitId, work.today)).has(unitId)
}

/** The unit that runs it: as named on the first day, the actor's own, or the house's one province. */
async function runningUnit(work: Work, { unit, startsOn }: Definition): Promise<units.UnitRecord> {
  const day = asDay(startsOn)
  if (unit !== undefined) {
    const found = await units.findUnitOn(work, unit, day)
    if (!found)
      throw definitionProblem('campaign-malformed', { faults: [`/unit: no unit ${unit} stands on ${startsOn}`] })
    if (!(await isOwnUnit(work, found.id)))
      throw definitionProblem('campaign-malformed', { faults: [`/unit: ${unit} is not within your own`] })
    return units.getUnit(work, found.id)
  }
  if (work.unitId) return units.getUnit(work, work.unitId)
  const province = await units.findHomeProvince(work, day)
  if (!province) throw definitionProblem('campaign-malformed', { faults: ['/unit: say which unit runs it'] })
  return units.getUnit(work, province)
}

const hashOf = (definition: Definition) => createHash('sha256').update(JSON.stringify(definition)).digest('hex')

/** A campaign with the definition it was created from; `isNew` is false where it existed before. */
export type MadeCampaign = { readonly campaign: Campaign; readonly definition: Definition; readonly isNew: boolean }

/**
 * Creates a campaign without its targets: cohorts, bands and deadlines. The same definition again changes nothing;
 * another of the same name is refused. The deed's consequences find the members.
 */
export async function makeCampaign(work: Work, input: unknown): Promise<MadeCampaign> {
  const definition = readDefinition(input)
  await store.holdCreation(work)
  const known = await store.findCampaignByName(work, definition.name)
  const hash = hashOf(definition)
  if (known) {
    const made = (await audit.deedsOf(work, known.id)).find(({ deed }) => deed === 'campaign.created')
    if ((made?.facts as { hash?: string } | undefined)?.hash === hash)
      return { campaign: known, definition, isNew: false }
    throw definitionProblem('campaign-exists', { name: definition.name })
  }
  const { campaign, cohorts } = await draftCampaign(work, definition)
  await store.insertCampaign(work, campaign)
  await writeParts(work, campaign, { definition, cohorts })
  await audit.record(
    work,
    'campaign.created',
    { kind: 'campaign', id: campaign.id, unitId: campaign.unitId },
    { name: campaign.name, hash },
  )
  return { campaign, definition, isNew: true }
}

/** A campaign as its definition says, with its rules; nothing is kept. Refuses units that are not within it. */
export async function draftCampaign(
  work: Work,
  definition: Definition,
): Promise<{ readonly campaign: Campaign; readonly cohorts: readonly CohortRule[] }> {
  const unit = await runningUnit(work, definition)
  const cohorts: readonly CohortRule[] = definition.cohorts ?? (definition.cohort ? [definition.cohort] : [])
  const startsOn = asDay(definition.startsOn)
  const homes = await units.homesOn(work, unit.id, startsOn)
  for (const code of new Set(cohorts.flatMap(rule => rule.units ?? []))) {
    const found = await units.findUnitOn(work, code, startsOn)
    if (!found || !(found.id === unit.id || homes.has(found.id) || (await isBelow(work, found.id, unit.id, startsOn))))
      throw definitionProblem('campaign-malformed', { faults: [`/cohorts: ${code} is no unit of the campaign`] })
  }
  const campaign: Campaign = {
    id: newId<'campaign'>(work.now),
    name: definition.name,
    title: definition.title,
    purpose: definition.purpose ?? null,
    unitId: unit.id,
    basis: basisOfCohorts(cohorts),
    schoolYear: definition.schoolYear ?? rolls.schoolYearOn(startsOn, work),
    startsOn,
    metrics: definition.metrics.filter(isMetric),
    state: 'open',
    closedIn: null,
    version: 1,
    madeAt: work.now,
  }
  return { campaign, cohorts }
}

const isBelow = async (work: Work, id: units.UnitId, above: units.UnitId, day: Day) =>
  (await units.unitPath(work, id, day)).some(one => one.id === above)

async function writeParts(
  work: Work,
  { id, startsOn }: Campaign,
  { definition, cohorts }: { readonly definition: Definition; readonly cohorts: readonly CohortRule[] },
): Promise<void> {
  await store.insertCohorts(
    work,
    id,
    cohorts.map((rule, i) => ({ name: cohortName(rule, i), rule })),
  )
  await store.insertBands(work, id, bandsOfCampaign(cohorts, yearOf(startsOn)))
  await store.insertDeadlines(
    work,
    id,
    (definition.deadlines ?? []).flatMap(({ name, on, proof }) =>
      isProof(proof) ? [{ name, on: asDay(on), proof }] : [],
    ),
  )
}

/**
 * Changes a campaign before its first day, while its days still compare with none. Its short name, its unit and its
 * targets stay. The deed's consequences find the members anew. Throws campaign-unknown, -closed, -begun, -malformed,
 * changed-meanwhile.
 */
export async function changeCampaign(work: Work, id: CampaignId, input: unknown): Promise<CampaignShape> {
  await getCampaign(work, id)
  const before = await holdKnownCampaign(work, id)
  await refuseStaleDefinition(work, before)
  if (before.state === 'closed') throw definitionProblem('campaign-closed')
  if (before.startsOn <= work.today) throw definitionProblem('campaign-begun', { since: before.startsOn })
  const definition = readDefinition(input)
  const { campaign: draft, cohorts } = await draftCampaign(work, { ...definition, name: before.name })
  const campaign = { ...draft, id, unitId: before.unitId, version: before.version + 1, madeAt: before.madeAt }
  await store.updateCampaign(work, campaign)
  await store.deleteParts(work, id)
  await writeParts(work, campaign, { definition, cohorts })
  await audit.record(
    work,
    'campaign.changed',
    { kind: 'campaign', id, unitId: campaign.unitId },
    { hash: hashOf(definition), version: campaign.version },
  )
  return campaignShape(work, campaign)
}

/** Throws changed-meanwhile where the page showed another version. */
async function refuseStaleDefinition(work: Work, { id, version }: Campaign): Promise<void> {
  if (work.seen === undefined || work.seen === String(version)) return
  const last = (await audit.deedsOfName(work, id, 'campaign.changed')).at(-1)
  await staff.refuseChange(work, { deed: 'campaign.changed', byId: last?.byId, at: last?.at })
}

/** Closes a campaign. The deed's consequences count what still waits; figures and lists then stay as they are known. */
export async function closeCampaign(work: Work, id: CampaignId): Promise<CampaignShape> {
  await getCampaign(work, id)
  const campaign = await holdKnownCampaign(work, id)
  if (campaign.state === 'closed') throw definitionProblem('campaign-closed')
  await audit.record(work, 'campaign.closed', { kind: 'campaign', id, unitId: campaign.unitId })
  const { number } = await store.lastEdition(work)
  await store.setCampaignClosed(work, id, number)
  return campaignShape(work, { ...campaign, state: 'closed', closedIn: number })
}

/** A campaign in which the work's unit takes part. */
export async function getCampaign(work: Work, id: CampaignId): Promise<Campaign> {
  const campaign = await store.findCampaign(work, id)
  if (!campaign || !(await takesPart(work, campaign))) throw definitionProblem('campaign-unknown')
  return campaign
}

export async function getCampaignByName(work: Work, name: string): Promise<Campaign> {
  const campaign = await store.findCampaignByName(work, name)
  if (!campaign || !(await takesPart(work, campaign))) throw definitionProblem('campaign-unknown', { name })
  return campaign
}

/** The campaign, locked against other changes of it. */
async function holdKnownCampaign(work: Work, id: CampaignId): Promise<Campaign> {
  const campaign = await store.holdCampaign(work, id)
  if (!campaign) throw definitionProblem('campaign-unknown')
  return campaign
}

/** Whether the work's unit is the campaign's, above it or below it. */
async function takesPart(work: Work, { unitId }: Campaign): Promise<boolean> {
  if (work.scope === 'house' || !work.unitId || work.unitId === unitId) return true
  const above = (await units.unitPath(work, work.unitId, work.today)).map(({ id }) => id)
  const below = (await units.unitPath(work, unitId, work.today)).map(({ id }) => id)
  return (
    above.includes(unitId) ||
    below.includes(work.unitId) ||
    (await units.homesOn(work, unitId, work.today)).has(work.unitId)
  )
}

/** Campaigns of the work's unit, the latest first. */
export async function listCampaigns(work: Work): Promise<Campaign[]> {
  const known = await store.findCampaigns(work)
  const theirs = await Promise.all(known.map(campaign => takesPart(work, campaign)))
  return known.filter((_, i) => theirs[i])
}

/** Campaigns as they go over the wire, with bands, cohorts and deadlines. */
export async function campaignShapes(work: Work, campaigns: readonly Campaign[]): Promise<CampaignShape[]> {
  const parts = await store.partsOf(
    work,
    campaigns.map(({ id }) => id),
  )
  return Promise.all(
    campaigns.map(async ({ unitId, metrics, closedIn: _closedIn, madeAt: _madeAt, ...rest }) => {
      const { bands, cohorts, deadlines } = parts.get(rest.id) ?? { bands: [], cohorts: [], deadlines: [] }
      return {
        ...rest,
        metrics: [...metrics],
        unit: units.codedUnitReference(await units.getUnit(work, unitId)),
        bands: [...bands],
        cohorts: [...cohorts],
        deadlines: [...deadlines],
      }
    }),
  )
}

/** One of them. */
export async function campaignShape(work: Work, campaign: Campaign): Promise<CampaignShape> {
  const [shape] = await campaignShapes(work, [campaign])
  if (!shape) throw definitionProblem('campaign-unknown')
  return shape
}

/** Whether the actor sees a campaign's figures: whose scope is schools sees no resident, and no figure of residents. */
export const seesFiguresOf = ({ scope, unitId }: Work, { basis }: Pick<Campaign, 'basis'>): boolean =>
  typeof scope === 'string' || !unitId || scope.units.includes(unitId) || basis === 'school'

/** The campaigns whose figures the actor sees, the latest first. */
export const listSeenCampaigns = async (work: Work): Promise<Campaign[]> =>
  (await listCampaigns(work)).filter(campaign => seesFiguresOf(work, campaign))

export const listCampaignShapes = async (work: Work): Promise<CampaignShape[]> =>
  campaignShapes(work, await listSeenCampaigns(work))

export const asCampaignId = (text: string): CampaignId => asId<'campaign'>(text)

/** The last day of a campaign's deadlines. */
export async function lastDeadline(work: Work, { id }: Pick<Campaign, 'id'>): Promise<Day | undefined> {
  return (await store.deadlinesOf(work, id))
    .map(({ on }) => on)
    .sort()
    .at(-1)
}

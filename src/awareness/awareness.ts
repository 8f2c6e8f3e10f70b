/**
 * Public information with an effect. In: what was done to tell people of a campaign (an assembly, a letter, a text for
 * loudspeakers), where, whom it addressed, how many it reached and by whom; entered by officers of police, education
 * and schools for their own places. Decided: whether the places are theirs, and what moved in the campaign's milestones
 * there in the days after, beside the days before and beside places where nothing was done (effect.ts). Out: a ledger,
 * and leaflets and texts made of the campaign's own facts (material.ts). Deeds: awareness.recorded, .withdrawn.
 */

import * as audit from '../audit/audit.ts'
import * as campaign from '../campaign/campaign.ts'
import * as planning from '../planning/planning.ts'
import { addDays, asDay, type Day } from '../platform/day.ts'
import { newId } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import { type Work, withHouseScope } from '../platform/work.ts'
import * as statistics from '../statistics/statistics.ts'
import * as units from '../units/units.ts'
import { type Activity, type ActivityId, type ActivityPlace, placeKey } from './activity.ts'
import type { ActivityInput, ActivityShape, EffectShape } from './contract.ts'
import { compareEffect, daysSeen, type EffectWindow, type PlaceCount, windowOf } from './effect.ts'
import { effectDays, latestEntryDays } from './law.ts'
import { awarenessProblem } from './problems.ts'
import * as store from './store.ts'

/** The metric in which an activity shows first: who came forward. */
const usualMetric = ({ metrics }: campaign.Campaign): campaign.PersonMetric => {
  const counted = metrics.filter(campaign.isPersonMetric)
  return (
    (['account-received', 'card-applied'] as const).find(metric => counted.includes(metric)) ??
    counted[0] ??
    'account-received'
  )
}

/** A place of the input, if it is one of the officer's own; else refused. */
async function ownPlaces(work: Work, { units: communes = [], schools = [] }: ActivityInput): Promise<ActivityPlace[]> {
  if (communes.length > 0 === schools.length > 0) throw awarenessProblem('activity-place-refused')
  const isOwn = async (unitId: units.UnitId, schoolId?: units.SchoolId) => {
    if (work.scope === 'house') return true
    if (work.scope === 'none') return false
    return schoolId !== undefined && work.scope.units.includes(schoolId)
      ? true
      : work.scope.units.includes(unitId) && campaign.isOwnUnit(work, unitId)
  }
  const places: ActivityPlace[] = []
  for (const unitId of new Set(communes)) {
    const unit = await units.findUnit(work, unitId)
    if (unit?.level !== 'commune' || !(await isOwn(unitId)))
      throw awarenessProblem('activity-place-refused', { place: unitId })
    places.push({ unitId })
  }
  for (const schoolId of new Set(schools)) {
    const { unitId } = await units.getSchool(work, schoolId)
    if (!(await isOwn(unitId, schoolId))) throw awarenessProblem('activity-place-refused', { place: schoolId })
    places.push({ unitId, schoolId })
  }
  return places
}

/** Enters what was done. Throws activity-place-refused, activity-day-refused, activity-names-somebody. */
export async function recordActivity(work: Work, input: ActivityInput): Promise<ActivityId> {
  const one = await campaign.getCampaign(work, input.campaign)
  const heldOn = asDay(input.heldOn)
  const from = addDays(work.today, -ruleOn(latestEntryDays, work.today, work))
  if (heldOn > work.today || heldOn < from) throw awarenessProblem('activity-day-refused', { from, to: work.today })
  const content = input.content?.trim() || undefined
  if (content && campaign.holdsNumber(content)) throw awarenessProblem('activity-names-somebody')
  const places = await ownPlaces(work, input)
  const { kind, audiences, people, counted, doneBy } = input
  const activity: Activity = {
    id: newId<'activity'>(work.now),
    campaignId: one.id,
    unitId: work.unitId ?? one.unitId,
    kind,
    audiences,
    heldOn,
    people,
    counted,
    doneBy,
    content,
    places,
  }
  await store.insertActivity(work, activity)
  await audit.record(
    work,
    'awareness.recorded',
    { kind: 'activity', id: activity.id, unitId: activity.unitId },
    { campaign: one.id, kind, audiences, heldOn, people, counted, places: places.length },
  )
  return activity.id
}

/** Strikes an activity out that was entered wrongly. Throws activity-unknown, activity-withdrawn. */
export async function withdrawActivity(work: Work, id: ActivityId, { reason }: { readonly reason: string }) {
  const activity = await store.holdActivity(work, id)
  if (!activity) throw awarenessProblem('activity-unknown')
  if (activity.withdrawnReason !== undefined) throw awarenessProblem('activity-withdrawn')
  if (campaign.holdsNumber(reason)) throw awarenessProblem('activity-names-somebody')
  await store.setWithdrawn(work, id, reason.trim())
  await audit.record(work, 'awareness.withdrawn', { kind: 'activity', id, unitId: activity.unitId }, {})
}

/** What is read once for the effects of many activities. */
type EffectGround = {
  readonly metric: campaign.PersonMetric
  readonly days: number
  readonly bySchool: readonly PlaceCount[]
  readonly byCommune: readonly PlaceCount[]
  readonly held: readonly store.HeldRow[]
  /** The unit right above a commune: communes are compared within it. */
  above(unitId: string): string | undefined
  /** The commune of a school that has members of the campaign. */
  communeOf(schoolId: string): string | undefined
}

async function readGround(
  work: Work,
  one: campaign.Campaign,
  { metric, band }: { readonly metric: campaign.PersonMetric; readonly band: number },
): Promise<EffectGround> {
  const counts = await statistics.countByPlace(work, one.id, { metric, band })
  const homes = await units.homesOn(work, one.unitId, await campaign.lastStandingDay(work, one, work.today))
  const home = (id: units.UnitId) => homes.get(id) ?? id
  const parents = new Map((await units.unitsOn(work, work.today)).map(({ id, parentId }) => [id as string, parentId]))
  const schools = new Map(
    (await units.schoolsIn(work, [...homes.keys()], work.today)).map(({ id, unitId }) => [id as string, unitId]),
  )
  return {
    metric,
    days: ruleOn(effectDays, work.today, work),
    bySchool: counts.flatMap(({ schoolId, ...count }) => (schoolId ? [{ ...count, place: schoolId as string }] : [])),
    byCommune: counts.map(count => ({ ...count, place: home(count.unitId) as string })),
    held: await withHouseScope(work, house => store.findHeld(house, one.id)),
    above: id => parents.get(id),
    communeOf: id => {
      const unitId = schools.get(id)
      return unitId && home(unitId)
    },
  }
}

const isWithin = ({ heldOn }: { readonly heldOn: Day }, { from, to, days }: EffectWindow) =>
  heldOn >= addDays(from, -days) && heldOn <= to

/** Places of the same kind below the same unit where nothing was done in these days; everywhere where these are few. */
function othersOf(ground: EffectGround, { places }: Activity, window: EffectWindow): ReadonlySet<string> {
  const ofSchools = places.some(({ schoolId }) => schoolId)
  const busy = new Set(ground.held.filter(row => isWithin(row, window)).map(place => placeKey(place)))
  const communeOf = (place: string) => (ofSchools ? ground.communeOf(place) : place)
  const near = new Set(places.map(({ unitId }) => ground.above(unitId)))
  const all = [...new Set((ofSchools ? ground.bySchool : ground.byCommune).map(({ place }) => place))].filter(place => {
    const commune = communeOf(place)
    return !busy.has(place) && commune !== undefined && !busy.has(commune)
  })
  const neighbours = all.filter(place => near.has(ground.above(communeOf(place) ?? '')))
  return new Set(neighbours.length > 0 ? neighbours : all)
}

/** Other activities and sessions of a team in the same places: they may be the cause as well. */
async function alongside(work: Work, ground: EffectGround, activity: Activity, window: EffectWindow) {
  const keys = new Set(activity.places.map(placeKey))
  const communes = new Set<string>(activity.places.map(({ unitId }) => unitId))
  const isHere = ({ unitId, schoolId }: ActivityPlace) =>
    keys.has(schoolId ?? unitId) || (schoolId === undefined ? communes.has(unitId) : keys.has(unitId))
  const activities = new Set(
    ground.held.filter(row => row.id !== activity.id && isWithin(row, window) && isHere(row)).map(({ id }) => id),
  )
  const sessions = await planning.publicSessionsIn(work, [...communes] as units.UnitId[], window)
  const isOfSchools = activity.places.some(({ schoolId }) => schoolId)
  return {
    activities: activities.size,
    sessions: sessions.filter(({ schoolId }) => !isOfSchools || (schoolId !== null && keys.has(schoolId))).length,
  }
}

async function effectOf(work: Work, ground: EffectGround, activity: Activity): Promise<EffectShape> {
  const window = windowOf(activity.heldOn, ground.days, work.today)
  const ofSchools = activity.places.some(({ schoolId }) => schoolId)
  const effect = compareEffect(ofSchools ? ground.bySchool : ground.byCommune, window, {
    held: new Set(activity.places.map(placeKey)),
    others: othersOf(ground, activity, window),
  })
  return {
    metric: ground.metric,
    ...window,
    seen: daysSeen(window),
    ...effect,
    alongside: await alongside(work, ground, activity, window),
  }
}

async function activityShape(work: Work, ground: EffectGround, activity: Activity): Promise<ActivityShape> {
  const { id, kind, audiences, heldOn, people, counted, doneBy, content, unitId, withdrawnReason } = activity
  const places = await Promise.all(
    activity.places.map(async place => ({
      name: place.schoolId
        ? (await units.getSchool(work, place.schoolId)).name
        : await units.unitName(work, place.unitId),
      unit: await units.unitName(work, place.unitId),
      ofSchool: place.schoolId !== undefined,
    })),
  )
  return {
    id,
    kind,
    audiences: [...audiences],
    heldOn,
    people,
    counted,
    doneBy: [...doneBy],
    ...(content !== undefined && { content }),
    unit: await units.unitName(work, unitId),
    places,
    ...(withdrawnReason !== undefined && { withdrawn: withdrawnReason }),
    effect: await effectOf(work, ground, activity),
  }
}

const campaignRef = ({ id, title }: campaign.Campaign) => ({ id, title })

/** What can be chosen to count by: metrics of people, and the campaign's parts. */
const choicesOf = async (work: Work, one: campaign.Campaign) => ({
  metrics: one.metrics.filter(campaign.isPersonMetric),
  bands: (await campaign.bandNamesOf(work, one.id)).map(({ band, name }) => ({ band, name })),
})

export type EffectChoice = { readonly metric?: campaign.Metric | undefined; readonly band?: number | undefined }

const metricOf = (one: campaign.Campaign, { metric }: EffectChoice): campaign.PersonMetric =>
  metric && campaign.isPersonMetric(metric) ? metric : usualMetric(one)

/** The ledger of a campaign, as far as the officer sees its places, each with what moved there. */
export async function listActivities(
  work: Work,
  query: EffectChoice & {
    readonly campaign?: campaign.CampaignId | undefined
    readonly offset?: number | undefined
    readonly limit?: number | undefined
  },
) {
  const open = (await campaign.listCampaigns(work)).filter(({ state }) => state === 'open')
  const first = query.campaign ?? (await campaign.readFirstPage(work, open)).campaign
  if (!first) throw awarenessProblem('awareness-without-campaign')
  const one = await campaign.getCampaign(work, first)
  const metric = metricOf(one, query)
  const ground = await readGround(work, one, { metric, band: query.band ?? 0 })
  const found = await store.findActivities(work, one.id, { offset: query.offset ?? 0, limit: query.limit ?? 50 })
  const activities: ActivityShape[] = []
  for (const activity of found) activities.push(await activityShape(work, ground, activity))
  return {
    day: work.today,
    campaign: campaignRef(one),
    campaigns: open.map(campaignRef),
    metric,
    ...(await choicesOf(work, one)),
    total: await store.countActivities(work, one.id),
    reached: await store.countReached(work, one.id),
    activities,
  }
}

/** One activity with what moved in its places. Throws activity-unknown. */
export async function openActivity(work: Work, id: ActivityId, choice: EffectChoice) {
  const activity = await store.findActivity(work, id)
  if (!activity) throw awarenessProblem('activity-unknown')
  const one = await campaign.getCampaign(work, activity.campaignId)
  const ground = await readGround(work, one, { metric: metricOf(one, choice), band: choice.band ?? 0 })
  return {
    day: work.today,
    campaign: campaignRef(one),
    ...(await choicesOf(work, one)),
    activity: await activityShape(work, ground, activity),
  }
}

/** The communes and schools of the officer's scope, by name. */
export async function listOwnPlaces(work: Work) {
  const all = (await units.unitsOn(work, work.today)).filter(({ level }) => level === 'commune')
  const below = work.unitId ? await units.homesOn(work, work.unitId, work.today) : undefined
  const within = all.filter(({ id }) => below?.has(id) ?? true)
  const seen = work.scope === 'house' || work.scope === 'none' ? undefined : new Set<string>(work.scope.units)
  const communes = within.filter(({ id }) => seen?.has(id) ?? work.scope === 'house')
  const schools = await units.schoolsIn(
    work,
    within.map(({ id }) => id),
  )
  const names = new Map(all.map(({ id, name }) => [id, name]))
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'vi')
  return {
    communes: communes.map(({ id, name }) => ({ id, name })).sort(byName),
    schools: schools
      .filter(({ id, unitId }) => seen?.has(id) || (seen?.has(unitId) ?? work.scope === 'house'))
      .map(({ id, name, unitId }) => ({ id, name, unit: names.get(unitId) ?? '' }))
      .sort(byName),
  }
}

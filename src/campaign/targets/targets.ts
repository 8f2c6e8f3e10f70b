/**
 * The figure that each unit must reach in a campaign. Rows of the campaign's file come in, or a commander's hand-down.
 * Decided here: whether each target may be issued; no unit hands down more than it was given, and an officer sets
 * targets for units below their own alone. What goes out are targets by unit, metric and batch, each version kept.
 * Deed: target.issued.
 */

import * as audit from '../../audit/audit.ts'
import { asDay, type Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { type Campaign, lastDeadline } from '../cohorts/campaigns.ts'
import type { Definition } from '../cohorts/contract-definition.ts'
import { definitionProblem } from '../cohorts/problems.ts'
import type { Metric } from '../metric.ts'
import type { TargetsOfUnit, targetFaults } from './contract.ts'
import * as store from './store.ts'

export type { UnitTarget } from './store.ts'

type TargetFault = {
  readonly unit: string
  readonly metric: string
  readonly fault: (typeof targetFaults)[number]
  readonly value?: number
  readonly limit?: number
}

/** A target to issue; its version is found when it is issued. */
export type TargetRequest = {
  readonly unitId: units.UnitId
  /** The unit as the caller named it, repeated in faults. */
  readonly said: string
  readonly metric: Metric
  readonly batch: string
  readonly value: number
  readonly assignedOn: Day
  readonly dueOn: Day
  readonly splitBy: string | null
  /** Why it is above the people meant there. */
  readonly aboveReason?: string | undefined
}

/** What a unit was given, before people are counted. */
type IssuedTargets = Omit<TargetsOfUnit, 'people' | 'done' | 'over'>

/** The batch of targets that name none. */
const onlyBatch = '1'

/**
 * Issues the targets of a campaign's file: unit codes are read as of the day of assignment, which is the campaign's
 * first where none is given.
 */
export async function issueFromFile(
  work: Work,
  campaign: Campaign,
  rows: NonNullable<Definition['targets']>,
  issuedBy = campaign.title,
): Promise<number> {
  const last = await lastDeadline(work, campaign)
  const faults: TargetFault[] = []
  const asked: TargetRequest[] = []
  for (const { unit, metric, value, batch = onlyBatch, assignedOn, dueOn } of rows) {
    const day = assignedOn ? asDay(assignedOn) : campaign.startsOn
    const found = await units.findUnitOn(work, unit, day)
    if (!found) faults.push({ unit, metric, fault: 'unit-unknown-that-day' })
    else
      asked.push({
        unitId: found.id,
        said: unit,
        metric,
        batch,
        value,
        assignedOn: day,
        dueOn: dueOn ? asDay(dueOn) : (last ?? day),
        splitBy: 'file',
      })
  }
  if (faults.length > 0) throw definitionProblem('target-refused', { faults })
  return (await issueTargets(work, campaign, asked, issuedBy)).issued
}

/**
 * Issues targets or revises them: each is a new version where it differs from the last. All or none: negative numbers,
 * units that do not stand on the day or take no part, days in disorder, and units that are given more than the one
 * above them are refused, each by name.
 */
export async function issueTargets(
  work: Work,
  campaign: Campaign,
  requests: readonly TargetRequest[],
  issuedBy: string,
): Promise<{ issued: number; unchanged: number }> {
  if (campaign.state === 'closed') throw definitionProblem('campaign-closed')
  await store.holdTargets(work, campaign.id)
  const known = new Map((await store.latestVersions(work, campaign.id)).map(target => [targetKey(target), target]))
  await refuseStaleTargets(work, campaign, requests, known)
  const faults = await findTargetFaults(work, campaign, requests, known)
  const fresh = requests
    .filter(target => differsFromKnown(target, known.get(targetKey(target))))
    .map(({ said: _said, ...target }) => ({
      ...target,
      issuedBy,
      version: (known.get(targetKey(target))?.version ?? 0) + 1,
    }))
  if (faults.length === 0) faults.push(...(await faultsAboveParents(work, requests, [...known.values()], fresh)))
  if (faults.length > 0)
    throw definitionProblem('target-refused', { faults: faults.slice(0, 50), more: Math.max(0, faults.length - 50) })
  if (fresh.length === 0) return { issued: 0, unchanged: requests.length }
  await store.insertTargets(work, campaign.id, fresh)
  await audit.record(
    work,
    'target.issued',
    { kind: 'campaign', id: campaign.id, unitId: campaign.unitId },
    {
      issuedBy,
      targets: fresh.length,
      sum: fresh.reduce((sum, { value }) => sum + value, 0),
      batches: [...new Set(fresh.map(({ batch }) => batch))],
      ...aboveFacts(fresh),
    },
  )
  return { issued: fresh.length, unchanged: requests.length - fresh.length }
}

/** How many are above the people meant there, and why they were issued. */
function aboveFacts(fresh: readonly store.UnitTarget[]): { above?: number; reason?: string } {
  const above = fresh.filter(({ aboveReason }) => aboveReason)
  const [first] = above
  return first?.aboveReason ? { above: above.length, reason: first.aboveReason } : {}
}

/** Versions only rise: the same sum over the same units is the same targets. */
async function refuseStaleTargets(
  work: Work,
  { id }: Campaign,
  requests: readonly TargetRequest[],
  known: ReadonlyMap<string, store.UnitTarget>,
): Promise<void> {
  const version = requests.reduce((sum, request) => sum + (known.get(targetKey(request))?.version ?? 0), 0)
  if (work.seen === undefined || work.seen === String(version)) return
  const last = (await audit.deedsOfName(work, id, 'target.issued')).at(-1)
  await staff.refuseChange(work, { deed: 'target.issued', byId: last?.byId, at: last?.at })
}

const targetKey = ({ unitId, metric, batch }: Pick<store.UnitTarget, 'unitId' | 'metric' | 'batch'>) =>
  `${unitId} ${metric} ${batch}`

const differsFromKnown = (request: TargetRequest, known: store.UnitTarget | undefined) =>
  !known || known.value !== request.value || known.dueOn !== request.dueOn || known.assignedOn !== request.assignedOn

/** The faults of each target taken by itself. */
async function findTargetFaults(
  work: Work,
  campaign: Campaign,
  requests: readonly TargetRequest[],
  known: ReadonlyMap<string, store.UnitTarget>,
): Promise<TargetFault[]> {
  const faults: TargetFault[] = []
  const seen = new Set<string>()
  for (const target of requests) {
    const { unitId, said, metric, value, assignedOn, dueOn } = target
    const add = (fault: TargetFault['fault']) => faults.push({ unit: said, metric, fault, value })
    const key = targetKey(target)
    if (seen.has(key)) add('twice')
    seen.add(key)
    if (value < 0) add('negative')
    if (!campaign.metrics.includes(metric)) add('metric-unknown')
    if (dueOn < assignedOn) add('due-before-assigned')
    if ((known.get(key)?.assignedOn ?? assignedOn) > assignedOn) add('older-than-known')
    const path = (await units.unitPath(work, unitId, assignedOn)).map(({ id }) => id)
    if (!(await isUnitStandingOn(work, unitId, assignedOn))) add('unit-unknown-that-day')
    else if (!path.includes(campaign.unitId) || !mayHandDownTo(work, campaign, path)) add('unit-outside')
  }
  return faults
}

const isUnitStandingOn = async (work: Work, unitId: units.UnitId, day: Day) => {
  const unit = await units.getUnit(work, unitId)
  return (!unit.validFrom || unit.validFrom <= day) && (!unit.validTo || day < unit.validTo)
}

/**
 * An officer sets targets for units below their own; their own target comes from above. The target of the campaign's
 * own unit is set there.
 */
const mayHandDownTo = (work: Work, campaign: Campaign, path: readonly string[]) =>
  work.scope === 'house' ||
  !work.unitId ||
  path.slice(1).includes(work.unitId) ||
  (path[0] === campaign.unitId && work.unitId === campaign.unitId)

/**
 * Units whose target would exceed that of the unit above them: the whole target over all batches, as of the day of
 * assignment. Above counts the nearest unit that has a target; a unit without one counts by those below it. A unit
 * whose own target falls below what it handed down is a fault too.
 */
async function faultsAboveParents(
  work: Work,
  requests: readonly TargetRequest[],
  known: readonly store.UnitTarget[],
  fresh: readonly store.UnitTarget[],
): Promise<TargetFault[]> {
  const after = new Map([...known, ...fresh].map(target => [targetKey(target), target]))
  const sums = new Map<string, number>()
  for (const { unitId, metric, value } of after.values())
    sums.set(`${unitId} ${metric}`, (sums.get(`${unitId} ${metric}`) ?? 0) + value)
  const faults: TargetFault[] = []
  const told = new Set<string>()
  const sumBelow = (standing: readonly units.Unit[], metric: string, id: string): number =>
    standing.reduce(
      (sum, unit) =>
        unit.parentId === id ? sum + (sums.get(`${unit.id} ${metric}`) ?? sumBelow(standing, metric, unit.id)) : sum,
      0,
    )
  const whole: { readonly unit: units.Unit; readonly metric: string; readonly assignedOn: Day }[] = []
  for (const { unitId, said, metric, assignedOn } of requests) {
    const path = await units.unitPath(work, unitId, assignedOn)
    const above = path.slice(1).find(({ id }) => sums.has(`${id} ${metric}`))
    const [own, limit] = [sums.get(`${unitId} ${metric}`) ?? 0, above && sums.get(`${above.id} ${metric}`)]
    if (above && limit !== undefined && own > limit) {
      faults.push({ unit: said, metric, fault: 'above-parent', value: own, limit })
      told.add(`${above.id} ${metric}`)
    }
    for (const unit of [above, path[0]]) if (unit) whole.push({ unit, metric, assignedOn })
  }
  for (const { unit, metric, assignedOn } of whole) {
    const key = `${unit.id} ${metric}`
    const limit = sums.get(key)
    if (limit === undefined || told.has(key)) continue
    told.add(key)
    const value = sumBelow(await units.unitsOn(work, assignedOn), metric, unit.id)
    if (value > limit) faults.push({ unit: unit.code, metric, fault: 'above-parent', value, limit })
  }
  return faults
}

/** A unit's own target on a day: the sum of its batches in force; undefined where it has none. */
const sumFor = (targets: readonly store.UnitTarget[], unitId: Id<'unit'>): number | undefined => {
  const own = targets.filter(target => target.unitId === unitId)
  return own.length ? own.reduce((sum, { value }) => sum + value, 0) : undefined
}

export const targetsOn = store.targetsOn

/**
 * The targets of a unit and of the units directly below it, and what is not handed down. `population` is the number of
 * members that the campaign had at first.
 */
export async function readTargetTree(
  work: Work,
  campaign: Campaign,
  { unitId, metric, day }: { unitId: units.UnitId; metric: Metric; day: Day },
): Promise<{ whole: IssuedTargets; below: IssuedTargets[] }> {
  const targets = await store.targetsOn(work, campaign.id, day, metric)
  const standing = await units.unitsOn(work, day)
  const homes = await units.homesOn(work, campaign.unitId, day)
  const people = new Map<string, number>()
  for (const { unitId: written, people: count } of await store.membersByUnit(work, campaign.id)) {
    const home = homes.get(written as Id<'unit'>)
    if (home) people.set(home, (people.get(home) ?? 0) + count)
  }
  const childrenOf = (id: string) => standing.filter(({ parentId }) => parentId === id)
  const peopleOf = (id: string): number =>
    (people.get(id) ?? 0) + childrenOf(id).reduce((sum, child) => sum + peopleOf(child.id), 0)
  const of = (unit: units.Unit | units.UnitRecord): IssuedTargets => {
    const value = sumFor(targets, unit.id)
    const handedDown = childrenOf(unit.id).reduce((sum, child) => sum + (sumFor(targets, child.id) ?? 0), 0)
    return {
      unit: units.codedUnitReference(unit),
      value: value ?? null,
      batches: targets
        .filter(target => target.unitId === unit.id)
        .map(({ batch, value: part, version, assignedOn, dueOn, issuedBy, splitBy, aboveReason }) => ({
          batch,
          value: part,
          version,
          assignedOn,
          dueOn,
          issuedBy,
          splitBy,
          aboveReason: aboveReason ?? null,
        })),
      handedDown,
      notHandedDown: childrenOf(unit.id).length && value !== undefined ? value - handedDown : 0,
      population: peopleOf(unit.id),
    }
  }
  return { whole: of(await units.getUnit(work, unitId)), below: childrenOf(unitId).map(of) }
}

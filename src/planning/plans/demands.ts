import type * as campaign from '../../campaign/campaign.ts'
import type { Day } from '../../platform/day.ts'
import type * as units from '../../units/units.ts'
import { needsAt } from '../needs-at-session.ts'
import type { DemandKind, InstanceDemand, PlanSiteKind } from '../optimiser/instance.ts'
import type { SiteKind } from '../session.ts'
import type { Site } from '../sessions/site.ts'

/**
 * Where the members of a campaign are served, and until when. Counts come in; sites and demands go out, and no person
 * is read. Pure.
 */

/** A site of the house, or one that is entered when a plan is accepted (`school:<id>`, `hall:<id of the unit>`). */
export type DemandSite = {
  readonly id: string
  readonly kind: Exclude<PlanSiteKind, 'hamlet'>
  readonly unitId: units.UnitId
  readonly name: string
  readonly site?: Site | undefined
}

export type DemandQuestion = {
  readonly counts: readonly campaign.MemberNeedCount[]
  readonly metrics: readonly string[]
  readonly sites: readonly Site[]
  /** The schools of the plan's units. */
  readonly schools: ReadonlyMap<string, units.School>
  /** Each unit as written down, by the unit of the plan that stands for it. */
  readonly homes: ReadonlyMap<units.UnitId, units.UnitId>
  readonly nameOf: (unitId: units.UnitId) => string
  readonly lastDays: ReadonlyMap<units.UnitId, campaign.LastDaysInUnit>
  /** The plan's last day: where a campaign has no deadline, its people are in time by it. */
  readonly to: Day
  readonly minutesEach: (kind: DemandKind, siteKind: SiteKind) => number
}

export type PlanDemands = {
  readonly sites: readonly DemandSite[]
  readonly demands: readonly InstanceDemand[]
  /** Members in need whose commune is none of the plan's units. */
  readonly elsewhere: number
}

/**
 * Who needs a card is captured, and asks for the account on the spot. Who has a card and lacks an account of level 2
 * needs a machine; one that is not active takes an officer alone. So are they asked to sessions (needs-at-session.ts).
 */
function kindFor({ needs }: campaign.MemberNeedCount): DemandKind | undefined {
  const brings = (those: readonly string[]) => needs.some(need => those.includes(need))
  if (needs.includes('card') || needs.includes('card-renewal')) return 'capture'
  if (brings(needsAt['raise-level'])) return 'raising'
  return brings(needsAt.activation) ? 'activation' : undefined
}

const earliest = (days: readonly (Day | undefined)[]): Day | undefined =>
  days.filter(day => day !== undefined).sort()[0]

function lastDayFor(kind: DemandKind, last: campaign.LastDaysInUnit) {
  if (kind === 'capture') return earliest([last.card, last.accountWithoutCard])
  return kind === 'raising' ? last.accountWithCard : last.activation
}

/** Pupils at their school, if it stands in a unit of the plan; all others in their commune. */
function siteFor(count: campaign.MemberNeedCount, asked: DemandQuestion): DemandSite | undefined {
  const school = count.schoolId === null ? undefined : asked.schools.get(count.schoolId)
  if (school) {
    const site = asked.sites.find(({ schoolId }) => schoolId === school.id)
    const unitId = asked.homes.get(school.unitId) ?? school.unitId
    return { id: site?.id ?? `school:${school.id}`, kind: 'school', unitId, name: site?.name ?? school.name, site }
  }
  const unitId = asked.homes.get(count.unitId)
  return unitId === undefined ? undefined : siteOfCommune(unitId, asked)
}

/** The first hall of the commune by name, else its counter, else a hall that is to be found there. */
function siteOfCommune(unitId: units.UnitId, { sites, nameOf }: DemandQuestion): DemandSite {
  const there = sites.filter(site => site.unitId === unitId)
  const site = there.find(({ kind }) => kind === 'hall') ?? there.find(({ kind }) => kind === 'counter')
  if (!site) return { id: `hall:${unitId}`, kind: 'hall', unitId, name: nameOf(unitId) }
  return { id: site.id, kind: site.kind === 'counter' ? 'counter' : 'hall', unitId, name: site.name, site }
}

/** A campaign that counts no accounts plans cards alone. */
const isMeant = (kind: DemandKind, metrics: readonly string[]) =>
  kind === 'capture' || metrics.some(metric => metric.startsWith('account-'))

export function demandsOf(asked: DemandQuestion): PlanDemands {
  const sites = new Map<string, DemandSite>()
  const demands = new Map<string, InstanceDemand>()
  let elsewhere = 0
  for (const count of asked.counts) {
    const kind = kindFor(count)
    if (!kind || !isMeant(kind, asked.metrics)) continue
    const site = siteFor(count, asked)
    if (!site) {
      elsewhere += count.people
      continue
    }
    const lastDay = lastDayFor(kind, asked.lastDays.get(site.unitId) ?? {}) ?? asked.to
    const id = `${kind} ${site.id} ${lastDay}`
    const people = (demands.get(id)?.people ?? 0) + count.people
    sites.set(site.id, site)
    demands.set(id, {
      id,
      site: site.id,
      kind,
      people,
      minutesEach: asked.minutesEach(kind, site.kind),
      lastDay,
      name: site.name,
    })
  }
  const inOrder = <T extends { readonly id: string }>(all: Iterable<T>) =>
    [...all].sort((a, b) => (a.id < b.id ? -1 : 1))
  return { sites: inOrder(sites.values()), demands: inOrder(demands.values()), elsewhere }
}

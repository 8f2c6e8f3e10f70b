import type {
  AnnouncedSession,
  InstanceDay,
  InstanceDemand,
  InstanceKit,
  InstanceSite,
  InstanceTeam,
  PlanInstance,
} from '../optimiser/instance.ts'
import type { PlannedRoute } from '../optimiser/plan.ts'
import type { Report } from './fault.ts'
import { type CheckedStretch, openStretches, readStretch } from './hours.ts'

/** The instance, found by names. */
export type Known = {
  readonly instance: PlanInstance
  readonly days: ReadonlyMap<string, InstanceDay>
  readonly sites: ReadonlyMap<string, InstanceSite>
  readonly teams: ReadonlyMap<string, InstanceTeam>
  readonly kits: ReadonlyMap<string, InstanceKit>
  readonly demands: ReadonlyMap<string, InstanceDemand>
  readonly announced: ReadonlyMap<string, AnnouncedSession>
  readonly shifts: ReadonlyMap<string, CheckedStretch>
  /** Where a place stands in the tables of minutes and kilometres. */
  readonly placeAt: ReadonlyMap<string, number>
  readonly crossings: ReadonlyMap<string, PlanInstance['crossings'][number]>
  readonly openOn: (site: InstanceSite, day: string) => readonly CheckedStretch[]
}

export const boatKey = (from: string, to: string, day: string, departs: string) =>
  JSON.stringify([from, to, day, departs])

const byId = <T extends { readonly id: string }>(list: readonly T[]) => new Map(list.map(one => [one.id, one]))

export function indexInstance(instance: PlanInstance): Known {
  const opened = new Map<string, readonly CheckedStretch[]>()
  const openOn = (site: InstanceSite, day: string) => {
    const key = `${day} ${site.id}`
    const stretches = opened.get(key) ?? openStretches(site, day)
    opened.set(key, stretches)
    return stretches
  }
  return {
    instance,
    days: new Map(instance.days.map(one => [one.day, one])),
    sites: byId(instance.sites),
    teams: byId(instance.teams),
    kits: byId(instance.kits),
    demands: byId(instance.demands),
    announced: byId(instance.announced),
    shifts: new Map(instance.shifts.map(({ id, from, to }) => [id, readStretch([from, to])])),
    placeAt: new Map(instance.places.map(({ id }, at) => [id, at])),
    crossings: new Map(
      instance.crossings.flatMap(crossing =>
        crossing.days.map(day => [boatKey(crossing.from, crossing.to, day, crossing.departs), crossing]),
      ),
    ),
    openOn,
  }
}

/** Whether the instance knows everything that a route names; what it does not know is reported. */
export function namesAreKnown(known: Known, route: PlannedRoute, report: Report): boolean {
  const named: readonly (readonly [what: string, names: readonly string[], those: ReadonlyMap<string, unknown>])[] = [
    ['team', [route.team], known.teams],
    ['day', [route.day], known.days],
    ['kit', [...route.kits, ...route.sessions.flatMap(({ kits }) => kits)], known.kits],
    ['place', route.legs.flatMap(({ from, to }) => [from, to]), known.placeAt],
    ['site', route.sessions.map(({ site }) => site), known.sites],
    ['shift', route.sessions.map(({ shift }) => shift), known.shifts],
    ['demand', route.sessions.flatMap(({ serves }) => serves.map(({ demand }) => demand)), known.demands],
    ['announced session', route.sessions.flatMap(({ keeps }) => keeps ?? []), known.announced],
  ]
  const unknown = named.flatMap(([what, names, those]) =>
    [...new Set(names)].filter(one => !those.has(one)).map(one => `${what} ${one}`),
  )
  for (const what of unknown) report('unknown-name', `the instance has no ${what}`)
  return unknown.length === 0
}

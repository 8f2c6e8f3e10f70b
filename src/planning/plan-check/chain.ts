import type { InstanceSite, InstanceTeam } from '../optimiser/instance.ts'
import type { PlanLeg, PlannedRoute, PlannedSession } from '../optimiser/plan.ts'
import type { Report } from './fault.ts'
import { readMinute, writeMinute } from './hours.ts'
import { boatKey, type Known } from './known.ts'

/** Rules 2 and 3: a route is one chain of legs and sessions, from its base to its base. */

export type RouteStep =
  | { readonly what: 'leg'; readonly leg: PlanLeg }
  | { readonly what: 'session'; readonly session: PlannedSession }

/**
 * Legs and sessions of a route, each list in its own order, as one sequence: a leg that has arrived when the next
 * session begins comes before it.
 */
export function stepsInTime({ legs, sessions }: PlannedRoute): RouteStep[] {
  const steps: RouteStep[] = []
  let next = 0
  for (const session of sessions) {
    for (let leg = legs[next]; leg && readMinute(leg.arrives) <= readMinute(session.from); leg = legs[next]) {
      steps.push({ what: 'leg', leg })
      next++
    }
    steps.push({ what: 'session', session })
  }
  return [...steps, ...legs.slice(next).map(leg => ({ what: 'leg', leg }) as const)]
}

/** Where the team is, from when on it is free, and the site that it has not yet packed up. */
type TeamState = { readonly place: string; readonly free: number; readonly packing: InstanceSite | undefined }

const packMinutesOf = ({ packing }: TeamState) => packing?.packMinutes ?? 0

export function checkChain(known: Known, route: PlannedRoute, team: InstanceTeam, report: Report): void {
  let state: TeamState = { place: team.base, free: readMinute(route.departs), packing: undefined }
  for (const step of stepsInTime(route))
    state =
      step.what === 'leg'
        ? afterLeg(known, { state, leg: step.leg, day: route.day }, report)
        : afterSession(known, { state, session: step.session }, report)

  const ready = state.free + packMinutesOf(state)
  const returns = readMinute(route.returns)
  if (state.place !== team.base)
    report('ends-elsewhere', `the route ends at ${state.place}, and its base is ${team.base}`)
  if (returns < state.free)
    report('overlap', `it returns at ${route.returns}, before its last step ends at ${writeMinute(state.free)}`)
  else if (returns < ready)
    report('pack-up-short', `it returns at ${route.returns}, and has packed up at ${writeMinute(ready)}`)
}

function afterLeg(
  known: Known,
  { state, leg, day }: { readonly state: TeamState; readonly leg: PlanLeg; readonly day: string },
  report: Report,
): TeamState {
  const path = `the leg ${leg.from} to ${leg.to} at ${leg.departs}`
  const departs = readMinute(leg.departs)
  const ready = state.free + packMinutesOf(state)
  if (leg.from !== state.place) report('leaves-from-elsewhere', `${path} does not begin at ${state.place}`)
  if (departs < state.free) report('overlap', `${path} begins before ${writeMinute(state.free)}`)
  else if (departs < ready) report('pack-up-short', `${path} begins before all is packed up at ${writeMinute(ready)}`)
  if (leg.by === 'road') checkRoadLeg(known, leg, { path, report })
  else checkBoatLeg(known, leg, { path, report, day })
  return { place: leg.to, free: readMinute(leg.arrives), packing: undefined }
}

type LegReport = { readonly path: string; readonly report: Report }

function checkRoadLeg(known: Known, leg: PlanLeg, { path, report }: LegReport): void {
  const [from, to] = [known.placeAt.get(leg.from) ?? -1, known.placeAt.get(leg.to) ?? -1]
  const minutes = known.instance.travel.minutes[from]?.[to] ?? null
  const km = known.instance.travel.km[from]?.[to] ?? null
  if (minutes === null) report('no-road', `${path}: there is no road`)
  else checkLegNumbers(leg, { minutes, km: km ?? 0 }, { path, report })
}

function checkBoatLeg(known: Known, leg: PlanLeg, { path, report, day }: LegReport & { readonly day: string }): void {
  const crossing = known.crossings.get(boatKey(leg.from, leg.to, day, leg.departs))
  if (crossing) checkLegNumbers(leg, crossing, { path, report })
  else report('no-boat', `${path}: no boat goes at that hour on ${day}`)
}

function checkLegNumbers(
  leg: PlanLeg,
  { minutes, km }: { readonly minutes: number; readonly km: number },
  { path, report }: LegReport,
): void {
  const taken = readMinute(leg.arrives) - readMinute(leg.departs)
  if (taken !== minutes) report('leg-minutes', `${path} takes ${taken} minutes, and the way takes ${minutes}`)
  if (!isSameKm(leg.km, km)) report('leg-km', `${path} has ${leg.km} km, and the way has ${km}`)
}

/** Kilometres are decimal fractions: sums of them differ in what nobody reads. */
export const isSameKm = (one: number, other: number) => Math.abs(one - other) < 0.05

function afterSession(
  known: Known,
  { state, session }: { readonly state: TeamState; readonly session: PlannedSession },
  report: Report,
): TeamState {
  const site = known.sites.get(session.site) as InstanceSite
  const at = { session: session.id }
  const from = readMinute(session.from)
  const isGoingOn = state.packing?.id === site.id
  const ready = state.free + (isGoingOn ? 0 : packMinutesOf(state))
  const setUp = ready + (isGoingOn ? 0 : site.setUpMinutes)
  const held = `the session at ${site.id} from ${session.from}`
  if (site.place !== state.place)
    report('session-elsewhere', `${held} is at ${site.place}, and the team is at ${state.place}`, at)
  else if (state.packing && !isGoingOn)
    report('no-leg-between-sites', `${held} follows one at ${state.packing.id}, without a leg from site to site`, at)
  if (from < state.free) report('overlap', `${held} begins before ${writeMinute(state.free)}`, at)
  else if (from < ready) report('pack-up-short', `${held} begins before ${writeMinute(ready)}`, at)
  else if (from < setUp) report('set-up-short', `${held} cannot be set up before ${writeMinute(setUp)}`, at)
  return { place: site.place, free: readMinute(session.to), packing: site }
}

/** Rule 3: the team stands at the store of each kit before its first session and after its last one. */
export function checkStores(known: Known, route: PlannedRoute, team: InstanceTeam, report: Report): void {
  const stores = new Set(route.kits.map(id => known.kits.get(id)?.store))
  if (stores.size > 1) report('kits-of-two-places', `its kits are kept at ${[...stores].join(' and ')}`)
  const steps = stepsInTime(route)
  const [first, last] = [
    steps.findIndex(({ what }) => what === 'session'),
    steps.findLastIndex(({ what }) => what === 'session'),
  ]
  if (first < 0) return
  const placesOf = (some: readonly RouteStep[]) =>
    new Set([team.base, ...some.flatMap(step => (step.what === 'leg' ? [step.leg.from, step.leg.to] : []))])
  const [before, after] = [placesOf(steps.slice(0, first)), placesOf(steps.slice(last + 1))]
  for (const id of route.kits) {
    const store = known.kits.get(id)?.store ?? ''
    if (!before.has(store)) report('kit-not-fetched', `${id} is kept at ${store}, where the team does not fetch it`)
    if (!after.has(store))
      report('kit-not-brought-back', `${id} is kept at ${store}, where the team does not bring it back`)
  }
}

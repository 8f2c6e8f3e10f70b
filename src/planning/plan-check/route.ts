import type { InstanceDay, InstanceTeam } from '../optimiser/instance.ts'
import type { PlannedRoute, PlannedSession } from '../optimiser/plan.ts'
import { checkChain, checkStores } from './chain.ts'
import type { Report } from './fault.ts'
import { liesWithin, meets, overtimeWithin, readMinute, readStretch, writeMinute } from './hours.ts'
import type { Known } from './known.ts'

/** Rules 1 to 5 and 7 of one route, and its own numbers. All that it names is known. */

export function checkRoute(known: Known, route: PlannedRoute, report: Report): void {
  const team = known.teams.get(route.team) as InstanceTeam
  checkCrew(known, { route, team }, report)
  checkChain(known, route, team, report)
  checkStores(known, route, team, report)
  checkRouteHours(known, route, report)
  for (const session of route.sessions) {
    const reportHere: Report = (code, sentence) => report(code, sentence, { session: session.id })
    checkSessionHours(known, { route, session }, reportHere)
    checkCapacity(known, { route, session }, reportHere)
    checkServed(known, { route, session }, reportHere)
  }
  for (const [shift, sessions] of Map.groupBy(route.sessions, one => one.shift)) {
    const sites = [...new Set(sessions.map(({ site }) => site))]
    if (sites.length > 1) report('two-sites-in-a-shift', `in the shift ${shift} the team is at ${sites.join(' and ')}`)
  }
  const travel = travelOf(route)
  if (route.travelMinutes !== travel)
    report('route-number', `travelMinutes is ${route.travelMinutes}, and the legs take ${travel}`)
}

/** Minutes of one officer on legs. */
export const travelOf = ({ legs }: PlannedRoute): number =>
  legs.reduce((sum, { departs, arrives }) => sum + readMinute(arrives) - readMinute(departs), 0)

export const routeOvertime = (day: InstanceDay, { departs, returns }: PlannedRoute): number =>
  overtimeWithin(readStretch([departs, returns]), day)

/** Rule 1, within the route. */
function checkCrew(
  known: Known,
  { route, team }: { readonly route: PlannedRoute; readonly team: InstanceTeam },
  report: Report,
): void {
  if (route.officers.length === 0) report('no-officer', 'nobody is on the route')
  const officers = new Map(team.officers.map(officer => [officer.id, officer]))
  for (const id of route.officers) {
    if (!officers.has(id)) report('officer-of-other-team', `${id} is no officer of ${team.id}`)
    if (officers.get(id)?.away.includes(route.day)) report('officer-away', `${id} is away on ${route.day}`)
  }
  for (const id of route.kits)
    if (known.kits.get(id)?.away.includes(route.day)) report('kit-away', `${id} is away on ${route.day}`)
}

/** Rule 5. */
function checkRouteHours(known: Known, route: PlannedRoute, report: Report): void {
  const day = known.days.get(route.day) as InstanceDay
  const away = readStretch([route.departs, route.returns])
  const overtime = routeOvertime(day, route)
  const hours = `${route.departs} to ${route.returns}`
  if (route.overtimeMinutes !== overtime)
    report('route-number', `overtimeMinutes is ${route.overtimeMinutes}, and ${hours} has ${overtime}`)

  if (day.overtime) {
    if (!liesWithin(away, readStretch([day.overtime.from, day.overtime.to])))
      report('outside-order', `${hours} leaves the hours of the order, ${day.overtime.from} to ${day.overtime.to}`)
    if (overtime > day.overtime.minutes)
      report('overtime-above-order', `${overtime} minutes of overtime, and ${day.overtime.minutes} are ordered`)
    return
  }
  const ordinary = day.ordinary.map(readStretch)
  if (ordinary.length === 0) {
    report('outside-ordinary-hours', `${route.day} has neither ordinary hours nor an order`)
    return
  }
  const outer = { from: Math.min(...ordinary.map(({ from }) => from)), to: Math.max(...ordinary.map(({ to }) => to)) }
  if (!liesWithin(away, outer))
    report(
      'outside-ordinary-hours',
      `${hours} leaves ${writeMinute(outer.from)} to ${writeMinute(outer.to)}, and no overtime is ordered`,
    )
  else if (overtime > 0) report('overtime-without-order', `${overtime} minutes of overtime, and none is ordered`)
}

type HeldSession = { readonly route: PlannedRoute; readonly session: PlannedSession }

/** Rule 4. */
function checkSessionHours(known: Known, { route, session }: HeldSession, report: Report): void {
  const held = readStretch([session.from, session.to])
  const hours = `${session.from} to ${session.to}`
  if (held.to <= held.from) {
    report('empty-session', `the session from ${hours} has no minute`)
    return
  }
  const shift = known.shifts.get(session.shift)
  if (shift && !liesWithin(held, shift)) report('outside-shift', `${hours} leaves the shift ${session.shift}`)
  const site = known.sites.get(session.site)
  const open = site ? known.openOn(site, route.day) : []
  if (!open.some(stretch => liesWithin(held, stretch))) {
    const told = open.map(({ from, to }) => `${writeMinute(from)} to ${writeMinute(to)}`).join(', ') || 'at no hour'
    report('site-closed', `${hours} is not within the hours of ${session.site} on ${route.day}: ${told}`)
  }
  for (const [from, to] of known.days.get(route.day)?.breaks ?? [])
    if (meets(held, readStretch([from, to]))) report('in-break', `${hours} meets the break ${from} to ${to}`)
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)

/** Rule 7. */
function checkCapacity(known: Known, { route, session }: HeldSession, report: Report): void {
  const minutes = readMinute(session.to) - readMinute(session.from)
  const kits = session.kits.flatMap(id => known.kits.get(id) ?? [])
  const served = session.serves.flatMap(({ demand, people }) => {
    const demandOf = known.demands.get(demand)
    return demandOf && people > 0 ? [{ kind: demandOf.kind, minutes: people * demandOf.minutesEach }] : []
  })
  for (const id of session.kits)
    if (!route.kits.includes(id)) report('kit-not-on-route', `${id} is set up, and is not on the route`)
  if (new Set(session.kits).size < session.kits.length) report('kit-not-on-route', 'a kit is set up twice')

  const officers = route.officers.length
  const atKits = sumOf(kits.map(one => one.officers))
  if (atKits > officers) report('too-few-officers', `its kits take ${atKits} officers, and ${officers} are there`)
  for (const kind of new Set(served.map(one => one.kind))) {
    const least = known.instance.leastOfficers[kind]
    if (officers < least) report('too-few-officers', `${kind} takes ${least} officers, and ${officers} are there`)
  }

  const byKit = sumOf(served.filter(({ kind }) => kind !== 'activation').map(one => one.minutes))
  const ofKits = (minutes * sumOf(kits.map(one => one.speedPercent))) / 100
  if (byKit > ofKits + tiny) report('over-kit-capacity', `${byKit} minutes of kits are served, and there are ${ofKits}`)

  const byOfficer = sumOf(served.filter(({ kind }) => kind === 'activation').map(one => one.minutes))
  const ofOfficers = minutes * Math.max(0, officers - atKits)
  if (byOfficer > ofOfficers + tiny)
    report('over-officer-capacity', `${byOfficer} minutes of officers are served, and there are ${ofOfficers}`)
}

/** What decimal fractions leave over. */
export const tiny = 1e-6

/** Rule 8 within a session, and what it says of those whom it serves. */
function checkServed(known: Known, { route, session }: HeldSession, report: Report): void {
  for (const served of session.serves) {
    const demand = known.demands.get(served.demand)
    if (!demand) continue
    if (demand.site !== session.site)
      report('demand-elsewhere', `${demand.id} is a demand of ${demand.site}, and is served at ${session.site}`)
    const inTime = route.day <= demand.lastDay
    if (served.inTime !== inTime)
      report('served-number', `${demand.id}: inTime is ${served.inTime} on ${route.day}, last day ${demand.lastDay}`)
    if (served.lastDay !== demand.lastDay || served.kind !== demand.kind)
      report('served-number', `${demand.id} is ${demand.kind} by ${demand.lastDay}, and the plan says otherwise`)
  }
  const kinds = new Set(session.serves.filter(({ people }) => people > 0).map(({ kind }) => kind))
  const isSame = kinds.size === new Set(session.kinds).size && session.kinds.every(kind => kinds.has(kind))
  if (kinds.size > 0 && !isSame)
    report('served-number', `kinds are ${session.kinds.join(', ') || 'none'}, and it serves ${[...kinds].join(', ')}`)
}

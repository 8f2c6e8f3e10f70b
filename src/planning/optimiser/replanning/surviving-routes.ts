import type { PlannedRoute, PlannedSession } from '../plan.ts'
import { type Compiled, overtimeOn } from '../solving/compile.ts'
import {
  type Frame,
  settleRoute,
  shortestSession,
  type TimedRoute,
  type TimedSession,
  timeRoute,
} from '../solving/route.ts'
import type { Route } from '../solving/schedule.ts'

/**
 * What is left of the routes of a plan once something has happened: officers and kits that are away stay out of them,
 * sessions that their site or the way does not allow fall away, and the rest keeps its hours where it can.
 */

/** Indexes of an instance by its ids. */
export type InstanceIndex = ReturnType<typeof indexPlanNames>

const positions = (list: readonly { readonly id: string }[]) => new Map(list.map(({ id }, at) => [id, at]))

export function indexPlanNames({ instance }: Compiled) {
  return {
    days: new Map(instance.days.map(({ day }, at) => [day, at])),
    shifts: positions(instance.shifts),
    sites: positions(instance.sites),
    teams: positions(instance.teams),
    officers: positions(instance.teams.flatMap(({ officers }) => officers)),
    kits: positions(instance.kits),
  }
}

const minuteOf = (hour: string): number => Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3, 5))

/** Who and what of a route is still there on its day. */
type Party = { readonly officers: readonly number[]; readonly kits: readonly number[]; readonly store: number }

function partyOf(given: Compiled, index: InstanceIndex, planned: PlannedRoute, day: number, base: number): Party {
  const officers = planned.officers.flatMap(id => {
    const at = index.officers.get(id)
    return at === undefined || given.officers[at]?.away[day] ? [] : [at]
  })
  const there = planned.kits.flatMap(id => {
    const at = index.kits.get(id)
    return at === undefined || given.kits[at]?.away[day] ? [] : [at]
  })
  const storeOf = (kit: number | undefined) => given.kits[kit ?? -1]?.store ?? base
  const kits = there.filter(kit => storeOf(kit) === storeOf(there[0]))
  // Kits are left where nobody can set them up.
  const busy = () => kits.reduce((sum, kit) => sum + (given.kits[kit]?.officers ?? 0), 0)
  while (kits.length > 0 && (busy() > officers.length || officers.length < given.leastKit)) kits.pop()
  const store = storeOf(kits[0])
  return { officers, kits, store: store === base ? -1 : store }
}

type Held = { readonly timed: TimedSession; readonly withKits: boolean }

/** A session as far as its site is open and whoever comes can serve somebody of those whom it was for. */
function heldOf(
  given: Compiled,
  index: InstanceIndex,
  session: PlannedSession,
  { day, party, hadKits }: { readonly day: number; readonly party: Party; readonly hadKits: number },
): Held | undefined {
  const [site, shift] = [index.sites.get(session.site), index.shifts.get(session.shift)]
  if (site === undefined || shift === undefined) return undefined
  const at = day * given.shifts.length + shift
  const one = given.sites[site]
  const from = Math.max(minuteOf(session.from), one?.openFrom[at] ?? 0)
  const to = Math.min(minuteOf(session.to), one?.openTo[at] ?? 0)
  if (to - from < Math.min(shortestSession, minuteOf(session.to) - minuteOf(session.from))) return undefined
  const wasSet = session.kits.length > 0 && session.kits.length === hadKits
  const withKits = wasSet && party.kits.length > 0
  const isForOfficers = session.kinds.length === 0 || session.kinds.includes('activation')
  if (!withKits && session.kits.length > 0 && !isForOfficers) return undefined
  if (!withKits && party.officers.length < given.leastActivation) return undefined
  return { timed: { site, shift, from, to }, withKits }
}

/** The hours of the day in which a route may lie: with overtime where it had some and it is still ordered. */
function framesOf(given: Compiled, frame: Pick<Frame, 'day' | 'base' | 'store'>, overtime: number): Frame[] {
  const { ordinary, order } = given.days[frame.day] ?? {}
  const most = Math.min(order?.minutes ?? 0, overtime)
  return [
    ...(order && most > 0 ? [{ ...frame, earliest: order.from, latest: order.to, overtime: most }] : []),
    ...(ordinary ? [{ ...frame, earliest: ordinary.from, latest: ordinary.to, overtime: 0 }] : []),
  ]
}

/** The sessions as they were, else as long as they can be; sessions at the ends fall away until the rest fits. */
function fitted(
  given: Compiled,
  frames: readonly Frame[],
  held: readonly Held[],
): readonly [TimedRoute, readonly Held[]] | undefined {
  for (const frame of frames) {
    const sessions = held.map(({ timed }) => timed)
    const timed = settleRoute(given, frame, sessions)
    if (timed && timed.overtime <= frame.overtime) return [timed, held]
    const stops = sessions.map(({ site, shift }) => ({ site, shift }))
    const isOneEach = new Set(stops.map(({ site, shift }) => `${site}/${shift}`)).size === stops.length
    const again = isOneEach ? timeRoute(given, frame, stops) : undefined
    if (again) return [again, held]
  }
  if (held.length < 2) return undefined
  const parts = [fitted(given, frames, held.slice(0, -1)), fitted(given, frames, held.slice(1))]
  return parts.filter(part => part !== undefined).sort(([, a], [, b]) => b.length - a.length)[0]
}

/** What one route of a plan still is; undefined where nothing of it can be held. */
export function survivingRoute(given: Compiled, index: InstanceIndex, planned: PlannedRoute): Route | undefined {
  const [team, day] = [index.teams.get(planned.team), index.days.get(planned.day)]
  if (team === undefined || day === undefined) return undefined
  const base = given.teams[team]?.base ?? 0
  const party = partyOf(given, index, planned, day, base)
  if (party.officers.length === 0) return undefined
  const hadKits = planned.kits.length
  const held = planned.sessions.flatMap(session => heldOf(given, index, session, { day, party, hadKits }) ?? [])
  if (held.length === 0) return undefined
  const { kits, store } = party
  const today = given.days[day]
  const before = today ? overtimeOn(today, minuteOf(planned.departs), minuteOf(planned.returns)) : 0
  const fit = fitted(given, framesOf(given, { day, base, store }, Math.max(before, planned.overtimeMinutes)), held)
  if (!fit) return undefined
  const [timed, kept] = fit
  return { ...timed, team, day, officers: party.officers, kits, store, withKits: kept.map(({ withKits }) => withKits) }
}

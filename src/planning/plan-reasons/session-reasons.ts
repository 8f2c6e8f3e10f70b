import type { PlannedSession } from '../optimiser/plan.ts'
import type { Capacity } from '../optimiser/solving/site-service.ts'
import { readMinute, writeMinute } from '../plan-check/hours.ts'
import { moveSession, originOf, routeWithout } from './move-session.ts'
import type { DayLater, NeedHere, OtherSlot, SessionLimit, SessionReasons } from './reason.ts'
import { type HeldAt, type RouteChanges, routeKey, type StandingPlan } from './standing-plan.ts'

/** Why a session is where and when it is, by trying: without it, in every other slot, with more of each limit. */
export function reasonsOf(standing: StandingPlan, held: HeldAt): SessionReasons {
  const { route, session } = held
  const slots = otherSlots(standing, held)
  const later = nextDay(slots, route.day)
  return {
    session: session.id,
    site: session.site,
    team: route.team,
    day: route.day,
    shift: session.shift,
    from: session.from,
    to: session.to,
    kits: session.kits,
    needs: needsHere(standing, session),
    after: servedAfter(standing, held),
    without: standing.changed(changesWithout(standing, held)).difference,
    slots: slots.map(({ from: _from, to: _to, ...slot }) => slot),
    ...(later && { later }),
    limits: bindingLimits(standing, held),
  }
}

function needsHere({ instance, plan }: StandingPlan, session: PlannedSession): NeedHere[] {
  const late = new Map(plan.late.map(one => [one.demand, one.late]))
  return instance.demands
    .filter(({ site }) => site === session.site)
    .map(({ id, kind, lastDay, people }) => {
      const here = session.serves.filter(({ demand }) => demand === id)
      const sum = (those: typeof here) => those.reduce((all, one) => all + one.people, 0)
      const inTime = sum(here.filter(one => one.inTime))
      return { demand: id, kind, lastDay, people, served: sum(here), inTime, late: late.get(id) ?? 0 }
    })
}

/** The sessions at its site on later days, with the people whom they serve. */
function servedAfter(standing: StandingPlan, { route, session }: HeldAt): { day: string; people: number }[] {
  const days = new Map<string, number>()
  for (const other of standing.heldAt(session.site))
    if (other.route.day > route.day) {
      const people = other.session.serves.reduce((sum, one) => sum + one.people, 0)
      days.set(other.route.day, (days.get(other.route.day) ?? 0) + people)
    }
  return [...days].map(([day, people]) => ({ day, people }))
}

/** Where nothing leads from what is left, the whole route goes. */
export function changesWithout(standing: StandingPlan, held: HeldAt): RouteChanges {
  const origin = originOf(standing, held)
  const rest = routeWithout(standing, origin)
  return new Map([[routeKey(origin.team, origin.route.day), rest === 'none' ? undefined : rest]])
}

type TriedSlot = OtherSlot & { readonly from?: string; readonly to?: string }

function otherSlots(standing: StandingPlan, held: HeldAt): TriedSlot[] {
  const { instance } = standing
  const { route, session } = held
  return instance.days.flatMap(({ day }, dayAt) =>
    instance.shifts.flatMap(({ id: shift }, shiftAt): TriedSlot[] => {
      if (day === route.day && shift === session.shift) return []
      const pastLastDay = session.serves
        .filter(one => one.inTime && one.lastDay < day)
        .reduce((sum, { people }) => sum + people, 0)
      const moved = moveSession(standing, held, { day: dayAt, shift: shiftAt })
      if ('obstacle' in moved) return [{ day, shift, pastLastDay, ...moved }]
      const { difference } = standing.changed(moved.changes)
      return [{ day, shift, pastLastDay, difference, from: writeMinute(moved.from), to: writeMinute(moved.to) }]
    }),
  )
}

function nextDay(slots: readonly TriedSlot[], day: string): DayLater | undefined {
  const possible = slots.filter(slot => slot.day > day && slot.difference)
  const next = possible.filter(slot => slot.day === possible[0]?.day)
  const best = next.toSorted((a, b) => (a.difference?.total ?? 0) - (b.difference?.total ?? 0))[0]
  if (!best?.difference) return undefined
  const { day: on, shift, from = '', to = '', difference } = best
  return { day: on, shift, from, to, difference }
}

const anHour = 60

/** Each limit with more of it, alone: how many more of the site would be in time, its sessions served anew. */
function bindingLimits(standing: StandingPlan, held: HeldAt): SessionLimit[] {
  const { given } = standing
  const site = standing.siteAt.get(held.session.site) ?? 0
  const all = standing.heldAt(held.session.site)
  const own = all.findIndex(one => one.session === held.session)
  const capacities = all.map(one => standing.capacityOf(one))
  const now = capacities[own]
  if (!now) return []
  const before = standing.leftAt(site, capacities).late
  if (before === 0) return []
  const { minutes, officers, kits } = sizeOf(standing, held)
  const kit = [...(kits.length > 0 ? kits : given.kits)].sort((a, b) => b.speed - a.speed)[0]
  const busy = kits.reduce((sum, one) => sum + one.officers, 0)
  const byOfficer = (there: number, taken: number) =>
    there >= given.leastActivation ? minutes * Math.max(0, there - taken) : 0
  const byKit = (there: number, speed: number) => (there >= given.leastKit ? minutes * speed : 0)
  const speed = kits.reduce((sum, one) => sum + one.speed, 0)
  const tried: [SessionLimit['limit'], number, Capacity][] = [
    ['officers', 1, { ...now, byKit: byKit(officers + 1, speed), byOfficer: byOfficer(officers + 1, busy) }],
    ['hours', 1, stretched(now, (minutes + anHour) / minutes)],
  ]
  if (kit && busy + kit.officers <= officers)
    tried.push([
      'kits',
      1,
      { ...now, byKit: byKit(officers, speed + kit.speed), byOfficer: byOfficer(officers, busy + kit.officers) },
    ])
  else if (kit) {
    const there = busy + kit.officers
    tried.push([
      'kits-and-officers',
      there - officers,
      { ...now, byKit: byKit(there, speed + kit.speed), byOfficer: byOfficer(there, there) },
    ])
  }
  return tried
    .map(([limit, more, capacity]) => ({
      limit,
      more,
      inTimeMore: before - standing.leftAt(site, capacities.with(own, capacity)).late,
    }))
    .filter(({ inTimeMore }) => inTimeMore > 0)
    .sort((a, b) => b.inTimeMore - a.inTimeMore)
}

const stretched = (one: Capacity, by: number): Capacity => ({
  ...one,
  byKit: one.byKit * by,
  byOfficer: one.byOfficer * by,
})

function sizeOf({ given, instance }: StandingPlan, { route, session }: HeldAt) {
  const kits = session.kits.flatMap(id => given.kits[instance.kits.findIndex(kit => kit.id === id)] ?? [])
  return { minutes: readMinute(session.to) - readMinute(session.from), officers: route.officers.length, kits }
}

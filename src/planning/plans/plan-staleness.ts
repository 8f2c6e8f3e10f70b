import { isDeepStrictEqual } from 'node:util'
import type { AnnouncedSession, PlanInstance } from '../optimiser/instance.ts'
import type { Plan } from '../optimiser/plan.ts'
import { isLockByHand } from '../plan-changes/plan-changes.ts'

/**
 * Whether a plan still fits what the house knows. What it was made for and what is so now come in; what changed goes
 * out, as far as the plan stands on it. People who were served meanwhile change nothing: fewer come. Pure.
 */

export const planChanges = [
  'day-past',
  'hours-changed',
  'site-closed',
  'officer-away',
  'kit-away',
  'session-new',
  'session-gone',
  'session-changed',
  'session-told',
] as const

export type PlanChange = {
  readonly what: (typeof planChanges)[number]
  readonly day: string
  /** The site, officer, machine or session. */
  readonly id?: string
  readonly name?: string
}

export function changesSince(before: PlanInstance, now: PlanInstance, plan: Plan): PlanChange[] {
  const found = [
    ...plan.routes.flatMap(route => changesOfRoute(before, now, route)),
    ...changesOfSessions(before, now, plan),
  ]
  return [...new Map(found.map(change => [JSON.stringify(change), change])).values()]
}

function changesOfRoute(before: PlanInstance, now: PlanInstance, route: Plan['routes'][number]): PlanChange[] {
  const { day } = route
  const dayOf = (instance: PlanInstance) => instance.days.find(one => one.day === day)
  const hours = isDeepStrictEqual(dayOf(before), dayOf(now)) ? [] : [{ what: 'hours-changed' as const, day }]

  const known = now.teams.find(({ id }) => id === route.team)?.officers ?? []
  const officers = route.officers.flatMap((id): PlanChange[] => {
    const officer = known.find(one => one.id === id)
    if (officer && !officer.away.includes(day)) return []
    const former = before.teams.flatMap(team => team.officers).find(one => one.id === id)
    return [{ what: 'officer-away', day, id, name: former?.name ?? '' }]
  })
  const kits = route.kits.flatMap((id): PlanChange[] => {
    const kit = now.kits.find(one => one.id === id)
    if (kit && !kit.away.includes(day)) return []
    return [{ what: 'kit-away', day, id, name: before.kits.find(one => one.id === id)?.name ?? '' }]
  })
  const sites = route.sessions.flatMap(({ site: id }): PlanChange[] => {
    const site = now.sites.find(one => one.id === id)
    const isClosed = site?.closed.some(({ from, to, hours: part }) => !part && from <= day && day <= to)
    return site && isClosed ? [{ what: 'site-closed', day, id, name: site.name }] : []
  })
  return [...hours, ...officers, ...kits, ...sites]
}

/** What of a session the plan was made by; whether it is locked is asked apart. */
const withoutLock = ({ locked: _locked, ...session }: AnnouncedSession) => session

function changesOfSessions(before: PlanInstance, now: PlanInstance, plan: Plan): PlanChange[] {
  const kept = new Set(plan.routes.flatMap(({ sessions }) => sessions.flatMap(({ keeps }) => keeps ?? [])))
  const standing = before.announced.filter(one => !isLockByHand(one))
  const former = new Map(standing.map(one => [one.id, one]))
  const gone = standing.filter(({ id }) => !now.announced.some(one => one.id === id))
  return [
    ...gone.map(({ id, day }) => ({ what: 'session-gone' as const, day, id })),
    ...now.announced.flatMap((session): PlanChange[] => {
      const { id, day, locked } = session
      const known = former.get(id)
      if (!known) return [{ what: 'session-new', day, id }]
      if (!isDeepStrictEqual(withoutLock(known), withoutLock(session))) return [{ what: 'session-changed', day, id }]
      return locked && !kept.has(id) ? [{ what: 'session-told', day, id }] : []
    }),
  ]
}

/**
 * Changes of a plan by hand. An instance, a plan of it and one change of a session come in. Decided here: which team,
 * officers and kits hold it at its new place, and the hours of the routes concerned. What goes out is the plan as it
 * then is, everything in it added up anew, and which rules it breaks. Pure: no database, no search.
 */

import type { AnnouncedSession, PlanInstance } from '../optimiser/instance.ts'
import { instanceHash } from '../optimiser/instance-hash.ts'
import type { LateDemand, Plan, PlanBound, PlannedRoute, PlannedSession } from '../optimiser/plan.ts'
import { compile } from '../optimiser/solving/compile.ts'
import { writePlan } from '../optimiser/solving/write-plan.ts'
import type { PlanFault } from '../plan-check/fault.ts'
import { indexInstance } from '../plan-check/known.ts'
import { checkPlan } from '../plan-check/plan-check.ts'
import { travelOf } from '../plan-check/route.ts'
import { objectiveOf } from '../plan-check/sums.ts'
import { readPlannedRoutes } from './planned-routes.ts'
import { moveStop } from './session-move.ts'

/** One change of one session of a plan, which the plan's own id of the session names. */
export type ManualChange =
  | {
      readonly kind: 'move'
      readonly session: string
      readonly team: string
      readonly day: string
      readonly shift: string
    }
  | { readonly kind: 'lock' | 'unlock'; readonly session: string }

export type ManuallyChangedPlan = {
  /** Locks stand in it. */
  readonly instance: PlanInstance
  readonly plan: Plan
  /** The id that the session has now: a plan names it by team and day. */
  readonly session: string
  /** None: the plan keeps every rule. */
  readonly faults: readonly PlanFault[]
}

export type HeldPlannedSession = { readonly route: PlannedRoute; readonly session: PlannedSession }

export function findPlannedSession({ routes }: Plan, id: string): HeldPlannedSession | undefined {
  for (const route of routes) for (const session of route.sessions) if (session.id === id) return { route, session }
  return undefined
}

/** Undefined where the plan has no such session, or the instance no such team, day or shift. */
export function changeSession(
  instance: PlanInstance,
  plan: Plan,
  change: ManualChange,
): ManuallyChangedPlan | undefined {
  const held = findPlannedSession(plan, change.session)
  if (!held) return undefined
  return change.kind === 'move' ? moved(instance, plan, held, change) : locked(instance, plan, held, change.kind)
}

function moved(
  instance: PlanInstance,
  plan: Plan,
  { route, session }: HeldPlannedSession,
  to: Extract<ManualChange, { kind: 'move' }>,
): ManuallyChangedPlan | undefined {
  const given = compile(instance)
  const target = {
    team: instance.teams.findIndex(({ id }) => id === to.team),
    day: instance.days.findIndex(({ day }) => day === to.day),
    shift: instance.shifts.findIndex(({ id }) => id === to.shift),
  }
  if (Object.values(target).includes(-1)) return undefined
  const routes = readPlannedRoutes(given, plan.routes)
  const found = moveStop(
    given,
    routes,
    { route: plan.routes.indexOf(route), at: route.sessions.indexOf(session) },
    target,
  )
  const written = writePlan(given, found, { reasons: false, idle: 'kept' })
  // Routes that are forced have legs that no solver writes: they are added up as the checker does.
  const moves = written.routes.map(one => ({ ...one, travelMinutes: travelOf(one) }))
  const objective = objectiveOf(indexInstance(instance), moves)
  const next: Plan = {
    ...plan,
    ...{ objective: { ...objective, km: Math.round(objective.km * 10) / 10 }, routes: moves },
    late: withReasons(written.late, plan.late),
    ...boundsFor(instance, plan, objective),
  }
  const now = next.routes.find(one => one.team === to.team && one.day === to.day)
  const held = now?.sessions.findLast(({ site, shift }) => site === session.site && shift === to.shift)
  return { instance, plan: next, session: held?.id ?? '', faults: checkPlan(instance, next).faults }
}

/** A move shuts no site: who was late before is late for the same limit, and who was not had a place. */
const withReasons = (late: readonly LateDemand[], before: readonly LateDemand[]): LateDemand[] => {
  const reasons = new Map(before.map(({ demand, why }) => [demand, why]))
  return late.map(one => ({ ...one, why: reasons.get(one.demand) ?? one.why }))
}

/**
 * No plan costs less than `bound.total`, whoever made it. What is proved of minutes was proved for as many people late
 * as before; for other numbers the total proves what is left of it beside their price.
 */
function boundsFor(
  { prices }: PlanInstance,
  { bound, objective: before }: Plan,
  { total, latePeople, unservedPeople }: Plan['objective'],
): { readonly bound?: PlanBound; readonly gap?: number } {
  if (!bound) return {}
  const isAsBefore = before.latePeople === latePeople && before.unservedPeople === unservedPeople
  const left = bound.total - prices.latePerson * latePeople - prices.unservedPerson * unservedPeople
  return {
    bound: { ...bound, minutes: isAsBefore ? bound.minutes : Math.max(0, left) },
    gap: total > 0 ? Math.max(0, (total - bound.total) / total) : 0,
  }
}

/** Locks that somebody set by hand name a session that nobody was told of: their id is no session of the house. */
const ownLockId = (site: string, day: string, shift: string) => `${site}/${day}/${shift}`
export const isLockByHand = ({ id, site, day, shift }: AnnouncedSession): boolean => id === ownLockId(site, day, shift)

/**
 * An instance that is built anew, with what is locked in a draft for the same days: locks by hand as far as it still
 * knows their day, shift, site and team, and those of sessions that stand.
 */
export function withLocksOf(instance: PlanInstance, draft: Pick<PlanInstance, 'announced'>): PlanInstance {
  const keyOf = ({ site, day, shift }: AnnouncedSession) => ownLockId(site, day, shift)
  const locks = new Map(draft.announced.filter(one => one.locked).map(one => [keyOf(one), one]))
  const standing = instance.announced.map(one => (locks.has(keyOf(one)) ? { ...one, locked: true } : one))
  for (const one of standing) locks.delete(keyOf(one))
  const byHand = [...locks.values()].filter(isLockByHand)
  return { ...instance, announced: [...standing, ...byHand.flatMap(one => lockIn(instance, one))] }
}

function lockIn({ days, shifts, sites, teams, kits }: PlanInstance, lock: AnnouncedSession): AnnouncedSession[] {
  const has = (list: readonly { readonly id: string }[], id: string) => list.some(one => one.id === id)
  const team = teams.find(({ id }) => id === lock.team)
  const isKnown = days.some(({ day }) => day === lock.day) && has(shifts, lock.shift) && has(sites, lock.site)
  if (!team || !isKnown) return []
  const officers = lock.officers.filter(id => has(team.officers, id))
  return [{ ...lock, officers, kits: lock.kits.filter(id => has(kits, id)) }]
}

/**
 * A locked session is an announced one of the instance that has to stay (rule 9), so whoever seeks on, or replans,
 * keeps it too.
 */
function locked(
  before: PlanInstance,
  plan: Plan,
  { route, session }: HeldPlannedSession,
  kind: 'lock' | 'unlock',
): ManuallyChangedPlan {
  const isHere = ({ site, day, shift }: AnnouncedSession) =>
    site === session.site && day === route.day && shift === session.shift
  const here = before.announced.filter(isHere)
  const announced =
    kind === 'unlock'
      ? before.announced
          .filter(one => !(isHere(one) && isLockByHand(one)))
          .map(one => (isHere(one) ? { ...one, locked: false } : one))
      : here.length > 0
        ? before.announced.map(one => (isHere(one) ? { ...one, locked: true } : one))
        : [...before.announced, lockOf(route, session)]
  const instance = { ...before, announced }
  const marked = { ...plan, instance: { ...plan.instance, sha256: instanceHash(instance) } }
  const next = {
    ...marked,
    routes: marked.routes.map(one => (one === route ? keeping(route, session, announced) : one)),
  }
  return { instance, plan: next, session: session.id, faults: checkPlan(instance, next).faults }
}

const lockOf = ({ day, team, officers }: PlannedRoute, { site, shift, kits, from, to }: PlannedSession) => ({
  ...{ id: ownLockId(site, day, shift), site, day, shift, team, officers, kits, from, to },
  locked: true,
})

/** The first session at a site in a shift says what it keeps. */
function keeping(route: PlannedRoute, session: PlannedSession, announced: readonly AnnouncedSession[]): PlannedRoute {
  const kept = announced.find(
    ({ site, day, shift }) => site === session.site && day === route.day && shift === session.shift,
  )
  const first = route.sessions.find(({ site, shift }) => site === session.site && shift === session.shift)
  const sessions = route.sessions.map((one): PlannedSession => {
    if (one !== first) return one
    const { keeps: _before, ...rest } = one
    return kept ? { ...rest, keeps: kept.id } : rest
  })
  return { ...route, sessions }
}

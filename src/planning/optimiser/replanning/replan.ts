import { stopwatch } from '../../../platform/clock.ts'
import type { PlanDifference } from '../difference-shape.ts'
import { type PlanInstance, planFormat } from '../instance.ts'
import { instanceHash } from '../instance-hash.ts'
import type { Plan } from '../plan.ts'
import type { PlanEvent } from '../plan-event.ts'
import type { SolveLimits } from '../solve.ts'
import type { Route } from '../solving/schedule.ts'
import { writePlan } from '../solving/write-plan.ts'
import { beginReplanning, type EventOptions, type Replanning } from './apply-events.ts'
import { differenceOf } from './difference.ts'
import { Repair } from './repair.ts'

/**
 * A plan made again after events, within seconds: it begins with what they leave of the plan in force and searches
 * around what they changed. It has no bound of its own.
 */

export type ReplanLimits = SolveLimits & EventOptions

export type Replanned = {
  /** What was solved: the plan's instance after the events, with its sessions announced. */
  readonly instance: PlanInstance
  readonly plan: Plan
  readonly difference: PlanDifference
}

/** Seconds where neither those nor work are given. */
export const usualReplanSeconds = 3

/** Writing a plan takes so many times as long as reading it in, at most, on a busy machine too. */
const writingByReading = 2

/** Throws plan-events-refused and plan-not-followed. */
export async function replan(
  before: PlanInstance,
  plan: Plan,
  events: readonly PlanEvent[],
  limits: ReplanLimits,
): Promise<Replanned> {
  const { seed, work, seconds = usualReplanSeconds, stopped } = limits
  const passed = stopwatch()
  const begun = beginReplanning(before, plan, events, limits)
  const routes = await repaired(begun, plan, events, limits, passed)
  const written = writePlan(begun.given, routes, { reasons: true })
  const made: Plan = {
    format: planFormat,
    instance: { name: begun.instance.name, sha256: instanceHash(begun.instance) },
    made: {
      seed,
      ...(work !== undefined && { work }),
      seconds: work === undefined ? Math.min(seconds, Math.round(passed() / 1000)) : 0,
      stopped: stopped?.aborted ?? false,
    },
    ...written,
  }
  const { instance, impossible } = begun
  const difference = differenceOf({ instance: before, plan }, { instance, plan: made }, impossible)
  return { instance, plan: made, difference }
}

const pause = () => new Promise<void>(resolve => setImmediate(resolve))

async function repaired(
  begun: Replanning,
  plan: Plan,
  events: readonly PlanEvent[],
  { seed, work, seconds = usualReplanSeconds, stopped, onProgress }: ReplanLimits,
  passed: () => number,
): Promise<readonly Route[]> {
  const { given, routes, firstDay, impossible } = begun
  const announced = given.instance.announced
  const repair = new Repair({
    ...{ given, routes, firstDay, seed },
    ...aroundEvents(begun, plan, events),
    impossible: new Set([...announced.keys()].filter(at => impossible.has(announced[at]?.id ?? ''))),
  })
  const reading = passed()
  const milliseconds = Math.max(reading + 100, seconds * 1000 - writingByReading * reading)
  const used = () => {
    if (stopped?.aborted || repair.hasNothingToDo) return 1
    return work === undefined ? passed() / milliseconds : repair.steps / work
  }
  repair.fill(() => used() >= 1)
  let told = passed()
  for (let share = used(); share < 1; share = used()) {
    repair.step(share)
    if (passed() - told < 100) continue
    told = passed()
    onProgress?.({ share: Math.min(share, 0.999), objective: plan.objective })
    await pause()
  }
  return repair.settled()
}

/** Team-days and sites from which the search begins: those that the events changed, and where they make room. */
function aroundEvents({ given, routes, firstDay }: Replanning, plan: Plan, events: readonly PlanEvent[]) {
  const { instance } = given
  const [days, teams, sites] = [
    new Map(instance.days.map(({ day }, at) => [day, at])),
    new Map(instance.teams.map(({ id }, at) => [id, at])),
    new Map(instance.sites.map(({ id }, at) => [id, at])),
  ]
  const left = new Map(routes.map(route => [route.team * given.days.length + route.day, route]))
  const [teamDays, waiting] = [new Map<number, readonly [number, number]>(), new Set<number>()]
  const add = (team: number, day: number) => {
    if (day >= firstDay) teamDays.set(team * given.days.length + day, [team, day])
  }
  for (const route of plan.routes) {
    const [team, day] = [teams.get(route.team), days.get(route.day)]
    if (team === undefined || day === undefined) continue
    const now = left.get(team * given.days.length + day)
    const isSame =
      now?.officers.length === route.officers.length &&
      now.kits.length === route.kits.length &&
      now.sessions.length === route.sessions.length
    if (isSame) continue
    add(team, day)
    for (const { site } of route.sessions) waiting.add(sites.get(site) ?? 0)
  }
  for (const event of events) {
    if (event.what !== 'kit-more' && event.what !== 'overtime-ordered') continue
    for (const [day, at] of days)
      if (event.from <= day && day <= event.to) for (const team of given.teams.keys()) add(team, at)
  }
  return { teamDays: [...teamDays.values()], sites: [...waiting] }
}

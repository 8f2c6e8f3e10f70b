import { createHash } from 'node:crypto'
import type { PlanInstance } from '../optimiser/instance.ts'
import type { Plan, PlannedRoute, PlanObjective } from '../optimiser/plan.ts'
import type { PlanFault, Report } from './fault.ts'
import { indexInstance, type Known, namesAreKnown } from './known.ts'
import { readPlan } from './plan-shape.ts'
import { checkRoute, routeOvertime } from './route.ts'
import { checkBound, checkLateList, checkObjective, heldKeys, keptKey, objectiveOf, servedByDemand } from './sums.ts'

/**
 * Checks a plan against docs/planning.md. An instance and what a file holds come in; what is wrong goes out, rule by
 * rule, and the objective as the routes come to it. Nothing is taken from the plan's own sums, and nothing is shared
 * with the solver. The instance is taken to be sound.
 */
export function checkPlan(instance: PlanInstance, file: unknown): { faults: PlanFault[]; objective: PlanObjective } {
  const faults: PlanFault[] = []
  const report: Report = (code, sentence, at) => faults.push({ code, ...at, sentence })
  const known = indexInstance(instance)
  const plan = readPlan(file, report)
  if (!plan) return { faults, objective: objectiveOf(known, []) }

  checkInstanceMark(instance, plan, report)
  for (const route of plan.routes) {
    const reportHere: Report = (code, sentence, at) =>
      report(code, sentence, { team: route.team, day: route.day, ...at })
    if (namesAreKnown(known, route, reportHere)) checkRoute(known, route, reportHere)
  }
  checkOncePerDay(plan, report)
  checkCaps(known, plan, report)
  checkPeople(known, plan, report)
  checkAnnounced(known, plan, report)
  checkLateList(known, plan, report)
  const objective = objectiveOf(known, plan.routes)
  checkObjective(plan, objective, report)
  checkBound(plan, objective, report)
  return { faults, objective }
}

/** RFC 8785: members in the order of their names, no space, numbers as ECMAScript writes them. */
function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).filter(([, one]) => one !== undefined)
  return `{${members
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, one]) => `${JSON.stringify(name)}:${canonicalText(one)}`)
    .join(',')}}`
}

function checkInstanceMark(instance: PlanInstance, { instance: mark }: Plan, report: Report): void {
  const sha256 = createHash('sha256').update(canonicalText(instance)).digest('hex')
  if (mark.name !== instance.name) report('other-instance', `the plan is of ${mark.name}, not of ${instance.name}`)
  if (mark.sha256 !== sha256)
    report('other-instance', `the plan is of the instance ${mark.sha256}, and this one is ${sha256}`)
}

/** Rule 1 between routes: on a day, each team, officer and kit at most once. */
function checkOncePerDay({ routes }: Plan, report: Report): void {
  const membersOf: readonly (readonly [
    'team-twice' | 'officer-twice' | 'kit-twice',
    (route: PlannedRoute) => readonly string[],
  ])[] = [
    ['team-twice', ({ team }) => [team]],
    ['officer-twice', ({ officers }) => officers],
    ['kit-twice', ({ kits }) => kits],
  ]
  for (const [code, namesOf] of membersOf) {
    const seen = new Set<string>()
    for (const route of routes)
      for (const name of namesOf(route)) {
        const key = JSON.stringify([name, route.day])
        if (seen.has(key)) report(code, `${name} is out twice on ${route.day}`, { team: route.team, day: route.day })
        seen.add(key)
      }
  }
}

type WorkedDay = { readonly day: string; readonly overtime: number; readonly restDays: number }

/** Rule 6: overtime of months and years, and rest days of months, with what was before. */
function checkCaps(known: Known, { routes }: Plan, report: Report): void {
  const { caps, teams } = known.instance
  const worked = new Map<string, WorkedDay[]>()
  for (const route of routes) {
    const day = known.days.get(route.day)
    if (!day) continue
    const entry = { day: day.day, overtime: routeOvertime(day, route), restDays: day.ordinary.length === 0 ? 1 : 0 }
    for (const id of new Set(route.officers)) worked.set(id, [...(worked.get(id) ?? []), entry])
  }
  for (const { id, overtimeBefore, restDaysBefore } of teams.flatMap(({ officers }) => officers)) {
    const days = worked.get(id) ?? []
    const minutes = ({ overtime }: WorkedDay) => overtime
    const rest = ({ restDays }: WorkedDay) => restDays
    const checks = [
      ['month-cap', sumsByPeriod(days, monthLength, minutes), overtimeBefore, caps.monthMinutes],
      ['year-cap', sumsByPeriod(days, yearLength, minutes), overtimeBefore, caps.yearMinutes],
      ['rest-day-cap', sumsByPeriod(days, monthLength, rest), restDaysBefore, caps.restDaysAMonth],
    ] as const
    for (const [code, sums, before, cap] of checks)
      for (const [period, added] of sums)
        if (added > 0 && added + (before[period] ?? 0) > cap)
          report(code, `${id} comes to ${before[period] ?? 0} and ${added} in ${period}, and the cap is ${cap}`)
  }
}

const monthLength = 'YYYY-MM'.length
const yearLength = 'YYYY'.length

/** By month or by year: the periods are as much of a day's text. */
function sumsByPeriod(
  days: readonly WorkedDay[],
  periodLength: number,
  amountOf: (worked: WorkedDay) => number,
): Map<string, number> {
  const sums = new Map<string, number>()
  for (const worked of days) {
    const period = worked.day.slice(0, periodLength)
    sums.set(period, (sums.get(period) ?? 0) + amountOf(worked))
  }
  return sums
}

/** Rule 8: no demand is served more than its people; and each session has an id of its own. */
function checkPeople(known: Known, { routes }: Plan, report: Report): void {
  for (const [id, { served }] of servedByDemand(known, routes)) {
    const people = known.demands.get(id)?.people ?? 0
    if (served > people) report('over-served', `${id} has ${people} people, and ${served} are served`)
  }
  const ids = Map.groupBy(
    routes.flatMap(({ sessions }) => sessions),
    ({ id }) => id,
  )
  for (const [id, sessions] of ids)
    if (sessions.length > 1)
      report('session-id-twice', `${sessions.length} sessions have the id ${id}`, { session: id })
}

/** Rule 9, and that a session keeps what it says it keeps. */
function checkAnnounced(known: Known, { routes }: Plan, report: Report): void {
  const held = heldKeys(routes)
  for (const { id, site, day, shift, locked } of known.instance.announced)
    if (locked && !held.has(keptKey(site, day, shift)))
      report('locked-not-kept', `${id} is locked, and nothing is held at ${site} on ${day} in ${shift}`)

  for (const { day, sessions, team } of routes)
    for (const { id, site, shift, keeps } of sessions) {
      const announced = keeps === undefined ? undefined : known.announced.get(keeps)
      if (announced && keptKey(announced.site, announced.day, announced.shift) !== keptKey(site, day, shift))
        report('keeps-another', `it says that it keeps ${keeps}, which is elsewhere or at another time`, {
          team,
          day,
          session: id,
        })
    }
}

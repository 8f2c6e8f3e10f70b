import type { Plan, PlanBound, PlanObjective } from '../../planning/optimiser/plan.ts'

/** A plan in the few words that its command answers with. */

const count = (value: number) => value.toLocaleString('en')

/** What a bound proves of whole people and minutes: the next whole number, but for the noise of its arithmetic. */
const provedWhole = (bound: number) => Math.max(0, Math.ceil(bound - 1e-6))

/** Rounded up, so that what is claimed is true. */
const percentAbove = (value: number, bound: number) => (Math.ceil((value / bound - 1) * 1000 - 1e-9) / 10).toFixed(1)

export const minutesOfPlan = ({ travelMinutes, overtimeMinutes }: PlanObjective) => travelMinutes + overtimeMinutes

function lateText({ latePeople }: PlanObjective, bound: PlanBound | undefined): string {
  if (!bound || latePeople === 0) return `${count(latePeople)} late`
  const unavoidable = provedWhole(bound.latePeople)
  return unavoidable === 0
    ? `${count(latePeople)} late`
    : `${count(latePeople)} late (${count(unavoidable)} cannot be avoided)`
}

function minutesText(objective: PlanObjective, bound: PlanBound | undefined): string {
  const minutes = minutesOfPlan(objective)
  if (!bound) return `${count(minutes)} minutes of travel and overtime, without a bound`
  const proved = provedWhole(bound.minutes)
  const atMost = proved > 0 ? `: at most ${percentAbove(minutes, proved)} % above the best` : ''
  return `${count(minutes)} minutes of travel and overtime, proved at least ${count(proved)}${atMost}`
}

/** How many people the plan is late for, by the first limit that nothing leaves free. */
export function lateByReason({ late }: Plan): Readonly<Record<string, number>> {
  const byReason = Map.groupBy(late, ({ why }) => why)
  return Object.fromEntries(
    [...byReason].map(([why, some]) => [why, some.reduce((sum, one) => sum + one.late, 0)] as const),
  )
}

export function planSentence({ objective, bound }: Plan, people: number): string {
  const inTime = `${count(people - objective.latePeople)} of ${count(people)} people in time`
  return `${inTime}, ${lateText(objective, bound)}; ${minutesText(objective, bound)}`
}

/** The lines below the sentence: what stands in the plan, and why somebody is late. */
export function planDetails(plan: Plan): readonly string[] {
  const { routes, objective } = plan
  const sessions = routes.reduce((sum, route) => sum + route.sessions.length, 0)
  const reasons = Object.entries(lateByReason(plan)).filter(([, people]) => people > 0)
  return [
    `  ${count(routes.length)} routes with ${count(sessions)} sessions, ${count(Math.round(objective.km))} km`,
    ...(objective.unservedPeople > 0 ? [`  ${count(objective.unservedPeople)} are not served at all`] : []),
    ...(objective.movedSessions > 0 ? [`  ${count(objective.movedSessions)} announced sessions are not kept`] : []),
    ...(reasons.length > 0
      ? [`  late by what binds: ${reasons.map(([why, people]) => `${why} ${count(people)}`).join(', ')}`]
      : []),
  ]
}

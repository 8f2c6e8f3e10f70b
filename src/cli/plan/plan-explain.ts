import { overtimeOrders } from '../../planning/law.ts'
import { readInstance } from '../../planning/optimiser/optimiser.ts'
import type { Plan } from '../../planning/optimiser/plan.ts'
import { planFileProblem } from '../../planning/optimiser/problems.ts'
import { checkPlan } from '../../planning/plan-check/plan-check.ts'
import {
  type HeldAt,
  lateReasonsOf,
  reasonsOf,
  remediesOf,
  StandingPlan,
} from '../../planning/plan-reasons/plan-reasons.ts'
import type {
  LateReasons,
  ObjectiveChange,
  Remedies,
  RemedyChange,
  SessionReasons,
} from '../../planning/plan-reasons/reason.ts'
import { asDay } from '../../platform/day.ts'
import { builtInLaw, ruleOn } from '../../platform/law.ts'
import { escapedForTerminal, printAnswer, WrongUsage } from '../../platform/terminal.ts'
import type { Invocation } from '../invocation.ts'
import { readJsonFile } from './read-json.ts'

/** Lines of one kind that are told in words; all of them with --json. */
const mostLines = 15

const withSign = (value: number): string => (value > 0 ? `+${value}` : String(value))

const differenceText = (one: ObjectiveChange): string =>
  [
    `${withSign(one.latePeople)} people late`,
    `${withSign(one.overtimeMinutes)} minutes of overtime`,
    `${withSign(one.travelMinutes)} of travel`,
    `${withSign(one.km)} km`,
    ...(one.movedSessions === 0 ? [] : [`${withSign(one.movedSessions)} announced sessions not kept`]),
    `objective ${withSign(one.total)}`,
  ].join(', ')

function sessionLines(reasons: SessionReasons): string[] {
  const { site, team, day, shift, from, to, kits, needs, without, slots, later, limits } = reasons
  const shut = Map.groupBy(
    slots.filter(slot => slot.obstacle !== undefined),
    slot => slot.obstacle,
  )
  const possible = slots.filter(slot => slot.difference)
  return [
    `${site} on ${day}, ${shift}, ${from} to ${to}: ${team}, kits ${kits.join(', ') || 'none'}`,
    'why here:',
    ...needs.map(
      ({ demand, kind, people, served, inTime, late, lastDay }) =>
        `  ${demand}: ${people} need ${kind} by ${lastDay}; ${served} served here, ${inTime} in time; ${late} late`,
    ),
    `  without it: ${differenceText(without)}`,
    'why then:',
    ...[...shut].map(([obstacle, those]) => `  ${those.length} other days and shifts: ${obstacle}`),
    `  ${possible.length} other days and shifts are possible`,
    later
      ? `a day later (${later.day}, ${later.shift}, ${later.from} to ${later.to}): ${differenceText(later.difference)}`
      : 'a day later: no later day is possible',
    ...limits.map(({ limit, more, inTimeMore }) => `limit ${limit}: ${more} more serves ${inTimeMore} more in time`),
  ]
}

function changeText(change: RemedyChange): string {
  const days = change.days.length > 3 ? `${change.days.length} days` : change.days.join(', ')
  const what = {
    kit: () => `one more kit at ${change.kind === 'kit' ? change.store : ''}`,
    order: () => 'overtime ordered',
    officer: () => `one more officer of ${change.kind === 'officer' ? change.team : ''}`,
    evening: () => `${change.kind === 'evening' ? change.site : ''} open in the evening`,
  }
  return `${what[change.kind]()} on ${days}`
}

function lateLines({ late, unserved, byLimit, bySite }: LateReasons, { withoutChange, remedies }: Remedies): string[] {
  const most = bySite.slice(0, mostLines)
  return [
    `${late} people are late, ${unserved} of them not served`,
    ...byLimit.map(one => `  ${one.limit}: ${one.late}`),
    ...most.map(one => `  ${one.site}, ${one.kind} by ${one.lastDay}: ${one.late} late (${one.limit})`),
    ...(bySite.length > most.length ? [`  and ${bySite.length - most.length} more`] : []),
    `tried: without a change ${withoutChange} more in time; beyond that`,
    ...remedies.map(
      ({ change, inTimeMore, minutesMore, kmMore }) =>
        `  ${changeText(change)}: ${inTimeMore} more in time, ${withSign(minutesMore)} minutes, ${withSign(kmMore)} km`,
    ),
  ]
}

function sessionsAt({ plan }: StandingPlan, asked: string): HeldAt[] {
  const at = asked.lastIndexOf('/')
  const [site, day] = [asked.slice(0, at), asked.slice(at + 1)]
  return plan.routes.flatMap(route =>
    route.day === day ? route.sessions.filter(one => one.site === site).map(session => ({ route, session })) : [],
  )
}

/** `plan explain INSTANCE.json PLAN.json`: refuses a plan that breaks a rule, since what is tried from it would too. */
export async function planExplain({ positionals, values, json }: Omit<Invocation, 'house'>): Promise<void> {
  const [instancePath, planPath, ...more] = positionals
  if (!instancePath || !planPath || more.length > 0)
    throw new WrongUsage('plan explain takes two files: plan explain INSTANCE.json PLAN.json')
  const instance = readInstance(await readJsonFile(instancePath))
  const file = await readJsonFile(planPath)
  const { faults } = checkPlan(instance, file)
  if (faults.length > 0)
    throw planFileProblem('plan-malformed', { faults: faults.slice(0, mostLines).map(({ sentence }) => sentence) })
  const standing = new StandingPlan(instance, file as Plan)
  const { session: asked } = values
  if (typeof asked === 'string') {
    const held = sessionsAt(standing, asked)
    if (held.length === 0) throw new WrongUsage(`the plan has no session ${asked}: write SITE/DAY, as it has them`)
    const reasons = held.map(one => reasonsOf(standing, one))
    return printAnswer(json, { sessions: reasons }, reasons.flatMap(sessionLines).map(escapedForTerminal).join('\n'))
  }
  const late = lateReasonsOf(standing)
  const orders = ruleOn(overtimeOrders, asDay(instance.from), builtInLaw)
  const remedies = remediesOf(instance, standing.plan, { orders })
  const lines = lateLines(late, remedies)
  return printAnswer(json, { late, remedies }, lines.map(escapedForTerminal).join('\n'))
}

import { weekday } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { minutesOf } from '../hour.ts'
import { needsOrder, type PlanWarning } from '../plan-warnings.ts'
import { planningProblem } from '../problems.ts'
import type { OfficerSeat, TeamSession } from '../session.ts'
import * as sessions from '../store-session.ts'
import { spansOutside, workedSpans } from '../working-hours.ts'
import { capacityOf, needsKit } from './capacity.ts'
import { crewMarks } from './crew.ts'
import { isInRepairOn, type Kit, type Site } from './site.ts'
import * as store from './store.ts'
import { getWorkingHours } from './unit-hours.ts'

/** A planned session with everything that the rules read. */
export type SessionPlan = {
  readonly session: TeamSession
  readonly site: Site
  readonly officers: readonly OfficerSeat[]
  readonly kits: readonly Kit[]
  /** How many people are on its roster. */
  readonly invited: number
}

/** What lets a planner go on: the warnings that they confirm, and whether a commander orders it. */
export type PlanningConsent = {
  readonly confirm?: readonly PlanWarning[] | undefined
  readonly by?: 'commander' | undefined
}

/** A warning against a session, with facts for the officer who decides. */
export type RaisedWarning = { readonly code: PlanWarning; readonly [fact: string]: string | number }

const clashFacts = ({ id, code, startsAt, endsAt, who }: sessions.SessionClash) => ({
  session: id,
  code,
  startsAt,
  endsAt,
  ...(who && { who }),
})

/**
 * Throws what not even a commander's order allows: impossible times and places, and a team, officer or machine in two
 * places at once.
 */
export async function refuseImpossible(work: Work, { session, site, officers, kits }: SessionPlan): Promise<void> {
  const { day, startsAt, endsAt } = session
  if (minutesOf(endsAt) <= minutesOf(startsAt)) throw planningProblem('hours-reversed')
  if (officers.some(({ from, to }) => from >= to || from < startsAt || to > endsAt))
    throw planningProblem('hours-reversed')
  if (day < work.today) throw planningProblem('session-in-the-past', { day })
  if (officers.length === 0) throw planningProblem('session-nobody')

  const closed = await store.findClosedDay(work, site.id, day)
  if (closed) throw planningProblem('session-site-closed', { day, why: closed.why })
  const broken = kits.find(kit => isInRepairOn(kit, day))
  if (broken)
    throw planningProblem('session-kit-in-repair', {
      kit: broken.code,
      ...(broken.repairUntil && { until: broken.repairUntil }),
    })

  const team = await sessions.teamClash(work, session)
  if (team) throw planningProblem('session-team-busy', clashFacts(team))
  const officer = await sessions.officerClash(work, session, officers)
  if (officer) throw planningProblem('session-officer-busy', clashFacts(officer))
  const kit = await sessions.kitClash(
    work,
    session,
    kits.map(({ id }) => id),
  )
  if (kit)
    throw planningProblem('session-kit-busy', { ...clashFacts(kit), kit: kits.find(({ id }) => id === kit.who)?.code })
}

/** What should be looked at before it is planned all the same. */
export async function warningsOf(work: Work, plan: SessionPlan): Promise<RaisedWarning[]> {
  const { session, site, invited } = plan
  const { day, startsAt, endsAt, unitId } = session
  const span = { from: minutesOf(startsAt), to: minutesOf(endsAt) }
  const raised: RaisedWarning[] = []

  const holiday = units.holidayOn(day)
  const worked = workedSpans(await getWorkingHours(work, unitId, day), day, units.isMadeUp(day) ? 'made-up' : undefined)
  const beyond = spansOutside(worked, span).reduce((sum, { from, to }) => sum + to - from, 0)
  if (holiday !== undefined) raised.push({ code: 'holiday', day, name: holiday })
  else if (weekday(day) === 7) raised.push({ code: 'sunday', day })
  else if (beyond > 0) raised.push({ code: 'outside-hours', minutes: beyond })

  if (startsAt < site.opensAt || endsAt > site.closesAt)
    raised.push({ code: 'site-hours', opensAt: site.opensAt, closesAt: site.closesAt })
  const capacity = capacityFor(work, plan)
  // The capacity of a session without a machine is known once it has one.
  const lacksKit = needsKit(session.kind) && plan.kits.length === 0
  if (!lacksKit && invited > capacity) raised.push({ code: 'capacity', capacity, invited })
  raised.push(...(await crewMarks(work, { kind: session.kind, day, members: plan.officers })))
  if (lacksKit) raised.push({ code: 'no-kit' })
  return raised
}

export const capacityFor = (
  work: Work,
  { session, kits, officers }: Pick<SessionPlan, 'session' | 'kits' | 'officers'>,
): number =>
  capacityOf(
    {
      kind: session.kind,
      minutes: minutesOf(session.endsAt) - minutesOf(session.startsAt),
      kits: kits.map(({ perHour }) => perHour ?? undefined),
      officers: officers.length,
    },
    session.day,
    work,
  )

/** Throws unless everything raised is confirmed, and ordered where it needs an order. Gives back what was gone over. */
export function refuseUnconfirmed(
  warnings: readonly RaisedWarning[],
  { confirm = [], by }: PlanningConsent,
): PlanWarning[] {
  const unheeded = warnings.filter(({ code }) => !confirm.includes(code))
  if (unheeded.length > 0) throw planningProblem('session-needs-confirmation', { warnings: warnings })
  const ordered = warnings.filter(({ code }) => needsOrder.includes(code))
  if (ordered.length > 0 && by !== 'commander') throw planningProblem('session-order-needed', { warnings: ordered })
  return warnings.map(({ code }) => code)
}

const constraints: Readonly<Record<string, 'session-team-busy' | 'session-officer-busy' | 'session-kit-busy'>> = {
  team_once_at_a_time: 'session-team-busy',
  officer_once_at_a_time: 'session-officer-busy',
  kit_once_at_a_time: 'session-kit-busy',
}

/**
 * Turns the database's constraint violations into problems: another planner's seats of the same moment, or a unit
 * beyond the scope.
 */
export async function refusingClashes<T>(insert: () => Promise<T>): Promise<T> {
  try {
    return await insert()
  } catch (error) {
    const code = error instanceof Error && 'constraint' in error && constraints[String(error.constraint)]
    if (code) throw planningProblem(code)
    throw error
  }
}

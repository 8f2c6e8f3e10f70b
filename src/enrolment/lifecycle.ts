import * as audit from '../audit/audit.ts'
import { addDays, dayAt } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as units from '../units/units.ts'
import { type ApplicationState, isOver, mayMove } from './application.ts'
import { caseOpenDays, placeKindOf, workingDaysFor } from './law.ts'
import { applicationProblem } from './problems.ts'
import * as store from './store.ts'

/** How applications change: along the table of moves, each with its trace. */

/** Locks an application; throws application-unknown. */
export async function hold(work: Work, id: string): Promise<store.Application> {
  const application = await store.holdApplication(work, id)
  if (!application) throw applicationProblem('application-unknown')
  return application
}

type Going = {
  readonly reason?: string | undefined
  readonly note?: string | undefined
  readonly facts?: Readonly<Record<string, unknown>> | undefined
}

/** The deed of each state that an application comes to. */
const deedOf = (to: ApplicationState) => `application.${to}`

/**
 * Moves an application on to a state, by way of the states between (the first is from where it is), and writes what
 * else changes with it. Throws application-move-refused.
 */
export async function go(
  work: Work,
  before: store.Application,
  path: readonly ApplicationState[],
  change: Partial<store.Application> = {},
  { reason, note, facts }: Going = {},
): Promise<store.Application> {
  const steps: store.Step[] = []
  let from = before.state
  for (const to of path) {
    if (!mayMove(from, to)) throw applicationProblem('application-move-refused', { state: from, to })
    steps.push({ from, to, ...(to === path.at(-1) && { reason, note }) })
    from = to
  }
  const after: store.Application = { ...before, ...change, state: from, version: before.version + 1 }
  await store.updateApplication(work, after)
  await store.insertMoves(work, after, steps)
  if (isOver(from)) await shutCase(work, after)
  await audit.record(work, deedOf(from), subjectOf(after), {
    from: before.state,
    ...(reason && { reason }),
    ...(after.sessionId && { session: after.sessionId }),
    ...facts,
  })
  return after
}

/** Cases end by the real calendar. */
async function shutCase(work: Work, { id, personId, unitId }: store.Application): Promise<void> {
  await register.closeCase(work, { kind: 'application', caseId: id })
  const until = addDays(dayAt(work.now), ruleOn(caseOpenDays, work.today, work))
  await register.openCase(work, {
    personId: personId,
    unitId,
    kind: 'application',
    caseId: id,
    until,
  })
}

export const subjectOf = ({ id, personId, unitId }: store.Application) => ({
  kind: 'application',
  id,
  personId,
  unitId,
})

/** The last day of the law's limit for an application that is complete on a day. */
export async function dueFor(
  work: Work,
  { kind, unitId }: Pick<store.Application, 'kind' | 'unitId'>,
  complete = work.today,
) {
  const path = await units.pathOf(work, unitId as Id<'unit'>, complete)
  const place = placeKindOf(
    path.find(({ level }) => level === 'district'),
    complete,
    work,
  )
  return register.workingDaysAfter(complete, workingDaysFor(kind, place, complete, work))
}

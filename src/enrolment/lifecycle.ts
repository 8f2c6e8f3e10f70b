import * as audit from '../audit/audit.ts'
import { addDays, dayAt } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import { type ApplicationState, isEndState, mayTransition } from './application.ts'
import { cardLimitOn, processingPlaceIn } from './card-limit.ts'
import { caseOpenDays } from './law.ts'
import { applicationProblem } from './problems.ts'
import * as store from './store-application.ts'

/** How applications change: along the table of moves, each with its trace. */

/** Locks an application; throws application-unknown. */
export async function holdApplicationOrThrow(work: Work, id: string): Promise<store.Application> {
  const application = await store.holdApplication(work, id)
  if (!application) throw applicationProblem('application-unknown')
  return application
}

type TransitionFacts = {
  readonly reason?: string | undefined
  readonly note?: string | undefined
  readonly facts?: Readonly<Record<string, unknown>> | undefined
}

/** The deed of each state that an application comes to. */
const deedOfState = (to: ApplicationState) => `application.${to}`

/**
 * Moves an application on to a state, by way of the states between (the first is from where it is), and writes what
 * else changes with it. Throws application-move-refused.
 */
export async function transition(
  work: Work,
  application: store.Application,
  path: readonly ApplicationState[],
  change: Partial<store.Application> = {},
  { reason, note, facts }: TransitionFacts = {},
): Promise<store.Application> {
  const steps: store.ApplicationStep[] = []
  let from = application.state
  for (const to of path) {
    if (!mayTransition(from, to)) throw applicationProblem('application-move-refused', { state: from, to })
    steps.push({ from, to, ...(to === path.at(-1) && { reason, note }) })
    from = to
  }
  const after: store.Application = { ...application, ...change, state: from, version: application.version + 1 }
  await store.updateApplication(work, after)
  await store.insertTransitions(work, after, steps)
  if (isEndState(from)) await closeAccessCase(work, after)
  await audit.record(work, deedOfState(from), subjectOfApplication(after), {
    from: application.state,
    ...(reason && { reason }),
    ...(after.sessionId && { session: after.sessionId }),
    ...facts,
  })
  return after
}

/** Cases end by the real calendar. */
async function closeAccessCase(work: Work, { id, personId, unitId }: store.Application): Promise<void> {
  await register.closeAccessCase(work, { kind: 'application', caseId: id })
  const until = addDays(dayAt(work.now), ruleOn(caseOpenDays, work.today, work))
  await register.openAccessCase(work, {
    personId: personId,
    unitId,
    kind: 'application',
    caseId: id,
    until,
    grade: 'whole',
  })
}

export const subjectOfApplication = ({ id, personId, unitId }: store.Application) => ({
  kind: 'application',
  id,
  personId,
  unitId,
})

/** The last day of the law's limit for an application that is complete on a day. */
export async function dueDateFor(
  work: Work,
  { kind, unitId }: Pick<store.Application, 'kind' | 'unitId'>,
  complete = work.today,
) {
  const place = await processingPlaceIn(work, unitId as Id<'unit'>, complete)
  return cardLimitOn(kind, place, complete, work).dueOn
}

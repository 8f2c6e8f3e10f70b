import { serveTasks } from '../../platform/jobs/worker-pool.ts'
import type { PlanInstance } from '../optimiser/instance.ts'
import type { Plan } from '../optimiser/plan.ts'
import { changeSession, findPlannedSession, type ManualChange } from '../plan-changes/plan-changes.ts'
import type { PlanFault } from '../plan-check/fault.ts'
import { readPlanDocuments } from '../plans/plan-documents.ts'
import type { PlanDocuments } from '../plans/plans.ts'

/** A thread that tries changes of plans, so that nobody else waits while somebody drags a session. */

export type ChangeTask = {
  readonly documents: PlanDocuments
  readonly change: ManualChange
  /** Whether it may be kept: the answer then has the documents after it. */
  readonly isKept: boolean
}

/** What a change of one session comes to. */
export type TriedChange = {
  /** The id that the session has now, its hours and how many it serves. */
  readonly session: string
  readonly from: string
  readonly to: string
  readonly people: number
  readonly before: Plan['objective']
  readonly after: Plan['objective']
  /** None: the plan keeps every rule. */
  readonly faults: readonly PlanFault[]
  /** Ids of the sessions that stood announced where it was. */
  readonly announced: readonly string[]
  readonly changed?: PlanDocuments | undefined
}

/** 'unknown': the plan has no such session. */
export type ChangeAnswer = TriedChange | 'unknown'

function announcedAt({ announced }: PlanInstance, plan: Plan, id: string): string[] {
  const held = findPlannedSession(plan, id)
  return announced
    .filter(
      ({ site, day, shift }) => site === held?.session.site && day === held.route.day && shift === held.session.shift,
    )
    .map(one => one.id)
}

serveTasks<ChangeTask, ChangeAnswer>(({ documents, change, isKept }) => {
  const { instance, plan } = readPlanDocuments(documents)
  const changed = changeSession(instance, plan, change)
  if (!changed) return 'unknown'
  const { session, faults } = changed
  const now = findPlannedSession(changed.plan, session)?.session
  return {
    ...{ session, faults, from: now?.from ?? '', to: now?.to ?? '' },
    people: now?.serves.reduce((sum, { people }) => sum + people, 0) ?? 0,
    ...{ before: plan.objective, after: changed.plan.objective },
    announced: announcedAt(instance, plan, change.session),
    ...(isKept && {
      changed: { instance: JSON.stringify(changed.instance), plan: JSON.stringify(changed.plan) },
    }),
  }
})

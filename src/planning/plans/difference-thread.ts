import { serveTasks } from '../../platform/jobs/worker-pool.ts'
import type { PlanDifference } from '../optimiser/difference-shape.ts'
import type { PlanEvent } from '../optimiser/plan-event.ts'
import { beginReplanning } from '../optimiser/replanning/apply-events.ts'
import { differenceOf, type PlanOfInstance } from '../optimiser/replanning/difference.ts'
import { readPlanDocuments } from './plan-documents.ts'
import type { PlanDocuments } from './store.ts'

/** A thread that compares plans. */

export type DifferenceTask = {
  readonly before: PlanDocuments
  readonly after: PlanDocuments
  /** That happened between them; none where neither was made from the other. */
  readonly events: readonly PlanEvent[]
}

const impossibleBy = ({ instance, plan }: PlanOfInstance, events: readonly PlanEvent[]) =>
  events.length > 0 ? beginReplanning(instance, plan, events, { announced: 'instance' }).impossible : undefined

serveTasks<DifferenceTask, PlanDifference>(task => {
  const [before, after] = [readPlanDocuments(task.before), readPlanDocuments(task.after)]
  return differenceOf(before, after, impossibleBy(before, task.events))
})

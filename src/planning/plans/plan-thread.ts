import { openWorkerPool, TaskLimitError, type WorkerPool } from '../../platform/jobs/worker-pool.ts'
import { planReasons } from '../law.ts'
import { planningProblem } from '../problems.ts'

/** Who asks the threads of plans at the moment, whichever of them. */
let asking = 0

/**
 * A thread that answers what somebody asks of a plan, begun with the first question: a province's plan takes so long to
 * read that others would wait. Throws plan-reasons-busy where too many ask, or one takes too long.
 */
export function planThread<Task, Answer>(script: URL): (task: Task) => Promise<Answer> {
  let thread: WorkerPool<Task, Answer> | undefined
  const limit = { milliseconds: planReasons.seconds * 1000, waiting: planReasons.atOnce }
  return async task => {
    if (asking >= planReasons.atOnce) throw planningProblem('plan-reasons-busy')
    asking += 1
    try {
      thread ??= openWorkerPool<Task, Answer>(script, { count: 1, limit })
      return await thread.ask(task)
    } catch (error) {
      throw error instanceof TaskLimitError ? planningProblem('plan-reasons-busy') : error
    } finally {
      asking -= 1
    }
  }
}

import { openWorkerPool, TaskLimitError, type WorkerPool } from '../../platform/jobs/worker-pool.ts'
import { planReasons } from '../law.ts'
import { planningProblem } from '../problems.ts'

/**
 * A thread that answers what somebody asks of a plan, begun with the first question: a province's plan takes so long to
 * read that others would wait. Throws plan-reasons-busy where too many ask, or one takes too long.
 */
export function planThread<Task, Answer>(script: URL): (task: Task) => Promise<Answer> {
  let thread: WorkerPool<Task, Answer> | undefined
  const limit = { milliseconds: planReasons.seconds * 1000, waiting: planReasons.waiting }
  return task => {
    thread ??= openWorkerPool<Task, Answer>(script, { count: 1, limit })
    return thread.ask(task).catch((error: unknown) => {
      throw error instanceof TaskLimitError ? planningProblem('plan-reasons-busy') : error
    })
  }
}

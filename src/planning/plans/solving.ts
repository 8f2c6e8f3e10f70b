import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { PlanInstance } from '../optimiser/instance.ts'
import type { Plan } from '../optimiser/plan.ts'
import type { PlanEvent } from '../optimiser/plan-event.ts'
import type { ReplanLimits, Replanned } from '../optimiser/replanning/replan.ts'
import type { SolveLimits } from '../optimiser/solve.ts'

/** Solves an instance in a thread of its own, so that who waits for it is told how far it is and can stop it. */

/** How far a solver is: `share` of its time or work, `total`, `latePeople` and `bound` of the best plan so far. */
export type PlanProgress = Readonly<Record<string, number>>

export type SolveOptions = Omit<SolveLimits, 'onProgress'> & {
  readonly onProgress?: ((progress: PlanProgress) => void) | undefined
}

export type SolvePlan = (instance: PlanInstance, limits: SolveLimits) => Promise<Plan>

/** A plan that is made again: the one before with its instance, and what happened. */
export type ReplanTask = {
  readonly instance: PlanInstance
  readonly plan: Plan
  readonly events: readonly PlanEvent[]
}
export type ReplanPlan = (
  ...task: readonly [PlanInstance, Plan, readonly PlanEvent[], ReplanLimits]
) => Promise<Replanned>

/** What a thread is begun with, and what is said between it and its opener. */
export type SolvingTask = {
  readonly solver: string
  readonly task: { readonly instance: PlanInstance } | ReplanTask
  readonly options: Omit<SolveOptions, 'stopped' | 'onProgress'>
}
export type SolvingMessage =
  | { readonly progress: PlanProgress }
  | { readonly plan: Plan }
  | { readonly failed: unknown }

/** The script that exports `solve`, loaded in the thread alone. */
export const ownSolver = new URL('../optimiser/solve.ts', import.meta.url)

/** The script that exports `replan`. */
const ownReplanner = new URL('../optimiser/replanning/replan.ts', import.meta.url)

/** What a solver may take to end once it was stopped, and a thread in memory. */
const stopMilliseconds = 10_000
const megabytes = 2048

/** Solves by the house's own solver, or another script. Throws what it throws, and where it does not end as asked. */
export const solveInThread = (instance: PlanInstance, options: SolveOptions, solver: URL = ownSolver): Promise<Plan> =>
  runSolver(solver, { instance }, options)

/** Makes a plan again after events, its announced sessions those of the instance. */
export const replanInThread = (task: ReplanTask, options: SolveOptions): Promise<Plan> =>
  runSolver(ownReplanner, task, options)

async function runSolver(
  solver: URL,
  asked: SolvingTask['task'],
  { stopped, onProgress, ...options }: SolveOptions,
): Promise<Plan> {
  const task: SolvingTask = { solver: solver.href, task: asked, options }
  const worker = new Worker(new URL('./solving-thread.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  })
  const solved = Promise.withResolvers<Plan>()
  worker.on('message', (said: SolvingMessage) => {
    if ('progress' in said) onProgress?.(said.progress)
    else if ('plan' in said) solved.resolve(said.plan)
    else solved.reject(said.failed)
  })
  worker.on('error', solved.reject)
  worker.on('exit', code => solved.reject(new Error(`the solver's thread ended with ${code}`)))

  const ended = new AbortController()
  const stop = async () => {
    worker.postMessage('stop')
    await setTimeout(stopMilliseconds, undefined, { signal: ended.signal }).catch(() => undefined)
    solved.reject(new Error('the solver was stopped and did not end'))
  }
  if (stopped?.aborted) void stop()
  stopped?.addEventListener('abort', stop, { once: true })
  try {
    return await solved.promise
  } finally {
    ended.abort()
    stopped?.removeEventListener('abort', stop)
    await worker.terminate()
  }
}

import { parentPort, workerData } from 'node:worker_threads'
import type { SolveProgress } from '../optimiser/solve.ts'
import type { ReplanPlan, SolvePlan, SolvingMessage, SolvingTask } from './solving.ts'

/** The thread that solves one instance and ends. */

const { solver, task, options } = workerData as SolvingTask
const stopped = new AbortController()
const say = (said: SolvingMessage) => parentPort?.postMessage(said)

parentPort?.on('message', said => {
  if (said === 'stop') stopped.abort()
})

try {
  const script = (await import(solver)) as { readonly solve: SolvePlan; readonly replan: ReplanPlan }
  const onProgress = ({ share, objective: { total, latePeople }, bound }: SolveProgress) =>
    say({ progress: { share, total, latePeople, ...(bound && { bound: bound.total }) } })
  const limits = { ...options, stopped: stopped.signal, onProgress }
  if ('events' in task) {
    const { instance, plan, events } = task
    say({ plan: (await script.replan(instance, plan, events, { ...limits, announced: 'instance' })).plan })
  } else say({ plan: await script.solve(task.instance, limits) })
} catch (failed) {
  say({ failed })
}

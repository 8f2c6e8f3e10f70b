import { parentPort, workerData } from 'node:worker_threads'
import type { SolveProgress } from '../optimiser/solve.ts'
import type { SolvePlan, SolvingMessage, SolvingTask } from './solving.ts'

/** The thread that solves one instance and ends. */

const { solver, instance, options } = workerData as SolvingTask
const stopped = new AbortController()
const say = (said: SolvingMessage) => parentPort?.postMessage(said)

parentPort?.on('message', said => {
  if (said === 'stop') stopped.abort()
})

try {
  const { solve } = (await import(solver)) as { readonly solve: SolvePlan }
  const onProgress = ({ share, objective: { total, latePeople }, bound }: SolveProgress) =>
    say({ progress: { share, total, latePeople, ...(bound && { bound: bound.total }) } })
  say({ plan: await solve(instance, { ...options, stopped: stopped.signal, onProgress }) })
} catch (failed) {
  say({ failed })
}

import { Worker } from 'node:worker_threads'
import { stopwatch } from '../../platform/clock.ts'
import type { BoundWeights } from './bound/route-columns.ts'
import { type PlanInstance, planFormat } from './instance.ts'
import { instanceHash } from './instance-hash.ts'
import type { Plan, PlanBound, PlanObjective } from './plan.ts'
import { compile } from './solving/compile.ts'
import type { Route } from './solving/schedule.ts'
import { type WrittenPlan, writePlan } from './solving/write-plan.ts'

export type SolveProgress = {
  /** 0 to 1 of the time or the work. */
  readonly share: number
  readonly objective: PlanObjective
  readonly bound?: PlanBound | undefined
}

export type SolveLimits = {
  readonly seed: number
  /** Steps of the search: the same seed and work give the same plan. */
  readonly work?: number | undefined
  /** Where no work is given; 60 where neither is. */
  readonly seconds?: number | undefined
  /** Aborted: the best plan so far is given. */
  readonly stopped?: AbortSignal | undefined
  readonly onProgress?: ((progress: SolveProgress) => void) | undefined
  /** Memory of the thread that proves; the plan is given without it too. */
  readonly proofMegabytes?: number | undefined
}

type Proved = { readonly name: string; readonly weights: BoundWeights; readonly bound: number }

/** What writing the plan takes of the time, and how long the proof may take to end, in ms. */
const [writing, grace] = [800, 2500]

/**
 * The best plan of an instance (docs/planning.md) that is found within the time or the work, and beside it a bound that
 * no plan is below. One thread looks for plans, another proves; the bound never depends on the plan.
 */
export async function solve(instance: PlanInstance, limits: SolveLimits): Promise<Plan> {
  const { seed, work, stopped, onProgress } = limits
  const passed = stopwatch()
  const milliseconds = work === undefined ? Math.max(100, (limits.seconds ?? 60) * 1000 - writing) : undefined
  const given = compile(instance)
  const stop = new SharedArrayBuffer(4)
  const end = () => Atomics.store(new Int32Array(stop), 0, 1)
  stopped?.addEventListener('abort', end)
  if (stopped?.aborted) end()
  let routes: readonly Route[] = []
  const proved = new Map<string, Proved>()
  let [rounds, closed] = [0, false]
  let written: { readonly of: readonly Route[]; readonly plan: WrittenPlan } | undefined
  const sofar = (): WrittenPlan => {
    if (written?.of !== routes) written = { of: routes, plan: writePlan(given, routes, { reasons: false }) }
    return written.plan
  }
  const task = { instance, seed, work, milliseconds, stop }
  const searching = thread(new URL('./solving/search-thread.ts', import.meta.url), task, message => {
    const { routes: better, share } = message as { routes?: readonly Route[]; share: number }
    if (better) routes = better
    if (!onProgress) return
    const { objective } = sofar()
    onProgress({ share, objective, bound: boundOf(proved, objective, { rounds, closed }) })
  })
  const proof = new URL('./bound/bound-thread.ts', import.meta.url)
  const onProved = (message: unknown) => {
    if ('done' in (message as object)) return
    const one = message as Proved & { readonly rounds: number; readonly closed: boolean }
    proved.set(one.name, one)
    rounds = one.rounds
    if (one.name === 'total') closed = one.closed
  }
  const proving = thread(proof, task, onProved, limits.proofMegabytes)
  // Without its thread the proof stays as far as it came: the plan does not depend on it.
  const faults: unknown[] = []
  const proofEnded = proving.ended.catch(fault => {
    faults.push(fault)
  })
  try {
    await searching.ended
    // With a limit of work the proof is made whole; by the clock, or stopped, as far as it came.
    await (work === undefined || stopped?.aborted
      ? Promise.race([proofEnded, waited(grace)])
      : Promise.race([proofEnded, aborted(stopped).then(() => waited(grace))]))
  } finally {
    stopped?.removeEventListener('abort', end)
    await Promise.all([searching.close(), proving.close()])
  }
  const { objective, routes: planned, late } = writePlan(given, routes, { reasons: true })
  const bound = boundOf(proved, objective, { rounds, closed })
  return {
    format: planFormat,
    instance: { name: instance.name, sha256: instanceHash(instance) },
    made: {
      seed,
      ...(work !== undefined && { work }),
      seconds: work === undefined ? Math.round(passed() / 1000) : 0,
      stopped: stopped?.aborted ?? false,
      ...(faults.length > 0 && { proofFailed: true }),
    },
    objective,
    bound,
    gap: objective.total > 0 ? Math.max(0, (objective.total - bound.total) / objective.total) : 0,
    routes: planned,
    late,
  }
}

const waited = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))

const aborted = (signal: AbortSignal | undefined) =>
  new Promise<void>(resolve => {
    signal?.addEventListener('abort', () => resolve(), { once: true })
  })

/** What was proved; of minutes the most that any of the prices gives for as many people late and unserved. */
function boundOf(
  proved: ReadonlyMap<string, Proved>,
  { latePeople, unservedPeople }: PlanObjective,
  made: { readonly rounds: number; readonly closed: boolean },
): PlanBound {
  const lines = [...proved.values()].filter(({ weights }) => weights.minute === 1)
  const minutes = lines.map(
    ({ weights, bound }) => bound - weights.latePerson * latePeople - weights.unservedPerson * unservedPeople,
  )
  const down = (value: number) => Math.max(0, Math.floor(value + 1e-6))
  const late = Math.max(0, Math.ceil((proved.get('late')?.bound ?? 0) - 1e-3))
  return {
    total: down(proved.get('total')?.bound ?? 0),
    latePeople: late,
    minutes: down(Math.max(0, ...minutes)),
    ...made,
  }
}

type Thread = { readonly ended: Promise<void>; close(): Promise<void> }

function thread(
  script: URL,
  workerData: unknown,
  onMessage: (message: unknown) => void,
  maxOldGenerationSizeMb = 4096,
): Thread {
  const worker = new Worker(script, { workerData, resourceLimits: { maxOldGenerationSizeMb } })
  worker.on('message', onMessage)
  const ended = new Promise<void>((resolve, reject) => {
    worker.once('error', reject)
    worker.once('exit', () => resolve())
  })
  ended.catch(() => undefined)
  return {
    ended,
    close: async () => {
      await worker.terminate()
    },
  }
}

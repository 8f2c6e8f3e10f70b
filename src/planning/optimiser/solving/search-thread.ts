import { parentPort, workerData } from 'node:worker_threads'
import { stopwatch } from '../../../platform/clock.ts'
import type { PlanInstance } from '../instance.ts'
import { compile } from './compile.ts'
import { Search } from './search.ts'

/** The thread that looks for the plan; it tells the best one so far, and ends when it is told or has used its limit. */

const { instance, seed, work, milliseconds, stop } = workerData as {
  readonly instance: PlanInstance
  readonly seed: number
  readonly work?: number
  readonly milliseconds?: number
  readonly stop: SharedArrayBuffer
}
const flag = new Int32Array(stop)
const isStopped = () => Atomics.load(flag, 0) > 0
const passed = stopwatch()
/** Between two that are told, in ms. */
const pause = 400
let told = Number.NEGATIVE_INFINITY

const used = (steps: number): number => {
  if (isStopped()) return 1
  return work === undefined ? passed() / (milliseconds ?? 60_000) : steps / work
}
const search = new Search(compile(instance), seed)
const tell = (share: number) => {
  told = passed()
  parentPort?.postMessage({ routes: search.best, share })
}
search.fill(() => (work === undefined ? used(0) : isStopped() ? 1 : 0))
tell(0)
let unsaid = false
search.run({
  progress: steps => {
    const share = used(steps)
    if (passed() - told > pause) {
      if (unsaid) tell(Math.min(share, 0.999))
      else parentPort?.postMessage({ share: Math.min(share, 0.999) })
      told = passed()
      unsaid = false
    }
    return share
  },
  onBetter: () => {
    unsaid = true
  },
})
tell(1)
parentPort?.close()

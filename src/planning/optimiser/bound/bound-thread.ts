import { parentPort, workerData } from 'node:worker_threads'
import { stopwatch } from '../../../platform/clock.ts'
import type { PlanInstance } from '../instance.ts'
import { compile } from '../solving/compile.ts'
import { lowerBound } from './bound.ts'
import type { BoundWeights, TeamDayColumn } from './route-columns.ts'

/** The thread that proves how good a plan can be: bounds by the instance's prices, of people late, and of minutes. */

const { instance, work, milliseconds, stop } = workerData as {
  readonly instance: PlanInstance
  readonly work?: number
  readonly milliseconds?: number
  readonly stop: SharedArrayBuffer
}
const flag = new Int32Array(stop)
const passed = stopwatch()
const given = compile(instance)
const { latePerson, unservedPerson } = instance.prices
/** A price at which minutes count more beside people: of the minutes themselves it proves more. */
const lower = 1 / 6
const questions: readonly {
  readonly name: 'total' | 'late' | 'minutes'
  readonly weights: BoundWeights
  readonly until: number
}[] = [
  { name: 'total', weights: { minute: 1, latePerson, unservedPerson }, until: 0.5 },
  { name: 'late', weights: { minute: 0, latePerson: 1, unservedPerson: 0 }, until: 0.78 },
  {
    name: 'minutes',
    weights: { minute: 1, latePerson: latePerson * lower, unservedPerson: unservedPerson * lower },
    until: 0.97,
  },
]
/** Rounds of a question where work is given: a round takes as long as there are sites, and longer. */
const roundsOf = (steps: number) =>
  Math.min(2 + Math.ceil(steps / 20), Math.max(4, Math.min(60, Math.round(3000 / Math.max(1, given.sites.length)))))
let columns: readonly TeamDayColumn[] | undefined
let rounds = 0

for (const { name, weights, until } of questions) {
  const end = until * (milliseconds ?? 60_000)
  const found = await lowerBound(given, {
    weights,
    endsBy: work === undefined ? 'seconds' : 'iterations',
    ...(columns && { columns }),
    goOn: round => {
      if (Atomics.load(flag, 0) > 0) return false
      return work === undefined ? passed() < end : round < roundsOf(work)
    },
    onRound: ({ bound, closed }) => {
      rounds += 1
      parentPort?.postMessage({ name, weights, bound, rounds, closed })
    },
  })
  columns = found.columns
  if (Atomics.load(flag, 0) > 0) break
}
parentPort?.postMessage({ done: true })
parentPort?.close()

import { parentPort, workerData } from 'node:worker_threads'
import { stopwatch } from '../../../platform/clock.ts'
import type { PlanInstance } from '../instance.ts'
import { compile } from '../solving/compile.ts'
import { lowerBound } from './bound.ts'
import type { BoundWeights, TeamDayColumn } from './pricing.ts'

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
/** Of the rounds of a question, those that look closely: one is a bound, another mostly a better one. */
const exactRounds = Math.min(40, Math.max(2, Math.round(400 / Math.max(1, given.sites.length))))
let columns: readonly TeamDayColumn[] | undefined
let begun = 0
let rounds = 0

for (const { name, weights, until } of questions) {
  const quick = work === undefined ? Number.POSITIVE_INFINITY : Math.min(40, 12 + Math.ceil(work / 150))
  const end = until * (milliseconds ?? 60_000)
  const from = begun
  let lastQuick = quick
  const found = await lowerBound(given, {
    weights,
    endsBy: work === undefined ? 'seconds' : 'iterations',
    ...(columns && { columns }),
    goOn: round => {
      if (Atomics.load(flag, 0) > 0) return false
      return work === undefined ? passed() < end || round <= lastQuick : round < lastQuick + exactRounds
    },
    isLastQuick: round => {
      const isLast = work === undefined ? passed() - from > 0.6 * (end - from) : round >= quick
      if (isLast) lastQuick = round
      return isLast
    },
    onRound: ({ bound, closed }) => {
      rounds += 1
      parentPort?.postMessage({ name, weights, bound, rounds, closed })
    },
  })
  columns = found.columns
  begun = passed()
  if (Atomics.load(flag, 0) > 0) break
}
parentPort?.postMessage({ done: true })
parentPort?.close()

import { parentPort, workerData } from 'node:worker_threads'
import { stopwatch } from '../../../platform/clock.ts'
import type { PlanInstance } from '../instance.ts'
import { compile } from '../solving/compile.ts'
import { lowerBound } from './bound.ts'
import type { BoundWeights, TeamDayColumn } from './route-columns.ts'
import { singlesBound } from './singles/singles-bound.ts'
import { SinglesDual } from './singles/singles-dual.ts'

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
/** Prices at which minutes count more beside people: of the minutes themselves they prove more. */
const cheaper = (share: number): BoundWeights => ({
  minute: 1,
  latePerson: latePerson * share,
  unservedPerson: unservedPerson * share,
})
const questions: readonly {
  readonly name: 'total' | 'late' | 'minutes' | 'minutes alone'
  readonly weights: BoundWeights
  /** Shares of the time at which officers and kits by themselves are done, and then routes of whole teams. */
  readonly singlesUntil: number
  readonly until: number
}[] = [
  { name: 'total', weights: cheaper(1), singlesUntil: 0.2, until: 0.4 },
  { name: 'late', weights: { minute: 0, latePerson: 1, unservedPerson: 0 }, singlesUntil: 0.5, until: 0.65 },
  { name: 'minutes', weights: cheaper(1 / 6), singlesUntil: 0.75, until: 0.85 },
  { name: 'minutes alone', weights: cheaper(1 / 30), singlesUntil: 0.93, until: 0.97 },
]
/** Sites × teams × days beyond which one round over routes takes longer than it proves anything. */
const mostForRoutes = 30_000
const hasRoutes = given.sites.length * given.teams.length * given.days.length <= mostForRoutes
/** Rounds of a question where work is given: a round takes as long as there are sites, and longer. */
const roundsOf = (steps: number) =>
  Math.min(2 + Math.ceil(steps / 20), Math.max(4, Math.min(60, Math.round(3000 / Math.max(1, given.sites.length)))))
/** Steps of prices of a question where work is given. */
const priceSteps = (steps: number) => Math.min(300, 60 + Math.ceil(steps / 10))
const isToldToStop = () => Atomics.load(flag, 0) > 0
const singles = SinglesDual.of(given)
let columns: readonly TeamDayColumn[] | undefined
let rounds = 0
let told = Number.NEGATIVE_INFINITY
/** Between two that are told, in ms. */
const pause = 250

for (const { name, weights, singlesUntil, until } of questions) {
  const routesEnd = until * (milliseconds ?? 60_000)
  const begun = passed()
  const singlesEnd = hasRoutes ? singlesUntil * (milliseconds ?? 60_000) : routesEnd
  const tell = (bound: number, closed: boolean) => {
    told = passed()
    parentPort?.postMessage({ name, weights, bound, rounds, closed })
  }
  const best = singles
    ? singlesBound(given, singles, {
        weights,
        progress: steps => {
          if (isToldToStop()) return 1
          if (work !== undefined) return steps / priceSteps(work)
          return Math.min(1, (passed() - begun) / Math.max(1, singlesEnd - begun))
        },
        onStep: bound => {
          rounds += 1
          if (passed() - told > pause) tell(bound, false)
        },
      })
    : 0
  tell(best, false)
  if (isToldToStop()) break
  if (!hasRoutes) continue
  const found = await lowerBound(given, {
    weights,
    endsBy: work === undefined ? 'seconds' : 'iterations',
    ...(columns && { columns }),
    goOn: round => !isToldToStop() && (work === undefined ? passed() < routesEnd : round < roundsOf(work)),
    onRound: ({ bound, closed }) => {
      rounds += 1
      tell(Math.max(best, bound), closed)
    },
  })
  columns = found.columns
  if (isToldToStop()) break
}
parentPort?.postMessage({ done: true })
parentPort?.close()

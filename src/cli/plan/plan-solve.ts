import { stat, writeFile } from 'node:fs/promises'
import { readInstance, type SolveProgress, solve } from '../../planning/optimiser/optimiser.ts'
import type { Plan } from '../../planning/optimiser/plan.ts'
import { planFileProblem } from '../../planning/optimiser/problems.ts'
import { stopwatch } from '../../platform/clock.ts'
import { printAnswer, progressOn, WrongUsage } from '../../platform/terminal.ts'
import type { Invocation } from '../invocation.ts'
import { isUnwritable, writeWholeFile } from '../whole-file.ts'
import { stoppableOnce } from './interruption.ts'
import { lateByReason, planDetails, planSentence } from './plan-answer.ts'
import { readJsonFile } from './read-json.ts'

type PlanInvocation = Omit<Invocation, 'house'>

type SolveSettings = {
  readonly instance: string
  readonly out: string
  readonly seed: number
  /** One of the two: a limit of time, or of work that is the same on every machine. */
  readonly limit: { readonly seconds: number } | { readonly work: number }
}

const usualSeconds = 60
const usualSeed = 1
export const mostSeconds = 24 * 60 * 60
export const mostWork = 1_000_000_000_000
export const mostSeed = 2 ** 31 - 1

type Values = PlanInvocation['values']

export function numberIn(
  values: Values,
  name: string,
  { least, most, isWhole = true }: { readonly least: number; readonly most: number; readonly isWhole?: boolean },
): number | undefined {
  const text = values[name]
  if (typeof text !== 'string') return undefined
  const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most && (!isWhole || Number.isInteger(number))) return number
  throw new WrongUsage(
    `--${name} is ${text}: it must be a ${isWhole ? 'whole number' : 'number'} from ${least} to ${most}`,
  )
}

function limitIn(values: Values): SolveSettings['limit'] {
  const seconds = numberIn(values, 'seconds', { least: 0.1, most: mostSeconds, isWhole: false })
  const work = numberIn(values, 'work', { least: 1, most: mostWork })
  if (seconds !== undefined && work !== undefined)
    throw new WrongUsage(
      'plan solve takes --seconds or --work, not both: the one ends by the clock, the other by steps',
    )
  return work === undefined ? { seconds: seconds ?? usualSeconds } : { work }
}

function settingsIn({ positionals, values }: PlanInvocation): SolveSettings {
  const [instance, ...more] = positionals
  if (!instance || more.length > 0)
    throw new WrongUsage('plan solve takes one file: plan solve INSTANCE.json --out PLAN.json')
  const { out } = values
  if (typeof out !== 'string' || out === '') throw new WrongUsage('plan solve needs --out PLAN.json: the file to write')
  return {
    instance,
    out,
    seed: numberIn(values, 'seed', { least: 0, most: mostSeed }) ?? usualSeed,
    limit: limitIn(values),
  }
}

/** The plan must not take the place of its own instance. */
export async function refuseSameFile(instance: string, out: string): Promise<void> {
  const [one, other] = await Promise.all([instance, out].map(path => stat(path).catch(() => undefined)))
  if (one && other && one.dev === other.dev && one.ino === other.ino)
    throw new WrongUsage('--out names the instance itself: give the plan a file of its own')
}

/** Tells the best plan so far, its bound and the time that is left, as often as a reader can follow. */
function progressTeller(limit: SolveSettings['limit']) {
  const show = progressOn()
  let sinceLast: (() => number) | undefined
  return {
    tell({ share, objective: { total, latePeople }, bound }: SolveProgress): void {
      if (sinceLast && sinceLast() < 200) return
      sinceLast = stopwatch()
      const proved =
        bound && total > 0 ? `, bound ${Math.round(bound.total)}, gap ${gapText((total - bound.total) / total)}` : ''
      const left = 'seconds' in limit ? `, ${Math.ceil(limit.seconds * (1 - Math.min(1, share)))} s left` : ''
      show(Math.min(share, 0.999), 1, `best ${Math.round(total)}, ${latePeople} late${proved}${left}`)
    },
    end: () => show(1, 1, 'the plan is made'),
  }
}

const gapText = (share: number) => `${(share * 100).toFixed(1)} %`

async function answer(json: boolean, plan: Plan, { out, people }: { readonly out: string; readonly people: number }) {
  const { objective, bound, gap, instance, made, routes } = plan
  const { user, system } = process.cpuUsage()
  const document = {
    out,
    instance,
    made,
    people,
    inTime: people - objective.latePeople,
    objective,
    bound,
    gap,
    routes: routes.length,
    sessions: routes.reduce((sum, route) => sum + route.sessions.length, 0),
    lateByReason: lateByReason(plan),
    processorSeconds: Math.round((user + system) / 10_000) / 100,
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
  const words = [`${planSentence(plan, people)}: ${out}`, ...planDetails(plan)]
  await printAnswer(json, document, words.join('\n'))
}

/**
 * `plan solve INSTANCE.json --out PLAN.json`: the best plan that is found within the time or the work. Ctrl-C ends the
 * search, and the best plan so far is written.
 */
export async function planSolve(invocation: PlanInvocation): Promise<void> {
  const { instance: path, out, seed, limit } = settingsIn(invocation)
  if (await isUnwritable(out)) throw planFileProblem('plan-folder-unwritable', { file: out })
  await refuseSameFile(path, out)
  const instance = readInstance(await readJsonFile(path))
  const people = instance.demands.reduce((sum, demand) => sum + demand.people, 0)
  const progress = progressTeller(limit)
  const plan = await stoppableOnce(stopped => solve(instance, { seed, ...limit, stopped, onProgress: progress.tell }))
  progress.end()
  await writeWholeFile(out, draft => writeFile(draft, `${JSON.stringify(plan.value, undefined, 2)}\n`))
  if (plan.wasStopped) process.stderr.write(`Stopped: the best plan so far is written to ${out}\n`)
  if (plan.value.made.proofFailed)
    process.stderr.write('The proof broke off: the bound is what was proved until then\n')
  await answer(invocation.json, plan.value, { out, people })
}

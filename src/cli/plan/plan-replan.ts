import { writeFile } from 'node:fs/promises'
import { readInstance } from '../../planning/optimiser/optimiser.ts'
import type { Plan } from '../../planning/optimiser/plan.ts'
import { planFileProblem } from '../../planning/optimiser/problems.ts'
import { replan } from '../../planning/optimiser/replanning/replan.ts'
import { checkPlan } from '../../planning/plan-check/plan-check.ts'
import { escapedForTerminal, printAnswer, WrongUsage } from '../../platform/terminal.ts'
import type { Invocation } from '../invocation.ts'
import { isUnwritable, writeWholeFile } from '../whole-file.ts'
import { differenceLines } from './difference-answer.ts'
import { readEventWords, withIds } from './event-words.ts'
import { stoppableOnce } from './interruption.ts'
import { mostSeconds, mostSeed, mostWork, numberIn, refuseSameFile } from './plan-solve.ts'
import { readJsonFile } from './read-json.ts'

type ReplanInvocation = Omit<Invocation, 'house'>

/** Seconds or steps, not both; where neither is said, as long as a replan usually takes. */
export function replanLimit(values: ReplanInvocation['values'], command: string) {
  const seconds = numberIn(values, 'seconds', { least: 0.1, most: mostSeconds, isWhole: false })
  const work = numberIn(values, 'work', { least: 1, most: mostWork })
  if (seconds !== undefined && work !== undefined)
    throw new WrongUsage(`${command} takes --seconds or --work, not both`)
  const seed = numberIn(values, 'seed', { least: 0, most: mostSeed }) ?? 1
  return { seed, ...(seconds !== undefined && { seconds }), ...(work !== undefined && { work }) }
}

/** A file to write, which must not be one that is read. */
async function fileNamed({ positionals, values }: ReplanInvocation, name: string): Promise<string | undefined> {
  const said = values[name]
  if (typeof said !== 'string' || said === '') return undefined
  if (await isUnwritable(said)) throw planFileProblem('plan-folder-unwritable', { file: said })
  for (const given of positionals) await refuseSameFile(given, said)
  return said
}

const asJson = (document: unknown) => `${JSON.stringify(document, undefined, 2)}\n`

/**
 * `plan replan INSTANCE.json PLAN.json --event E --out PLAN2.json`: the plan after what happened. The plan in force has
 * to be one of the instance.
 */
export async function planReplan(invocation: ReplanInvocation): Promise<void> {
  const { positionals, values, json } = invocation
  const [instancePath, planPath, ...more] = positionals
  if (!instancePath || !planPath || more.length > 0)
    throw new WrongUsage('plan replan takes two files: plan replan INSTANCE.json PLAN.json --event E --out PLAN2.json')
  const [out, instanceOut] = [await fileNamed(invocation, 'out'), await fileNamed(invocation, 'instance-out')]
  if (!out) throw new WrongUsage('plan replan needs --out PLAN2.json: the file to write')
  if (out === instanceOut) throw new WrongUsage('--out and --instance-out name one file: give each its own')
  const limits = replanLimit(values, 'plan replan')
  const instance = readInstance(await readJsonFile(instancePath))
  const events = readEventWords(values['event']).map(event => withIds(instance, event))
  const file = await readJsonFile(planPath)
  const { faults } = checkPlan(instance, file)
  if (faults.length > 0)
    throw planFileProblem('plan-not-followed', { faults: faults.slice(0, 20).map(({ sentence }) => sentence) })
  const { value: made } = await stoppableOnce(stopped => replan(instance, file as Plan, events, { ...limits, stopped }))
  await writeWholeFile(out, draft => writeFile(draft, asJson(made.plan)))
  if (instanceOut) await writeWholeFile(instanceOut, draft => writeFile(draft, asJson(made.instance)))
  const { objective, made: how, instance: mark } = made.plan
  await printAnswer(
    json,
    { out, ...(instanceOut && { instanceOut }), instance: mark, made: how, objective, difference: made.difference },
    differenceLines(made.difference).map(escapedForTerminal).join('\n'),
  )
}

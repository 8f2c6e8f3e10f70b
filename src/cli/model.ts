import { readFile, writeFile } from 'node:fs/promises'
import { asOperator } from '../open-house.ts'
import { printAnswer, WrongUsage } from '../platform/terminal.ts'
import * as rolls from '../rolls/rolls.ts'
import type { Invocation } from './invocation.ts'

const authority = asOperator('roll')

type ModelList = Awaited<ReturnType<typeof rolls.listErrorModels>>

const isHash = (text: string) => /^[0-9a-f]{12}$/.test(text)

const readModelText = (path: string) =>
  readFile(path, 'utf8').catch(() => {
    throw new WrongUsage(`there is no file ${path}`)
  })

const percent = (share: number) => `${(share * 100).toPrecision(2)} %`

function modelSummary({ inUse, models }: ModelList): string {
  const { name, hash, learntOn, rows, model, bands } = inUse
  const head = learntOn ? `learnt on ${learntOn} from ${rows} rows` : 'typical rolls; nothing is learnt yet'
  const fields = Object.entries(model.rates).map(([field, levels]) => {
    const told = Object.entries(levels).map(([level, { m, u }]) => `${level} ${m.toPrecision(2)}/${u.toPrecision(2)}`)
    return `  ${field.padEnd(8)}${told.join(', ')}`
  })
  return [
    `${name} (${hash}): ${head}`,
    `  links by itself up to a risk of ${percent(bands.risk)} a row, of ${percent(bands.alike)} where name and ` +
      `date are the same to the letter, of ${percent(bands.bare ?? 0)} where the date agrees in part and nothing ` +
      'stands beside',
    '  how often each level is met, in pairs of one person / in pairs of two (per chance of the value):',
    ...fields,
    ...models
      .filter(one => one.hash !== hash)
      .map(one => `before: ${one.name} (${one.hash}), learnt on ${one.learntOn} from ${one.rows} rows`),
  ].join('\n')
}

/**
 * `roll model`: what the house learnt of the errors in rolls; `--save F` writes it, `--use F|HASH` compares by a kept
 * one from now on.
 */
export async function rollModel({ house, values, json }: Invocation): Promise<void> {
  const { save, use } = values
  if (typeof use === 'string') {
    const text = isHash(use) ? undefined : await readModelText(use)
    await house.openWork(authority, work =>
      text === undefined ? rolls.chooseModel(work, use) : rolls.chooseSavedModel(work, text),
    )
  }
  const shown = await house.openWork(authority, rolls.listErrorModels)
  if (typeof save === 'string') await writeFile(save, `${JSON.stringify(shown.inUse.model, undefined, 2)}\n`)
  await printAnswer(json, shown, modelSummary(shown))
}

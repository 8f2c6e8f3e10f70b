import { laws, readLawRows } from '../laws.ts'
import { now } from '../platform/clock.ts'
import { dayAt } from '../platform/day.ts'
import { ruleOn } from '../platform/law.ts'
import { limitLines, limitsPage, type RuleValue } from '../platform/limits/limits-page.ts'
import { setOwnRates } from '../platform/limits/own-rates.ts'
import { readConfig } from '../platform/settings/config.ts'
import { printAnswer } from '../platform/terminal.ts'
import type { Invocation } from './invocation.ts'

/** `limits`: the table of limits, with the installation's own rows of law.csv and its own requests a minute. */
export async function showLimits({
  folder,
  values,
  json,
}: Omit<Invocation, 'house'> & { readonly folder: string }): Promise<void> {
  const lawRows = await readLawRows(folder)
  const ruleValue: RuleValue = id => {
    const rule = laws.find(one => one.id === id)
    return rule && ruleOn(rule, dayAt(now()), { lawRows })
  }
  if (values['markdown'] === true) return printAnswer(false, undefined, limitsPage(ruleValue))
  setOwnRates(readConfig(folder, process.env).requestsAMinute)
  const lines = limitLines(ruleValue)
  const texts = lines.map(({ limit, doors, who, much, answer }) =>
    [limit, `  doors   ${doors}`, `  who     ${who}`, `  much    ${much}`, `  answer  ${answer}`, ''].join('\n'),
  )
  return printAnswer(json, lines, texts.join('\n'))
}

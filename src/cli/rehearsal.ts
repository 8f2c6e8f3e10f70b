import * as installation from '../installation/installation.ts'
import { asOperator, rehearsalOf, rememberRehearsal } from '../open-house.ts'
import { parseDay } from '../platform/day.ts'
import { printAnswer, WrongUsage } from '../platform/terminal.ts'
import type { Invocation } from './invocation.ts'

/**
 * `rehearsal set DAY`: an installation without people works with a day of its own from now on, and says so on every
 * page and paper. Servers that run take it up within a second.
 */
export async function setRehearsal({ house, positionals: [text], json }: Invocation): Promise<void> {
  const day = text ? parseDay(text) : undefined
  if (!day) throw new WrongUsage('rehearsal set takes a day such as 2026-03-01')
  await house.openWork(asOperator('installation'), work => installation.setRehearsalDay(work, rehearsalOf(house), day))
  await rememberRehearsal(house, day)
  await printAnswer(json, { rehearsalDay: day }, `a rehearsal of ${day}`)
}

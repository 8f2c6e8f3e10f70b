import * as exchange from '../../exchange/exchange.ts'
import { clockOffSeconds, silentHours } from '../../exchange/law.ts'
import { asOperator } from '../../open-house.ts'
import { now } from '../../platform/clock.ts'
import { ruleOn } from '../../platform/law.ts'
import type { DoctorCheck, LookedAtHouse } from './check.ts'

const todo = 'docs/operations.md, The national centre'

/**
 * Who decides on numbers and accounts, whether the national centre is reached, how long the oldest question waits, and
 * its clock. An installation that decides by itself although nobody has said that it may is to weigh that; nobody in a
 * demonstration is real.
 */
export async function checkNationalCentre(house: LookedAtHouse): Promise<DoctorCheck> {
  const what = 'national centre'
  return house.openWork(asOperator('none'), async work => {
    const centre = await exchange.findCentre(work)
    const open = await exchange.oldestOpenQuestion(work)
    const here = (['numbers', 'accounts'] as const).filter(
      thing => exchange.delegationOf(work, thing) === 'unsaid' && !centre,
    )
    const waits =
      open.count > 0 ? `; ${open.count} questions wait, the oldest since ${open.oldest}, ${open.overdue} too long` : ''
    if (here.length > 0) {
      const ok = house.record()['demonstration'] !== undefined
      const found = `none is joined, and nobody has said that it delegated ${here.join(' and ')}: they are decided here`
      return { what, ok, found: found + waits, todo: `join it, or say so in law.csv: ${todo}`, advice: true }
    }
    if (!centre) return { what, ok: open.count === 0, found: `none is joined${waits}`, todo }
    const { okAt, failures, fault, clockOff } = await exchange.lineState(work)
    const hours = okAt ? (now().getTime() - okAt.getTime()) / 3600_000 : Number.POSITIVE_INFINITY
    const isSilent = centre.address !== '' && failures > 0 && hours > ruleOn(silentHours, work.today, work)
    const isClockOff = Math.abs(clockOff ?? 0) > ruleOn(clockOffSeconds, work.today, work)
    const line = centre.address === '' ? 'by files alone' : fault ? `does not answer: ${fault}` : 'answers'
    const clock = isClockOff ? `; its clock is ${clockOff} seconds ahead of ours` : ''
    return {
      what,
      ok: !isSilent && !isClockOff && open.overdue === 0,
      found: `${centre.id} ${line}${clock}${waits}`,
      todo: `look at the network, the clock and the page of the exchange: ${todo}`,
    }
  })
}

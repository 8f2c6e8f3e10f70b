import * as audit from '../audit/audit.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as units from '../units/units.ts'
import { printSlips } from './slip.ts'
import { slipSheet } from './slip-paper.ts'

/** The paper with a new slip for each account, in the order of the list; see `printSlips`. */
export async function slipPaper(
  work: Work,
  accountIds: readonly string[],
  { origin, isDemonstration }: { readonly origin: string; readonly isDemonstration: boolean },
): Promise<Buffer> {
  const printed = await printSlips(work, accountIds)
  const personIds = printed.map(({ personId }) => personId as register.PersonId)
  const known = new Map<string, register.PersonSummary>((await register.summariesOf(work, personIds)).map(person => [person.id, person]))
  await audit.noteReading(work, personIds, ['name', 'number'])
  const unit = work.unitId ? (await units.letterheadOf(work, work.unitId, work.today)).name : ''
  const slips = printed.map(({ personId, secret, lastOn }) => {
    const person = known.get(personId)
    return { name: person?.fullName ?? '', lastFour: person?.number?.slice(-4) ?? '', secret, lastOn }
  })
  return slipSheet({ slips, unit, origin, printedAt: work.now, isDemonstration })
}

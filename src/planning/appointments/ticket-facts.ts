import * as cards from '../../cards/cards.ts'
import * as enrolment from '../../enrolment/enrolment.ts'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { Service } from './slot.ts'

/** What somebody brings and pays, by the cards that they have and by the law of the day of the appointment. */

export type TicketFacts = {
  /** What is done, as far as the house knows: a first card or another one. */
  readonly what: 'first-card' | 'other-card' | 'account' | 'collect'
  readonly bring: 'papers' | 'card' | 'receipt'
  readonly fee: enrolment.Fee
}

const free = { is: 'none' } as const

/** Of a person whom the work sees, or whose own page it reads; one who is not seen has no card that is known. */
export async function ticketFactsOf(
  work: Work,
  personId: Id<'person'>,
  { service, day }: { readonly service: Service; readonly day: Day },
): Promise<TicketFacts> {
  if (service === 'B') return { what: 'account', bring: 'card', fee: free }
  if (service === 'C') return { what: 'collect', bring: 'receipt', fee: free }
  const theirs = (await cards.cardsOf(work, [personId])).get(personId) ?? []
  const current = theirs.find(({ state }) => state === 'handed-over' || state === 'blocked')
  const [person] = await register.listSummaries(work, [personId])
  const birthDate = person?.birthDate
  const fee = enrolment.feeFor(
    { kind: current ? 'exchange' : 'first-issue', reason: current ? 'on-request' : 'first', birthDate },
    day,
    work,
  )
  return { what: current ? 'other-card' : 'first-card', bring: current ? 'card' : 'papers', fee }
}

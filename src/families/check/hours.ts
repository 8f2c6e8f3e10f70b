import * as accessLinks from '../../access-links/access-links.ts'
import * as planning from '../../planning/planning.ts'
import type { LawRows } from '../../platform/law.ts'
import { asSystem, type OpenWork } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { authorityToAct, authorityToRead, type Visitor } from '../actor.ts'
import { unitsNear } from '../near.ts'
import type { ProvenVisitor } from './proof.ts'

/**
 * The hours of whoever was proved by a number, a birth date and a code. Whose they are comes from the sealed proof and
 * from nowhere else; places, numbers and rules are of planning.
 */

export type HoursOfOne = {
  readonly name: string
  readonly view: Awaited<ReturnType<typeof planning.readBookingView>>
  readonly lawRows: LawRows | undefined
}

const visitorByProof = ({ by }: ProvenVisitor, requestId: string): Visitor => ({ by, requestId })

export const readHoursOf = (
  openWork: OpenWork,
  proven: ProvenVisitor,
  { query, requestId }: { readonly query: planning.BookingQuery; readonly requestId: string },
): Promise<HoursOfOne> =>
  openWork(authorityToRead(visitorByProof(proven, requestId), proven.personId), async work => ({
    name: (await register.getSummary(work, proven.personId)).fullName,
    view: await planning.readBookingView(work, proven.personId, query, await unitsNear(work, proven.personId)),
    lawRows: work.lawRows,
  }))

/** A slip that was revoked meanwhile proves nothing any more. */
export async function isStillProven(openWork: OpenWork, { personId, by }: ProvenVisitor): Promise<boolean> {
  if (by.kind !== 'family-link') return true
  const links = await openWork(asSystem('own-page'), work => accessLinks.linksOfAll(work, 'family', [personId]))
  return links.some(({ id, end }) => id === by.id && !end)
}

/** A receipt is the applicant's own; a slip is the family's. */
export const takeHoursOf = (
  openWork: OpenWork,
  proven: ProvenVisitor,
  { form, requestId }: { form: Parameters<typeof planning.takeBookingForm>[2]; requestId: string },
) =>
  openWork(authorityToAct(visitorByProof(proven, requestId), proven.personId), work =>
    planning.takeBookingForm(
      work,
      { personId: proven.personId, by: proven.by.kind === 'receipt-holder' ? 'person' : 'family' },
      form,
    ),
  )

/** The ticket of an open hour, for paper; undefined for any other id. */
export const readTicketOf = (
  openWork: OpenWork,
  proven: ProvenVisitor,
  { bookingId, requestId }: { readonly bookingId: string; readonly requestId: string },
) =>
  openWork(authorityToRead(visitorByProof(proven, requestId), proven.personId), async work => {
    const booking = (await planning.bookingsOf(work, proven.personId)).find(({ id }) => id === bookingId)
    return booking && planning.readCard(work, booking)
  })

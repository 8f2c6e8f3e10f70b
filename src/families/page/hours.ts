import type * as accessLinks from '../../access-links/access-links.ts'
import * as planning from '../../planning/planning.ts'
import type { Id } from '../../platform/ids.ts'
import type { LawRows } from '../../platform/law.ts'
import type { OpenWork } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { authorityToAct, authorityToRead } from '../actor.ts'
import { unitsNear } from '../near.ts'
import { childrenOf, findChild, visitorOf } from './page.ts'

/**
 * A child’s hours at a counter or a session, behind the family’s link. Which child is looked at is said by its place on
 * the page’s own list, which the database gives; a form names the child that it was shown for, since the list may be
 * another by then. Rules, places and numbers are of planning.
 */

export type Hours = {
  readonly childId: Id<'person'>
  readonly name: string
  readonly view: Awaited<ReturnType<typeof planning.readBookingView>>
  readonly lawRows: LawRows | undefined
}

/** The child at a place of the list, from 1. */
async function childAt(openWork: OpenWork, session: accessLinks.LinkSession, place: string) {
  return /^[1-9]\d?$/.test(place) ? (await childrenOf(openWork, session))[Number(place) - 1] : undefined
}

export async function readHours(
  openWork: OpenWork,
  session: accessLinks.LinkSession,
  { place, query, requestId }: { place: string; query: planning.BookingQuery; requestId: string },
): Promise<Hours | undefined> {
  const childId = await childAt(openWork, session, place)
  if (!childId) return undefined
  return openWork(authorityToRead(visitorOf(session, requestId), childId), async work => ({
    childId,
    name: (await register.getSummary(work, childId)).fullName,
    view: await planning.readBookingView(work, childId, query, await unitsNear(work, childId)),
    lawRows: work.lawRows,
  }))
}

/** Books, moves or cancels for the child that the form names; undefined where the link does not show it today. */
export async function takeHours(
  openWork: OpenWork,
  session: accessLinks.LinkSession,
  {
    child,
    form,
    requestId,
  }: { child: string | undefined; form: Parameters<typeof planning.takeBookingForm>[2]; requestId: string },
) {
  const personId = await findChild(openWork, session, child)
  if (!personId) return undefined
  return openWork(authorityToAct(visitorOf(session, requestId), personId), work =>
    planning.takeBookingForm(work, { personId, by: 'family' }, form),
  )
}

/** Where a child stands on the page’s list now, from 1. */
export const placeOfChild = async (
  openWork: OpenWork,
  session: accessLinks.LinkSession,
  child: string | undefined,
): Promise<string> => String((await childrenOf(openWork, session)).map(String).indexOf(child ?? '') + 1)

/** The ticket of a child’s hour, for paper; undefined where it is none of theirs. */
export async function readTicket(
  openWork: OpenWork,
  session: accessLinks.LinkSession,
  { place, bookingId, requestId }: { place: string; bookingId: string; requestId: string },
) {
  const childId = await childAt(openWork, session, place)
  if (!childId) return undefined
  return openWork(authorityToRead(visitorOf(session, requestId), childId), async work => {
    const booking = (await planning.bookingsOf(work, childId)).find(({ id }) => id === bookingId)
    return booking && planning.readCard(work, booking)
  })
}

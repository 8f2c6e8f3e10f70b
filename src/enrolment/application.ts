/** An application for a card, from the draft to the hand-over (domain.md 2.11). */

export const applicationStates = [
  'draft',
  'data-check',
  'correction-pending',
  'captured',
  'signed',
  'submitted',
  'sent-to-centre',
  'returned',
  'recapture',
  'approved',
  'printed',
  'shipped',
  'at-unit',
  'dispatched',
  'handed-over',
  'lost-in-transit',
  'reprint',
  'refused',
  'cancelled',
] as const
export type ApplicationState = (typeof applicationStates)[number]

/**
 * From each state, the states to which an application may go. The database has the same table
 * (`enrolment.legal_transition`), and a test compares them. A data check sends an application back to where it was:
 * before the capture at a counter, after it where a station captured it offline. From `approved` it follows its card.
 */
export const applicationTransitions: Record<ApplicationState, readonly ApplicationState[]> = {
  draft: ['data-check', 'refused', 'cancelled'],
  'data-check': ['correction-pending', 'captured', 'submitted', 'refused', 'cancelled'],
  'correction-pending': ['data-check', 'refused', 'cancelled'],
  captured: ['data-check', 'signed', 'cancelled'],
  signed: ['submitted', 'cancelled'],
  submitted: ['sent-to-centre', 'returned', 'data-check', 'correction-pending', 'refused', 'cancelled'],
  'sent-to-centre': ['approved', 'returned', 'refused', 'cancelled'],
  returned: ['recapture', 'correction-pending', 'data-check', 'refused', 'cancelled'],
  recapture: ['captured', 'refused', 'cancelled'],
  approved: ['printed', 'cancelled'],
  printed: ['shipped', 'at-unit', 'lost-in-transit', 'reprint', 'cancelled'],
  shipped: ['at-unit', 'lost-in-transit', 'reprint', 'cancelled'],
  'at-unit': ['dispatched', 'handed-over', 'lost-in-transit', 'reprint', 'cancelled'],
  dispatched: ['at-unit', 'handed-over', 'lost-in-transit', 'reprint', 'cancelled'],
  'lost-in-transit': ['reprint', 'at-unit', 'cancelled'],
  reprint: ['printed', 'cancelled'],
  'handed-over': [],
  refused: [],
  cancelled: [],
}

export const mayTransition = (from: ApplicationState, to: ApplicationState): boolean =>
  applicationTransitions[from].includes(to)

/** The card is made: from here the application follows it, and nobody withdraws, refuses or merges it. */
export const isAfterOrder = (state: ApplicationState): boolean =>
  ['printed', 'shipped', 'at-unit', 'dispatched', 'lost-in-transit'].includes(state)

export const isEndState = (state: ApplicationState): boolean => applicationTransitions[state].length === 0

/** Signed and not ended. A person has at most one, by an index of the database. */
export const isOpenState = (state: ApplicationState): boolean =>
  !['draft', 'data-check', 'correction-pending', 'captured'].includes(state) && !isEndState(state)

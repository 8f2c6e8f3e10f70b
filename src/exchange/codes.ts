/** Codes of the channel, which a browser reads too. Pure. */

export const questionKinds = [
  'number.request',
  'number.cancellation',
  'number.reinstatement',
  'account.request',
  'person.look-up',
  'card.order',
] as const
export type QuestionKind = (typeof questionKinds)[number]

/** How a question is answered; and the states in which it waits before. */
export const outcomes = ['granted', 'returned', 'rejected'] as const
export type CentreOutcome = (typeof outcomes)[number]
export const questionStates = ['waiting', 'sent', 'acknowledged', ...outcomes] as const
export type QuestionState = (typeof questionStates)[number]

/** For what a person of another province is asked about. */
export const lookUpPurposes = ['pupil-of-school-here', 'application-for-card', 'residence-check'] as const
export type LookUpPurpose = (typeof lookUpPurposes)[number]

/** The words that errands are told in, over the wire too. */

export const errandOwners = ['school', 'ward', 'family'] as const
export type ErrandOwner = (typeof errandOwners)[number]

/** What a defect is in the way of. */
export type Stop = 'card' | 'account' | 'exam'

/** What speaks for which side; the last two are what people said, and weigh more than the rest. */
export const evidences = [
  'silent',
  'roll-alone',
  'register-against-itself',
  'register-consistent',
  'digits-for-roll',
  'roll-gives-more',
  'another-roll-agrees',
  'digits-for-register',
  'register-gives-more',
  'nobody',
  'numberless',
  'papers',
  'register',
] as const
export type Evidence = (typeof evidences)[number]

export const errandStates = ['open', 'done', 'dropped'] as const
export type ErrandState = (typeof errandStates)[number]

/** How an open errand stands to its last day. */
export const errandDues = ['overdue', 'today', 'later'] as const
export type ErrandDue = (typeof errandDues)[number]

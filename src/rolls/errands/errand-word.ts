/** The codes of follow-ups, as they go over the wire too. */

export const errandOwners = ['school', 'ward', 'family'] as const
export type ErrandOwner = (typeof errandOwners)[number]

/** The steps that a defect blocks. */
export type Stop = 'card' | 'account' | 'exam'

/** Which side the evidence supports. The last two are answers of people, which outweigh the others. */
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

/** How an open follow-up stands to its last day. */
export const errandDues = ['overdue', 'today', 'later'] as const
export type ErrandDue = (typeof errandDues)[number]

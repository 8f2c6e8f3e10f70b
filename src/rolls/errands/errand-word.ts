/** The codes of follow-ups, as they go over the wire too. */

export const followUpOwners = ['school', 'ward', 'family'] as const
export type FollowUpOwner = (typeof followUpOwners)[number]

/** The steps that a defect blocks. */
export type BlockedStep = 'card' | 'account' | 'exam'

/** Which side the evidence supports. The last two are answers of people, which outweigh the others. */
export const followUpEvidences = [
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
export type FollowUpEvidence = (typeof followUpEvidences)[number]

export const followUpStates = ['open', 'done', 'dropped'] as const
export type FollowUpState = (typeof followUpStates)[number]

/** How an open follow-up stands to its last day. */
export const followUpDues = ['overdue', 'today', 'later'] as const
export type FollowUpDue = (typeof followUpDues)[number]

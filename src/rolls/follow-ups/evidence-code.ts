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

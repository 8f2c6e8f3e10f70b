/** Why a school is given numbers; the officer chooses one, and says in words what `other` is. */
export const releaseReasons = ['school-list', 'exam', 'education-records', 'card-or-account', 'other'] as const
export type ReleaseReason = (typeof releaseReasons)[number]

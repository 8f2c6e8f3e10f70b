/**
 * By which residence a child lives in a unit: any in force (permanent, temporary or current), or the permanent one
 * alone.
 */
export const homeKinds = ['any', 'permanent'] as const
export type HomeKind = (typeof homeKinds)[number]

/**
 * Where a child who lives here is in the school year: on a roll of a school that stands here; on another's; perhaps on
 * one; on none.
 */
export const residentChildCases = ['absent', 'undecided', 'enrolled-here', 'enrolled-elsewhere'] as const
/**
 * Who is on the rolls of schools that stand here besides: who lives elsewhere; in nobody's register; a row that
 * somebody has to decide.
 */
export const pupilCases = ['studies-here-lives-elsewhere', 'not-in-register', 'row-undecided'] as const
/** Children of the register who are counted apart. */
export const leftOutCases = ['dead', 'missing'] as const

export const outOfSchoolCases = [...residentChildCases, ...pupilCases, ...leftOutCases] as const
export type OutOfSchoolCase = (typeof outOfSchoolCases)[number]

/**
 * How the home that a roll tells stands to the register's. `register-ended`: the register has no home of the pupil any
 * more.
 */
export const homeComparisons = ['same', 'temporary-here', 'differs', 'register-ended', 'not-told'] as const
export type HomeComparison = (typeof homeComparisons)[number]

/**
 * What a differing home means, by the household: two or more of its children are told, and all name the same other
 * commune; or some do and others do not (perhaps with relatives); or it has one child on a roll, which tells neither.
 */
export const moveKinds = ['household', 'child', 'unclear'] as const
export type MoveKind = (typeof moveKinds)[number]

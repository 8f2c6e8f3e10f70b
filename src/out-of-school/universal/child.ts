/** Lists of universal education, each of the ages of its form. */
export const universalLists = ['preschool', 'primary', 'lower-secondary'] as const
export type UniversalList = (typeof universalLists)[number]

/**
 * Where a child of the list is in the school year: on a school's roll; perhaps on one, since a row waits to be looked
 * at; on none. `no-preschool-rolls`: too young for a school whose rolls come in, so nothing is known.
 */
export const universalCases = ['at-school', 'undecided', 'out-of-school', 'no-preschool-rolls'] as const
export type UniversalCase = (typeof universalCases)[number]

/** What came of a child on no roll. */
export const pursuitOutcomes = [
  'at-school',
  'at-school-elsewhere',
  'moved-away',
  'working',
  'ill-or-disabled',
  'not-found',
  'refuses',
] as const
export type PursuitOutcome = (typeof pursuitOutcomes)[number]

/** How well somebody reads: not at all; level 1, as after grade 3; level 2, as after primary school (NĐ20/2014). */
export const literacyLevels = ['illiterate', 'level-1', 'level-2'] as const
export type LiteracyLevel = (typeof literacyLevels)[number]

import { policy } from '../platform/law.ts'

/**
 * What the law says of a person's own pages, and the house's own limits. No row was compared with the text of its act
 * yet.
 */

/** Days that count as lately. */
export const latelyDays = policy('citizens.lately-days', 30)

/** Whoever turns this old this year or later may still be at school, and is spoken to as a pupil. */
export const lastAtSchool = policy('citizens.last-at-school', 18)

/** With fewer recovery codes left, a holder is told to make new ones. */
export const fewRecoveryCodes = 3

/** Minutes that a form waits in its browser while its person proves who they are again, and its longest sealed text. */
export const keptForm = { minutes: 10, characters: 3900 } as const

/**
 * Of long lists, how many entries a page shows at once and how many the paper to take along; and how many of a parent's
 * visits are read to find those for a child.
 */
export const shownOf = {
  looksOnPage: 40,
  signInsOnPage: 60,
  looksOnPaper: 40,
  othersOnPaper: 40,
  visitsRead: 1000,
  formerConsents: 30,
} as const

import { law, policy } from '../platform/law.ts'

/** What the law says of a person's own pages, and the house's own limits. */

const consentFor = ['nothing', 'processing', 'disclosure'] as const

/**
 * From which age a child agrees beside the parent, and to what: to any processing of its data; since 2026 to making its
 * private life known alone.
 */
export const childConsent = law<{ readonly age: number; readonly to: (typeof consentFor)[number] }>(
  'citizens.child-consent',
  [
    {
      from: '',
      value: { age: 7, to: 'nothing' },
      article: 'Art. 36(1): private life put on line, alone',
      source: 'NĐ56/2017',
      confidence: 'medium',
    },
    {
      from: '2023-07-01',
      value: { age: 7, to: 'processing' },
      article: 'Art. 20(2)',
      source: 'NĐ13/2023',
      confidence: 'high',
    },
    {
      from: '2026-01-01',
      value: { age: 7, to: 'disclosure' },
      article: 'Art. 24(2)',
      source: 'Law 91/2025/QH15',
      verifiedOn: '2026-11-29',
      confidence: 'high',
    },
  ],
  { words: consentFor },
)

/** How often a person may fetch the file of their own data, or its print, on one day. */
export const copiesADay = policy('citizens.copies-a-day', 10)

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

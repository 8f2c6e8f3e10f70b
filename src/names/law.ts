import type { Day } from '../platform/day.ts'
import { type Asking, law, ruleOn } from '../platform/law.ts'
import { cardTerm } from '../platform/terms/law.ts'

/**
 * The longest text that is read as a name, and as any other text of a list such as an address: characters as they were
 * written, before anything is decoded. An old encoding or a wrong reading takes two or three for a letter. What is
 * longer is refused, or stands as it came and is told to be too long; nothing of it is cut. Plain numbers: no row of
 * law.csv changes them.
 */
export const longestWritten = { name: 300, text: 1000 } as const

/** Whether the card is called "căn cước công dân" on that day, as the law of 2014 did. */
export const isCitizenCard = (day: Day, work: Asking): boolean => ruleOn(cardTerm, day, work) === 'can-cuoc-cong-dan'

/** Whether an old identity paper (chứng minh nhân dân) still shows who somebody is: to the end of 2024. */
export const oldPapers = law<'hold' | 'are-over'>(
  'names.old-identity-papers',
  [
    { from: '', value: 'hold', article: 'Art. 2', source: 'NĐ05/1999', confidence: 'medium' },
    {
      from: '2025-01-01',
      value: 'are-over',
      article: 'Art. 46(2)',
      source: 'LCC',
      verifiedOn: '2026-11-29',
      confidence: 'high',
    },
  ],
  { words: ['hold', 'are-over'] },
)

export const oldPapersHold = (day: Day, work: Asking): boolean => ruleOn(oldPapers, day, work) === 'hold'

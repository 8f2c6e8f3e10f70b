import type { Day } from '../platform/day.ts'
import { type Asking, law, ruleOn } from '../platform/law.ts'

/**
 * The longest text that is read as a name, and as any other text of a list such as an address: characters as they were
 * written, before anything is decoded. An old encoding or a wrong reading takes two or three for a letter. What is
 * longer is refused, or stands as it came and is told to be too long; nothing of it is cut. Plain numbers: no row of
 * law.csv changes them.
 */
export const longestWritten = { name: 300, text: 1000 } as const

/** What the law of a day calls the card, on papers and in messages. */
export const cardName = law<'can-cuoc-cong-dan' | 'can-cuoc'>(
  'names.card',
  [
    { from: '', value: 'can-cuoc-cong-dan', source: 'LCCCD' },
    { from: '2024-07-01', value: 'can-cuoc', source: 'LCC' },
  ],
  { words: ['can-cuoc-cong-dan', 'can-cuoc'] },
)

/** Whether the card is called "căn cước công dân" on that day, as the law of 2014 did. */
export const isCitizenCard = (day: Day, work: Asking): boolean => ruleOn(cardName, day, work) === 'can-cuoc-cong-dan'

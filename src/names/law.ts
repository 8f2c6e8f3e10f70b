import type { Day } from '../platform/day.ts'
import { type Asking, law, ruleOn } from '../platform/law.ts'

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

import { dayText, instantText } from '../../parts/formats.ts'
import type { Say } from '../base/language.tsx'
import type { Campaign, QuickSheet } from './search.ts'

/** What stands under the title of a paper of figures: whose they are, then which, of which day, since when known. */
export const sheetPaperLines = (say: Say, { title }: Campaign, sheet: QuickSheet): readonly string[] => [
  `${sheet.whole.unit.name}. ${title}`,
  say('paper-about', {
    metric: say(`metric-${sheet.metric}`),
    day: dayText(sheet.day),
    time: instantText(sheet.knownAt).time,
    edition: sheet.edition,
  }),
]

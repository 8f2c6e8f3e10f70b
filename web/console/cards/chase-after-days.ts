import { chasedAfter } from '../../../src/cards/law.ts'
import { latestOf } from '../../../src/platform/law.ts'

/** From so many days on the console proposes to chase a card that nobody collected. */
export const chasedAfterDays = latestOf(chasedAfter)

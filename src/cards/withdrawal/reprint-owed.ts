import type { GivenReason } from '../acts-with-reason.ts'
import { type Card, isComing } from '../card.ts'

/** No fault of the holder's (LCC Art. 24(1): an error that is printed on the card). */
export const isReprintOwed = ({ state }: Card, { code }: GivenReason): boolean =>
  code === 'misprinted' || (code === 'damaged' && isComing(state))

import { type Day, latestDay, yearsBetween } from '../platform/day.ts'
import { type Asking, ruleOn } from '../platform/law.ts'
import type { CardContent } from './content.ts'
import { layoutOn, portraitAge, termFor } from './law.ts'
import { type MrzLines, type MrzOptions, writeMrz } from './mrz.ts'

/** The kinds of cards that have been issued: CCCD (LCCCD, TT06/2021), căn cước from six and below six (TT16/2024). */
export const cardKinds = ['cccd', 'can-cuoc', 'can-cuoc-under-6'] as const
export type CardKind = (typeof cardKinds)[number]

/** What a card has by its day of issue, besides what its order froze. */
export type CardData = {
  readonly kind: CardKind
  readonly issuedOn: Day
  /** Absent on a card without term. */
  readonly expiresOn?: Day | undefined
  /** Three lines of thirty (mrz.ts). */
  readonly mrz: MrzLines
}

export function cardKindOn({ birthDate }: Pick<CardContent, 'birthDate'>, issuedOn: Day, work: Asking): CardKind {
  if (layoutOn(issuedOn, work) === '2021') return 'cccd'
  const isBelow = yearsBetween(latestDay(birthDate), issuedOn) < ruleOn(portraitAge, issuedOn, work)
  return isBelow ? 'can-cuoc-under-6' : 'can-cuoc'
}

/** Kind, term and zone of a card that is issued on a day. Throws as `writeMrz` does. */
export function cardDataOn(content: CardContent, issuedOn: Day, work: Asking, options?: MrzOptions): CardData {
  const expiresOn = termFor(content.birthDate, issuedOn, work)
  const kind = cardKindOn(content, issuedOn, work)
  return { kind, issuedOn, ...(expiresOn && { expiresOn }), mrz: writeMrz(content, expiresOn, options) }
}

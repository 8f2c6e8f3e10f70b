import type { Day } from '../platform/day.ts'

/** What a reason is given for. */
export const reasonedActs = ['cancel', 'block', 'revoke', 'withhold'] as const
export type ReasonedAct = (typeof reasonedActs)[number]

type CardReason = {
  readonly act: ReasonedAct
  readonly code: string
  /** From which day the law has it; absent where it always had. */
  readonly from?: Day
  /** Given by the house itself alone, and not by an officer's hand. */
  readonly by?: 'house'
  readonly source: string
}

const newLaw = '2024-07-01' as Day

/**
 * Why a card ends, is blocked or is withheld: a code, the days on which the code holds, and its source. The note has
 * all the rest.
 */
const cardReasons: readonly CardReason[] = [
  { act: 'cancel', code: 'refused', source: 'the application was refused (CC03)' },
  { act: 'cancel', code: 'withdrawn', source: 'the applicant withdrew it' },
  { act: 'cancel', code: 'entered-twice', source: 'entered by mistake' },
  { act: 'cancel', code: 'wrong-content', source: 'what was approved is wrong; it is applied for anew' },
  { act: 'cancel', code: 'died', source: 'the holder died' },
  { act: 'block', code: 'lost', source: 'the holder reported it lost' },
  { act: 'block', code: 'stolen', source: 'the holder reported it stolen' },
  { act: 'block', code: 'misused', source: 'somebody else used it' },
  { act: 'revoke', code: 'nationality-lost', source: 'LCCCD Art. 28(1), LCC Art. 29(1)' },
  { act: 'revoke', code: 'wrongly-issued', from: newLaw, source: 'LCC Art. 29(1)' },
  { act: 'revoke', code: 'altered', from: newLaw, source: 'LCC Art. 29(1)' },
  {
    act: 'revoke',
    code: 'misprinted',
    source: 'LCCCD Art. 23(1), LCC Art. 24(1): exchanged, since what is printed is wrong',
  },
  { act: 'revoke', code: 'damaged', source: 'LCCCD Art. 23, LCC Art. 24: damaged beyond use' },
  { act: 'revoke', code: 'never-found', source: 'LCCCD Art. 23(2), LCC Art. 24(2): lost' },
  { act: 'revoke', code: 'died', source: 'the holder died' },
  {
    act: 'revoke',
    code: 'replaced',
    by: 'house',
    source: 'LCCCD Art. 24(3), LCC Art. 25: the old card is taken in when the new one is handed over',
  },
  { act: 'revoke', code: 'lost-in-transit', by: 'house', source: 'did not arrive, and was declared lost' },
  { act: 'withhold', code: 'custody', source: 'LCCCD Art. 28(2), LCC Art. 29(2)' },
  { act: 'withhold', code: 'prison', source: 'LCCCD Art. 28(2), LCC Art. 29(2)' },
  { act: 'withhold', code: 'reform-school', source: 'LCCCD Art. 28(2), LCC Art. 29(2)' },
  { act: 'withhold', code: 'compulsory-education', source: 'LCCCD Art. 28(2), LCC Art. 29(2)' },
  { act: 'withhold', code: 'compulsory-detox', source: 'LCCCD Art. 28(2), LCC Art. 29(2)' },
]

/** The codes that an officer may give for an act on a day. */
export const reasonCodesFor = (act: ReasonedAct, day: Day): string[] =>
  cardReasons
    .filter(reason => reason.act === act && reason.by !== 'house' && (reason.from ?? '') <= day)
    .map(({ code }) => code)

export type GivenReason = {
  /** A code of the table for the act and the day. */
  readonly code: string
  /** In words, where there is more to say. */
  readonly note?: string | undefined
}

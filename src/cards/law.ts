import {
  asDay,
  birthday,
  bornBy,
  type Day,
  type LeapBirthday,
  latestDay,
  type PartialDay,
  yearsBetween,
} from '../platform/day.ts'
import { type Asking, type LawReference, law, policy, type Rule, referenceOn, ruleOn } from '../platform/law.ts'
import type { ReasonedAct } from './acts-with-reason.ts'
import type { Card } from './card.ts'

/**
 * What the law of a day says of cards: who is due one, who may apply, when a term ends and when a card is renewed.
 * Pure.
 */

/** From which age a card is due. */
export const dueAge = law('cards.due-age', [
  { from: '', value: 14, article: 'Art. 19', source: 'LCCCD', verifiedOn: '2026-11-29', confidence: 'high' },
  { from: '2024-07-01', value: 14, article: 'Art. 19', source: 'LCC', verifiedOn: '2026-11-29', confidence: 'high' },
])

/** The first day of cards with a personal number: no report of one can be of a day before it. */
export const firstCardDay = law<Day>('cards.first-day', [
  {
    from: '',
    value: asDay('2016-01-01'),
    article: 'Art. 38(1)',
    source: 'LCCCD',
    confidence: 'medium',
  },
])

/** From which age one is issued on request. */
export const applyAge = law('cards.apply-age', [
  { from: '', value: 14, article: 'Art. 19', source: 'LCCCD', verifiedOn: '2026-11-29', confidence: 'high' },
  { from: '2024-07-01', value: 0, article: 'Art. 19(3)', source: 'LCC', verifiedOn: '2026-11-29', confidence: 'high' },
])

/** At which ages a card is renewed. */
export const renewalAges = law<readonly number[]>('cards.renewal-ages', [
  { from: '', value: [25, 40, 60], article: 'Art. 21', source: 'LCCCD', verifiedOn: '2026-11-29', confidence: 'high' },
  {
    from: '2024-07-01',
    value: [14, 25, 40, 60],
    article: 'Art. 21(1)',
    source: 'LCC',
    verifiedOn: '2026-11-29',
    confidence: 'high',
  },
])

/** A card issued within this many years before a renewal age lasts until the next one. */
export const graceYears = law('cards.renewal-grace-years', [
  { from: '', value: 2, article: 'Art. 21(2)', source: 'LCCCD', verifiedOn: '2026-11-29', confidence: 'high' },
  { from: '2024-07-01', value: 2, article: 'Art. 21(2)', source: 'LCC', confidence: 'high' },
])

/** From which age a face is captured and stands on the card. */
export const portraitAge = law('cards.portrait-age', [
  { from: '', value: 0, article: 'Art. 18, 19', source: 'LCCCD', confidence: 'high' },
  {
    from: '2024-07-01',
    value: 6,
    article: 'Art. 23(2); Art. 3(4), 3(5)',
    source: 'LCC; TT16/2024/TT-BCA',
    verifiedOn: '2026-11-29',
    confidence: 'high',
  },
])

/**
 * Whose card names father and mother in its QR code: that of the kind for children below six, which has no face. Older
 * children's and adults' does not.
 */
export const parentsInCodeBelowAge = law('cards.parents-in-code-below-age', [
  { from: '', value: 0, article: 'annex', source: 'TT06/2021/TT-BCA', confidence: 'high' },
  {
    from: '2024-07-01',
    value: 6,
    article: 'Art. 3',
    source: 'TT16/2024/TT-BCA',
    verifiedOn: '2026-11-29',
    confidence: 'medium',
  },
])

/** The layout of a card, named by the year of its circular: what is printed on it, and where. */
export type CardLayout = '2021' | '2024'

/** Which layout a card has by its day of issue; it keeps it. */
export const cardLayout = law<CardLayout>(
  'cards.layout',
  [
    { from: '', value: '2021', article: 'Art. 18', source: 'LCCCD, TT06/2021/TT-BCA', confidence: 'high' },
    {
      from: '2024-07-01',
      value: '2024',
      article: 'Art. 18; Art. 3',
      source: 'LCC, TT16/2024/TT-BCA',
      verifiedOn: '2026-11-29',
      confidence: 'high',
    },
  ],
  { words: ['2021', '2024'] },
)

export type ExtendedTerms = { readonly from: Day; readonly before: Day; readonly to: Day }

/** Cards whose printed term ended `from` … `before`, both included, stay valid to the day before `to`. */
export const extendedTerms = law<ExtendedTerms>('cards.extended-terms', [
  {
    from: '',
    value: { from: asDay('2024-01-15'), before: asDay('2024-06-30'), to: asDay('2024-07-01') },
    article: 'Art. 46(1)',
    source: 'LCC',
    verifiedOn: '2026-11-29',
    confidence: 'high',
  },
])

/** From so many days on a card that nobody collected is to be chased (domain.md 8, pain 16). */
export const chasedAfter = policy('cards.chased-after-days', 30)

/**
 * The portrait on a chip: at most so many bytes, and pixels of 35 × 45 mm at 300 dots an inch (ICAO 9303-9, section
 * 3.2: 15 to 20 kB).
 */
export const chipPortrait = policy('cards.chip-portrait', { bytes: 20_000, width: 413, height: 531 })

/** Days that old cards are kept before they may be destroyed. */
export const oldCardsKept = policy('cards.old-cards-kept-days', 30)

const cancelled = ['refused', 'withdrawn', 'entered-twice', 'wrong-content', 'died'] as const
const blocked = ['lost', 'stolen', 'misused'] as const
const held = ['custody', 'prison', 'reform-school', 'compulsory-education', 'compulsory-detox'] as const
const revokedUnder2014 = ['nationality-lost', 'misprinted', 'damaged', 'never-found', 'died'] as const
const revokedUnder2023 = ['nationality-lost', 'wrongly-issued', 'altered', ...revokedUnder2014.slice(1)] as const

/**
 * The reasons that an officer may give for each act on a card, in the order of the screen; what else there is to say
 * stands in the note. The reasons `replaced` and `lost-in-transit` are given by the house alone.
 */
export const reasonsToCancel = law<readonly string[]>(
  'cards.reasons-to-cancel',
  [{ from: '', value: cancelled, source: 'house' }],
  { words: cancelled },
)
export const reasonsToBlock = law<readonly string[]>(
  'cards.reasons-to-block',
  [{ from: '', value: blocked, source: 'house' }],
  { words: blocked },
)

/**
 * Nationality lost, wrongly issued, altered: LCCCD Art. 28(1), LCC Art. 29(1). Misprinted or damaged, and so exchanged:
 * LCCCD Art. 23(1), LCC Art. 24(1). Lost and never found: Art. 23(2), 24(2).
 */
export const reasonsToRevoke = law<readonly string[]>(
  'cards.reasons-to-revoke',
  [
    { from: '', value: revokedUnder2014, article: 'Art. 23, 28(1)', source: 'LCCCD', confidence: 'high' },
    { from: '2024-07-01', value: revokedUnder2023, article: 'Art. 24, 29(1)', source: 'LCC', confidence: 'high' },
  ],
  { words: revokedUnder2023 },
)
export const reasonsToWithhold = law<readonly string[]>(
  'cards.reasons-to-withhold',
  [
    { from: '', value: held, article: 'Art. 28(2)', source: 'LCCCD', confidence: 'high' },
    { from: '2024-07-01', value: held, article: 'Art. 29(2)', source: 'LCC', confidence: 'high' },
  ],
  { words: held },
)

/**
 * On which ground the card of a record that was merged ends, where the person has another. The law of 2023 withdraws a
 * card that was issued against the rules; that of 2014 exchanges one whose data are wrong, and knows no other ground
 * that fits: an officer who doubts it asks PC06.
 */
export const groundOfMergedCard = law<string>(
  'cards.ground-of-merged-card',
  [
    { from: '', value: 'misprinted', article: 'Art. 23(1)(d)', source: 'LCCCD', confidence: 'low' },
    { from: '2024-07-01', value: 'wrongly-issued', article: 'Art. 29(1)', source: 'LCC', confidence: 'medium' },
  ],
  { words: revokedUnder2023 },
)

const reasonsByAct: Readonly<Record<ReasonedAct, Rule<readonly string[]>>> = {
  cancel: reasonsToCancel,
  block: reasonsToBlock,
  revoke: reasonsToRevoke,
  withhold: reasonsToWithhold,
}

/** Whether a card of that day of issue names its holder's parents. Of a birth known in part the latest day counts. */
export const namesParents = (birthDate: PartialDay, issuedOn: Day, work: Asking): boolean =>
  yearsBetween(latestDay(birthDate), issuedOn) < ruleOn(parentsInCodeBelowAge, issuedOn, work)

/** The layout of a card by its day of issue. */
export const layoutOn = (issuedOn: Day, work: Asking): CardLayout => ruleOn(cardLayout, issuedOn, work)

/** The codes that an officer may give for an act on a day. */
export const reasonCodesFor = (act: ReasonedAct, day: Day, work: Asking): readonly string[] =>
  ruleOn(reasonsByAct[act], day, work)

/**
 * A card is due from the fourteenth birthday (LCCCD Art. 19; LCC Art. 19). Before it, since 1 July 2024, on request
 * only.
 */
export const isOfCardAge = (bornOn: Day, day: Day, work: Asking, leap?: LeapBirthday) =>
  birthday(bornOn, ruleOn(dueAge, day, work), leap) <= day

/** The row of the law by which somebody needs a card, or another one in its place, on a day. */
export const lawOfNeed = (need: 'card' | 'card-renewal', day: Day, work: Asking): LawReference =>
  referenceOn(need === 'card' ? dueAge : renewalAges, day, work)

export const ageWhenDue = (day: Day, work: Asking): number => ruleOn(dueAge, day, work)

/** The age from which a card may be applied for: the same, and since 1 July 2024 any (LCC Art. 19(3)). */
export const ageToApply = (day: Day, work: Asking): number => ruleOn(applyAge, day, work)
export const mayApply = (bornOn: Day, day: Day, work: Asking, leap?: LeapBirthday) =>
  birthday(bornOn, ageToApply(day, work), leap) <= day

/**
 * The day on which a card's term ends: the first renewal birthday after its issue, or the next where it was issued
 * within two years before. Undefined = without term. LCCCD Art. 21, LCC Art. 21.
 */
export function termOf(bornOn: Day, issuedOn: Day, work: Asking, leap?: LeapBirthday): Day | undefined {
  const ahead = ruleOn(renewalAges, issuedOn, work).filter(age => birthday(bornOn, age, leap) > issuedOn)
  const [next, later] = ahead
  if (next === undefined) return undefined
  const age = issuedOn >= birthday(bornOn, next - ruleOn(graceYears, issuedOn, work), leap) ? later : next
  return age === undefined ? undefined : birthday(bornOn, age, leap)
}

/**
 * The same for a birth that may be known in part. The latest day that it leaves open counts: a term is printed and
 * cannot be put off later, so a card must not end before its holder is certainly of the age; and who was taken for the
 * younger when they applied stays so.
 */
export const termFor = (birthDate: PartialDay, issuedOn: Day, work: Asking): Day | undefined =>
  termOf(latestDay(birthDate), issuedOn, work)

/** The day from which a card is due for renewal: the printed one, which is the birthday, unless it was put off. */
function renewedFrom(expiresOn: Day, day: Day, work: Asking): Day {
  const { from, before, to } = ruleOn(extendedTerms, day, work)
  return expiresOn >= from && expiresOn <= before ? to : expiresOn
}

/**
 * Whether a card is over: its printed day is the last on which it holds ("đến hết thời hạn được in trên thẻ", LCC Art.
 * 46(1)); terms that the law put off hold until the day before `to`.
 */
export function isTermOver(expiresOn: Day, day: Day, work: Asking): boolean {
  const { from, before, to } = ruleOn(extendedTerms, day, work)
  return expiresOn >= from && expiresOn <= before ? to <= day : expiresOn < day
}

/**
 * Whether the card in force must be renewed on that day: its holder has come to a renewal age that the card does not
 * reach over (an extract may lack the term). On the birthday itself it may be renewed, and still holds.
 */
export function mustRenew(
  card: Pick<Card, 'state' | 'issuedOn' | 'expiresOn'>,
  bornOn: Day | undefined,
  day: Day,
  work: Asking,
  leap?: LeapBirthday,
): boolean {
  if (card.state === 'expired') return true
  if (card.expiresOn) return renewedFrom(card.expiresOn, day, work) <= day
  if (!bornOn || !card.issuedOn) return false
  const term = termOf(bornOn, card.issuedOn, work, leap)
  return term !== undefined && renewedFrom(term, day, work) <= day
}

/** The law of a day as cut-offs, for statements over many people; `isOfCardAge` and `mustRenew` say the same of one. */
export type LawOfDay = {
  /** A card is due for who was born by this day. */
  readonly dueBornBy: Day
  /** Who was born by `bornBy` is past the age; a card issued from `years` years after birth on reaches over it. */
  readonly renewals: readonly { readonly bornBy: Day; readonly years: number }[]
  /** Cards whose terms end `from` … `before`, both included, hold until the day before `to` instead. */
  readonly extended: ExtendedTerms
}

export function lawOn(day: Day, work: Asking, leap?: LeapBirthday): LawOfDay {
  const grace = ruleOn(graceYears, day, work)
  return {
    dueBornBy: bornBy(day, ruleOn(dueAge, day, work), leap),
    renewals: ruleOn(renewalAges, day, work).map(age => ({ bornBy: bornBy(day, age, leap), years: age - grace })),
    extended: ruleOn(extendedTerms, day, work),
  }
}

/** Blanks that are taken in as one lot. */
export const largestBlankLot = 20_000

/** Cards in one batch of production. */
export const largestBatch = 5000

/** Cards on one list that is handed over. */
export const longestHandOverList = 500

/**
 * The scan of a signed list, and a signature: pictures are kept at most so large, and of a PDF at most so many
 * characters of structure are read.
 */
export const signedPictures = {
  sheetBytes: 10_000_000,
  mostPixels: 60_000_000,
  sheetKept: { width: 2480, height: 3508 },
  signatureKept: { width: 1200, height: 600 },
  pdfStructure: 400_000,
} as const

/** Minutes within which a reading of a chip is used for what it was made for: whoever showed the card stands there. */
export const chipReadingMinutes = policy('cards.chip-reading-minutes', 15)

const chipDemands = ['may', 'must'] as const

/** Whether the chip of a card must be read, or may be, before it is handed over at a counter. */
export const chipReadAtHandOver = law<(typeof chipDemands)[number]>(
  'cards.chip-read-at-hand-over',
  [{ from: '', value: 'may', source: 'house' }],
  { words: chipDemands },
)

/**
 * Where the program at the counter's reader (`card reader`) listens at the officer's own machine, and where the
 * console's page looks for it; 0 where no counter has a reader, and no page looks.
 */
export const counterReaderPort = policy('cards.counter-reader-port', 35_960)

/**
 * A reading of a chip before an officer. Its own card has some 150 commands; `commands` lets one with files of 300 kB
 * through. `answerBytes`: of one answer, by far more than any that is asked for. After its time the portrait of the
 * chip stays in memory for `portraitSeconds` more, so that the officer compares it.
 */
export const chipReadingLimits = {
  seconds: 180,
  commands: 3000,
  answerBytes: 2048,
  ofOfficer: 2,
  atOnce: 100,
  portraitSeconds: 300,
} as const

import { birthday, type Day, type LeapBirthday } from '../platform/day.ts'
import { type Asking, law, policy, ruleOn } from '../platform/law.ts'
import {
  type ApplicationKind,
  type ApplicationReason,
  applicationReasons as allReasons,
  type Capture,
  type FeeExemption,
  feeExemptions,
  type SignerRelation,
  signerRelations,
} from './capture.ts'

/**
 * The law of applications, by the day on which they are taken: which requests and forms there are, who is captured, who
 * is represented, how long it may take and what it costs; and the house's own limits. Pure.
 */

export type FormVersion = { readonly code: string; readonly version: string }

/** Which reasons the law of the day has for each kind of request. */
export const reasons = law<Readonly<Record<ApplicationKind, readonly ApplicationReason[]>>>(
  'enrolment.reasons',
  [
    {
      from: '',
      value: {
        'first-issue': ['first'],
        exchange: ['renewal-age', 'damaged', 'name', 'appearance', 'sex', 'hometown', 'printed-wrong', 'on-request'],
        're-issue': ['lost', 'nationality-regained'],
      },
      article: 'Art. 19, 21, 23',
      source: 'LCCCD',
      verifiedOn: '2026-11-29',
      confidence: 'high',
    },
    {
      from: '2024-07-01',
      value: {
        'first-issue': ['first'],
        exchange: [
          'renewal-age',
          'name-or-birth-date',
          'appearance',
          'sex',
          'printed-wrong',
          'units-rearranged',
          'number-renewed',
          'on-request',
        ],
        're-issue': ['lost', 'damaged', 'nationality-regained'],
      },
      article: 'Art. 19, 24',
      source: 'LCC',
      verifiedOn: '2026-11-29',
      confidence: 'high',
    },
  ],
  { words: [...allReasons] },
)

type FormSet = Readonly<Record<'capture' | 'receipt' | 'refusal' | 'account', FormVersion>>

/**
 * The form that is printed at the capture, checked and signed; the receipt; the refusal. The same codes meant other
 * forms before 1 July 2024 (domain.md 2D). Titles of the set of 2023 were not seen: its versions name the circular that
 * they are taken to be of.
 */
// biome-ignore format: a table of law
export const forms = law<FormSet>('enrolment.forms', [
  {
    from: '',
    value: {
      capture: { code: 'CC02', version: 'TT66/2015' }, receipt: { code: 'CC03', version: 'TT66/2015' },
      refusal: { code: 'TB', version: 'TT59/2021' },   account: { code: 'TK01', version: 'NĐ59/2022' },
    },
    article: 'CC02, CC03 of TT66/2015', source: 'TT66/2015; TT59/2021; NĐ59/2022', confidence: 'medium',
  },
  {
    from: '2024-07-01',
    value: {
      capture: { code: 'CC01', version: 'TT17/2024' }, receipt: { code: 'CC02', version: 'TT17/2024' },
      refusal: { code: 'CC03', version: 'TT17/2024' }, account: { code: 'TK01', version: 'NĐ69/2024' },
    },
    article: 'CC01–CC03; annex of NĐ69/2024', source: 'TT17/2024; NĐ69/2024', confidence: 'high',
  },
  {
    from: '2025-07-01',
    value: {
      capture: { code: 'CC01', version: 'TT17/2024' }, receipt: { code: 'CC02', version: 'TT17/2024' },
      refusal: { code: 'CC03', version: 'TT53/2025' }, account: { code: 'TK01', version: 'NĐ69/2024' },
    },
    article: 'CC01–CC03; annex of NĐ69/2024', source: 'TT17/2024; TT53/2025; NĐ69/2024', confidence: 'medium',
  },
])

/** Who is younger is represented (LCCCD knew no such cards). */
export const ownAge = law('enrolment.own-age', [
  { from: '', value: 14, article: 'Art. 19', source: 'LCCCD', verifiedOn: '2026-11-29', confidence: 'high' },
  { from: '2024-07-01', value: 14, article: 'Art. 23', source: 'LCC', verifiedOn: '2026-11-29', confidence: 'high' },
])

/**
 * Who may act for a grown person who has lost the capacity to act, or has difficulty in perceiving and controlling what
 * they do: the natural guardians of the Civil Code, and one whom a court named. A court's decision shows both.
 */
export const wardRelations = law<readonly SignerRelation[]>(
  'enrolment.ward-relations',
  [
    {
      from: '',
      value: ['spouse', 'father', 'mother', 'child', 'guardian'],
      article: 'Art. 22(2); Art. 53, 54',
      source: 'LCCCD; Civil Code 91/2015',
      confidence: 'medium',
    },
    {
      from: '2024-07-01',
      value: ['spouse', 'father', 'mother', 'child', 'guardian'],
      article: 'Art. 23(3); Art. 53, 54',
      source: 'LCC; Civil Code 91/2015',
      confidence: 'medium',
    },
  ],
  { words: signerRelations },
)

/** Of who is younger neither face nor fingers are taken. */
export const captureAge = law('enrolment.capture-age', [
  { from: '', value: 14, article: 'Art. 19', source: 'LCCCD', verifiedOn: '2026-11-29', confidence: 'high' },
  { from: '2024-07-01', value: 6, article: 'Art. 23(2)', source: 'LCC', verifiedOn: '2026-11-29', confidence: 'high' },
])

/** Whether eyes are captured beside face and fingers. */
export const iris = law<boolean>('enrolment.iris', [
  { from: '', value: false, article: 'Art. 22', source: 'LCCCD', confidence: 'high' },
  {
    from: '2024-07-01',
    value: true,
    article: 'Art. 23(1)(b)',
    source: 'LCC',
    verifiedOn: '2026-11-29',
    confidence: 'high',
  },
])

export const lawfulReasons = (kind: ApplicationKind, day: Day, work: Asking): readonly ApplicationReason[] =>
  ruleOn(reasons, day, work)[kind]
export const formsOn = (day: Day, work: Asking) => ruleOn(forms, day, work)
export const capturesIris = (day: Day, work: Asking): boolean => ruleOn(iris, day, work)

/** Whether somebody signs and acts for the person. */
export const isRepresented = (bornOn: Day, day: Day, work: Asking, leap?: LeapBirthday): boolean =>
  birthday(bornOn, ruleOn(ownAge, day, work), leap) > day

/** Whether face and fingers are taken of the person. */
export const isCaptured = (bornOn: Day, day: Day, work: Asking, leap?: LeapBirthday): boolean =>
  birthday(bornOn, ruleOn(captureAge, day, work), leap) <= day

/**
 * How many working days the law gives, as a whole and step by step. From which day they count, and which days work, is
 * of src/units/working-days.ts.
 */

/** What a district is, as far as time limits go. */
export type ProcessingPlace = 'city' | 'remote' | 'elsewhere'

type ProcessingDays = Readonly<Record<ProcessingPlace, Readonly<Record<ApplicationKind, number>>>>

/**
 * Working days from a complete application to the card: of the law of 2014, which the minister shortened (Art. 25(4))
 * to two days to send the data, three to make the card and two to bring it, everywhere alike; then of the law of 2023.
 */
// biome-ignore format: a table of law
export const wholeLimits = law<ProcessingDays>('enrolment.working-days', [
  {
    from: '',
    value: {
      city:      { 'first-issue': 7,  exchange: 7,  're-issue': 15 },
      remote:    { 'first-issue': 20, exchange: 20, 're-issue': 20 },
      elsewhere: { 'first-issue': 15, exchange: 15, 're-issue': 15 },
    },
    article: 'Art. 25', source: 'LCCCD', verifiedOn: '2026-11-29', confidence: 'high',
  },
  {
    from: '2021-07-01',
    value: {
      city:      { 'first-issue': 7, exchange: 7, 're-issue': 7 },
      remote:    { 'first-issue': 7, exchange: 7, 're-issue': 7 },
      elsewhere: { 'first-issue': 7, exchange: 7, 're-issue': 7 },
    },
    article: 'LCCCD Art. 25(4)', source: 'TT60/2021/TT-BCA',
    verifiedOn: '2026-11-29', confidence: 'medium',
  },
  {
    from: '2024-07-01',
    value: {
      city:      { 'first-issue': 7, exchange: 7, 're-issue': 7 },
      remote:    { 'first-issue': 7, exchange: 7, 're-issue': 7 },
      elsewhere: { 'first-issue': 7, exchange: 7, 're-issue': 7 },
    },
    article: 'Art. 26', source: 'LCC', verifiedOn: '2026-11-29', confidence: 'high',
  },
])

/** The same, by the law of the day on which it was taken. */
export const workingDaysFor = (
  kind: ApplicationKind,
  processingPlace: ProcessingPlace,
  day: Day,
  work: Asking,
): number => ruleOn(wholeLimits, day, work)[processingPlace][kind]

type LegalBasis = { readonly reason: string; readonly articles: readonly string[] }

/**
 * The articles on which an application is refused, by reason, one a line on the notice; `other` is for all the rest:
 * who may have a card at all.
 */
export const legalBasis = law<readonly LegalBasis[]>('enrolment.legal-basis-of-refusal', [
  {
    from: '',
    value: [
      { reason: 'other', articles: ['Luật Căn cước công dân số 59/2014/QH13, Điều 19'] },
      {
        reason: 'data-unproved',
        articles: ['Luật Căn cước công dân số 59/2014/QH13, Điều 22', 'Thông tư 59/2021/TT-BCA'],
      },
      {
        reason: 'person-twice',
        articles: ['Luật Căn cước công dân số 59/2014/QH13, Điều 22', 'Thông tư 59/2021/TT-BCA'],
      },
      { reason: 'card-not-needed', articles: ['Luật Căn cước công dân số 59/2014/QH13, Điều 21, Điều 23'] },
    ],
    article: 'Art. 19, 21–23',
    source: 'LCCCD',
    confidence: 'medium',
  },
  {
    from: '2024-07-01',
    value: [
      { reason: 'other', articles: ['Luật Căn cước số 26/2023/QH15, Điều 19'] },
      {
        reason: 'data-unproved',
        articles: ['Luật Căn cước số 26/2023/QH15, Điều 23', 'Nghị định 70/2024/NĐ-CP, Điều 6'],
      },
      {
        reason: 'person-twice',
        articles: ['Luật Căn cước số 26/2023/QH15, Điều 23', 'Nghị định 70/2024/NĐ-CP, Điều 6'],
      },
      { reason: 'card-not-needed', articles: ['Luật Căn cước số 26/2023/QH15, Điều 21, Điều 24'] },
    ],
    article: 'Art. 19, 21, 23, 24',
    source: 'LCC',
    confidence: 'medium',
  },
])

/** The articles for a reason, by the law of a day. */
export function legalBasisOf(code: string, day: Day, work: Asking): readonly string[] {
  const rows = ruleOn(legalBasis, day, work)
  return (rows.find(({ reason }) => reason === code) ?? rows.find(({ reason }) => reason === 'other'))?.articles ?? []
}

const urbanName = /^(thành phố|thị xã)\s/i

/** Districts that are highland, border or island ones: codes of 2023, from common knowledge (domain.md 5). */
export const remoteDistricts = law<readonly string[]>('enrolment.remote-districts', [
  {
    from: '',
    value: ['194', '198', '199', '201', '202', '203', '207'],
    article: 'Art. 25(1)',
    source: 'LCCCD; which districts these are: not seen',
    confidence: 'low',
  },
])

/**
 * A city of the border is both; the longer limit is what the law allows there, the shorter what people expect: it is a
 * city.
 */
export const processingPlaceOf = (
  district: { readonly code: string; readonly name: string } | undefined,
  day: Day,
  work: Asking,
): ProcessingPlace => {
  if (!district) return 'elsewhere'
  if (urbanName.test(district.name)) return 'city'
  return ruleOn(remoteDistricts, day, work).includes(district.code) ? 'remote' : 'elsewhere'
}

/** How many working days something may be stuck in a step before it is overdue (after TT60/2021; domain.md 2C, 7.3). */
export const stepDays = policy('enrolment.step-working-days', {
  'counter-hole': 1,
  'captured-not-received': 1,
  'begun-not-finished': 1,
  held: 1,
  'refused-packet': 1,
  'received-not-landed': 0,
  'chain-broken': 1,
  'begun-not-submitted': 2,
  'received-not-checked': 2,
  'received-not-approved': 3,
  'waits-for-correction': 2,
  'returned-not-acted': 2,
  'approved-not-produced': 3,
  'produced-not-sent': 2,
  'produced-not-received': 2,
  'missing-from-box': 1,
  'stray-in-box': 1,
  'received-not-handed-over': 5,
  'at-school-not-handed-over': 5,
  uncollected: 5,
  'ended-not-destroyed': 2,
  'owed-not-remade': 2,
  'elsewhere-not-produced': 7,
  'elsewhere-not-received': 5,
  'card-ends': 40,
  'card-lost': 5,
  'number-changed': 10,
  'chip-not-the-card': 1,
  'account-not-decided': 3,
  'account-at-centre': 3,
  'account-not-told': 2,
  'account-not-activated': 5,
  'message-lost': 5,
})

/**
 * How many working days the steps that follow need at least, where somebody waits for a card: the day of a step is
 * never so late that the deadline of the law or of a campaign cannot be kept any more. After the 2 + 3 + 2 working days
 * of TT60/2021: the unit checks, the centre approves and makes, the card comes back. What is not named has none ahead.
 */
export const daysAhead = policy('enrolment.working-days-ahead', {
  'begun-not-submitted': 7,
  'received-not-checked': 5,
  'received-not-approved': 4,
  'approved-not-produced': 2,
  'produced-not-sent': 1,
  'elsewhere-not-produced': 2,
  'card-ends': 7,
})

/** From so many days before a card ends its holder is to be called for another. */
export const cardEndsSoon = policy('enrolment.card-ends-soon-days', 60)

/** Working days that a unit has to act on what was sent back, and on what waited for a correction. */
export const actWithin = policy('enrolment.act-within-working-days', { sentBack: 2, corrected: 1 })

/** Nothing more of a packet has come for so many hours: it is stuck; one that is here and was not taken up, minutes. */
export const stuckAfter = policy('enrolment.stuck-after', { quietHours: 24, waitingMinutes: 10 })

/** Days that pieces of a packet that is needed no more are kept after the last of them came. */
export const piecesKept = policy('enrolment.pieces-kept-days', 30)

/** Days after the end of an application that the unit that took it still sees it, and whose it was. */
export const caseOpenDays = policy('enrolment.case-open-days', 30)

/** Days that an officer may capture without being seen by the house: an island has no line for a week. */
export const grantDays = policy('enrolment.grant-days', 10)

/** A packet is held where its station's clock was off by more than so many minutes. */
export const heldFromClockMinutes = policy('enrolment.clock-tolerance-minutes', 10)

export type Fees = {
  /** From an older kind of paper to the card of the day, where nothing else is changed. */
  readonly newKindOf: readonly NonNullable<Capture['oldCard']>['kind'][]
  readonly newKind: number
  readonly exchange: number
  readonly reissue: number
  /** Free for everyone. A card that was printed wrong is free where the agency erred alone: `feeExemptions`. */
  readonly free: readonly ApplicationReason[]
}

/** What a card costs, in đồng. The source is written on the receipt. */
// biome-ignore format: a table of law
export const fees = law<Fees>('enrolment.fees', [
  {
    from: '',
    value: {
      newKindOf: ['cmnd'], newKind: 30_000, exchange: 50_000, reissue: 70_000,
      free: ['first', 'renewal-age', 'units-rearranged'],
    },
    article: 'Art. 4, 5', source: 'Thông tư 59/2019/TT-BTC', verifiedOn: '2026-11-29', confidence: 'high',
  },
  {
    from: '2024-10-21',
    value: {
      newKindOf: ['cccd'], newKind: 30_000, exchange: 50_000, reissue: 70_000,
      free: ['first', 'renewal-age', 'units-rearranged'],
    },
    article: 'Art. 4(1); LCC Art. 38', source: 'Thông tư 73/2024/TT-BTC', verifiedOn: '2026-11-29', confidence: 'high',
  },
])

/** The part of it that is asked for, in per cent. */
// biome-ignore format: a table of law
export const feeShare = law('enrolment.fee-per-cent', [
  { from: '', value: 100, article: 'Art. 4: no reduction', source: 'Thông tư 59/2019/TT-BTC', confidence: 'high' },
  {
    from: '2021-01-01', value: 50, article: 'Art. 1',
    source: 'Thông tư 112/2020/TT-BTC', verifiedOn: '2026-11-29', confidence: 'high',
  },
  { from: '2021-07-01', value: 50, article: 'Art. 1', source: 'Thông tư 47/2021/TT-BTC', confidence: 'medium' },
  {
    from: '2022-01-01', value: 50, article: 'Art. 1',
    source: 'Thông tư 120/2021/TT-BTC', verifiedOn: '2026-11-29', confidence: 'high',
  },
  {
    from: '2022-07-01', value: 100, article: 'Art. 1',
    source: 'Thông tư 120/2021/TT-BTC', verifiedOn: '2026-11-29', confidence: 'high',
  },
  { from: '2023-07-01', value: 50, article: 'Art. 1', source: 'Thông tư 44/2023/TT-BTC', confidence: 'medium' },
  { from: '2024-01-01', value: 100, article: 'Art. 1', source: 'Thông tư 44/2023/TT-BTC', confidence: 'medium' },
  { from: '2024-07-01', value: 50, article: 'Art. 1', source: 'Thông tư 43/2024/TT-BTC', confidence: 'medium' },
  {
    from: '2024-10-21', value: 50, article: 'Art. 4(2)',
    source: 'Thông tư 73/2024/TT-BTC', verifiedOn: '2026-11-29', confidence: 'high',
  },
  {
    from: '2025-01-01', value: 100, article: 'Art. 4(2)',
    source: 'Thông tư 73/2024/TT-BTC', verifiedOn: '2026-11-29', confidence: 'high',
  },
  {
    from: '2025-07-01', value: 50, article: 'Art. 1',
    source: 'Thông tư 64/2025/TT-BTC', verifiedOn: '2026-11-29', confidence: 'high',
  },
  {
    from: '2027-01-01', value: 100, article: 'Art. 1',
    source: 'Thông tư 64/2025/TT-BTC', verifiedOn: '2026-11-29', confidence: 'high',
  },
])

/** The part that is asked for where the application was filed online; the smaller of both holds. */
// biome-ignore format: a table of law
export const feeShareOnline = law('enrolment.fee-per-cent-online', [
  { from: '', value: 100, article: 'Art. 4: no reduction', source: 'Thông tư 59/2019/TT-BTC', confidence: 'high' },
  {
    from: '2025-01-01', value: 50, article: 'Art. 4(3)',
    source: 'Thông tư 73/2024/TT-BTC', verifiedOn: '2026-11-29', confidence: 'high',
  },
  {
    from: '2026-01-01', value: 100, article: 'Art. 4(3)',
    source: 'Thông tư 73/2024/TT-BTC', verifiedOn: '2026-11-29', confidence: 'high',
  },
])

/**
 * Who owes nothing, where evidence is recorded: an error of the agency; children; the elderly; the disabled; people of
 * merit and their kin; ethnic minorities in communes of special hardship; who lives in a border commune, or on an
 * island district, since 1 July 2025 in a special zone (đặc khu); poor households; orphans under eighteen.
 */
// biome-ignore format: a table of law
export const feeExemptionsOfDay = law<readonly FeeExemption[]>('enrolment.fee-exemptions', [
  {
    from: '',
    value: ['agency-error', 'merit', 'minority-hardship', 'border-commune', 'island', 'poor-household', 'orphan'],
    article: 'Điều 5', source: 'Thông tư 59/2019/TT-BTC', verifiedOn: '2026-11-29', confidence: 'high',
  },
  {
    from: '2024-10-21',
    value: [
      'agency-error', 'child', 'elderly', 'disabled', 'merit', 'minority-hardship', 'border-commune', 'island',
      'poor-household',
    ],
    article: 'Điều 5', source: 'Thông tư 73/2024/TT-BTC', verifiedOn: '2026-11-29', confidence: 'high',
  },
  {
    from: '2025-07-01',
    value: [
      'agency-error', 'child', 'elderly', 'disabled', 'merit', 'minority-hardship', 'border-commune', 'island',
      'poor-household',
    ],
    article: 'Điều 5', source: 'Thông tư 73/2024/TT-BTC; Thông tư 71/2025/TT-BTC', verifiedOn: '2026-11-29',
    confidence: 'medium',
  },
], { words: feeExemptions })

/** Below and from which age the birth date alone is the evidence. */
export const feeExemptAges = law('enrolment.fee-exempt-ages', [
  {
    from: '',
    value: { childBelow: 16, elderlyFrom: 60 },
    article: 'Art. 1; Art. 2',
    source: 'Law on Children 102/2016/QH13; Law on the Elderly 39/2009/QH12',
    verifiedOn: '2026-11-29',
    confidence: 'high',
  },
])

/** Days of fees that are counted at once: a year. A plain number. */
export const longestFeeSpan = 366

/**
 * A station's own numbers. It works without the server, so no installation changes them: minutes until a machine that
 * nobody touches locks itself; days that packets are kept after their receipt, since a damaged disk is found in days,
 * but a backup may have to be fetched from another place, and the older ones of a month be tried; signs of a secret;
 * minutes by which the clock may stand behind what was seen before, until the station locks and reads no list; seconds
 * by which it may jump against the machine's own watch, until the officer is warned; after
 * how many tries a finger of poor quality is kept despite it, with a reason; and below room for how many people an
 * officer is warned, and packets that the server has are deleted.
 */
export const stationLimits = {
  idleMinutes: 15,
  packetsKeptDays: 30,
  secretLength: 8,
  lockedFromClockBehindMinutes: 5,
  clockJumpSeconds: 60,
  fingerTriesBeforeDespite: 3,
  littleRoomForPeople: 40,
  diskReserveMegabytes: 32,
} as const

/**
 * Minutes until a packet that failed to process is tried again, after each failure; after the last it is quarantined.
 * The first pause is short, because mostly the database was away.
 */
export const packetRetryPauses = policy<readonly number[]>(
  'enrolment.packet-retry-pauses-minutes',
  [0.5, 5, 20, 80, 320],
)

/*
 * Limits of what stations send, and from which quality on an officer looks. Plain numbers: no row of law.csv changes
 * them, since a station checks some of them without the server.
 */

/** The largest picture, packet and piece of a packet, in bytes. A station refuses more before it seals. */
export const largestPicture = 3 * 1024 * 1024
export const largestPacket = 8 * 1024 * 1024
export const largestPacketPiece = 1024 * 1024

/** Characters of a station's signed manifest: what it tells of the packets that it still holds. */
export const largestManifest = 400_000

/**
 * By how many a packet's number may be ahead of the last one seen: a station seals a few hundred a day, and each number
 * that is missing below is listed as a gap.
 */
export const packetsAhead = 10_000

/** Minutes after which a packet that was not processed has lost its job or failed, and is tried again. */
export const packetLostAfterMinutes = 5

/** Width of a portrait in pixels. */
export const portraitWidth = { least: 360, most: 6000 } as const

/**
 * A finger with a lower quality is hard to match: the station asks for it again, and an officer is told. 0 to 100 by
 * the device's measure; most follow NFIQ 2 (ISO/IEC 29794-4), where 40 is what MOSIP's registration client asks for.
 */
export const poorFingerQuality = 40

/**
 * An iris with a lower quality is hard to match, by the device's measure (ISO/IEC 29794-6): the station asks for it
 * again, and an officer is told.
 */
export const poorIrisQuality = 50

/** The reason in a packet for eyes that were not taken since no device was there; the finding tells it from others. */
export const noIrisDevice = 'Trạm không có máy chụp mống mắt'

/**
 * A portrait in which the face engine finds no face, or that it cannot read: `left` to the officers, who see that it
 * was not compared, or `looked-at`, so that no application goes on before one of them has said why.
 */
export const unmatchedFaces = law<'left' | 'looked-at'>(
  'enrolment.unmatched-faces',
  [{ from: '', value: 'left', source: 'house' }],
  { words: ['left', 'looked-at'] },
)

/** How captured people are searched by an engine of somebody else's (engine-search/). */
export const engineSearchLimits = {
  /** People of one search whom an officer is told; how many there were is told beside it. */
  people: 10,
  /** Tries, some ten minutes in all, after which no application waits for the engine any longer: an officer is told. */
  attempts: 7,
  /** Minutes after which a search that has not begun has lost its job. */
  lostAfterMinutes: 60,
  /** Searches and references that one run takes up of those that were left. */
  takenUpAtOnce: 500,
} as const

/** Below this probability that two are one person no officer looks; it is linkage's own limit of doubt. */
export const leastLikelySamePerson = 0.02

import { birthday, type Day, type LeapBirthday } from '../platform/day.ts'
import type { ApplicationKind, Reason } from './capture.ts'

/**
 * The law of applications, by the day on which they are taken: which requests and forms there are, who is captured, who
 * is represented, and how long it may take.
 */

type Regime = {
  readonly from: Day | ''
  /** Which reasons the law of the day has for each kind of request. */
  readonly reasons: Readonly<Record<ApplicationKind, readonly Reason[]>>
  /**
   * The form that is printed at the capture, checked and signed; the receipt; the refusal. The same codes meant other
   * forms before 1 July 2024 (domain.md 2D).
   */
  readonly forms: { readonly capture: Form; readonly receipt: Form; readonly refusal: Form; readonly account: Form }
  /** Who is younger is represented; who is younger than `without biometrics` is not captured at all. */
  readonly ownFrom: number
  readonly captureFrom: number
  /** Whether eyes are captured beside face and fingers. */
  readonly iris: boolean
  readonly source: string
}

export type Form = { readonly code: string; readonly version: string }

/**
 * Requests and forms, each regime from its day. Titles of the set of 2023 were not seen: its versions name the circular
 * that they are taken to be of.
 */
// biome-ignore format: a table of law
const regimes: readonly Regime[] = [
  {
    from: '',
    reasons: {
      'first-issue': ['first'],
      exchange:      ['renewal-age', 'name-or-birth-date', 'appearance', 'sex', 'printed-wrong', 'on-request'],
      're-issue':    ['lost', 'nationality-regained'],
    },
    forms: {
      capture: { code: 'CC02', version: 'TT66/2015' }, receipt: { code: 'CC03', version: 'TT66/2015' },
      refusal: { code: 'TB', version: 'TT59/2021' },   account: { code: 'TK01', version: 'NĐ59/2022' },
    },
    ownFrom: 14, captureFrom: 14, iris: false,
    source: 'LCCCD Art. 19, 21, 23; TT59/2021; NĐ59/2022',
  },
  {
    from: '2024-07-01' as Day,
    reasons: {
      'first-issue': ['first'],
      exchange:      ['renewal-age', 'name-or-birth-date', 'appearance', 'sex', 'printed-wrong', 'units-rearranged', 'number-renewed', 'on-request'],
      're-issue':    ['lost', 'damaged', 'nationality-regained'],
    },
    forms: {
      capture: { code: 'CC01', version: 'TT17/2024' }, receipt: { code: 'CC02', version: 'TT17/2024' },
      refusal: { code: 'CC03', version: 'TT17/2024' }, account: { code: 'TK01', version: 'NĐ69/2024' },
    },
    ownFrom: 14, captureFrom: 6, iris: true,
    source: 'LCC Art. 19, 23, 24; NĐ70/2024; TT17/2024; NĐ69/2024',
  },
  {
    from: '2025-07-01' as Day,
    reasons: {
      'first-issue': ['first'],
      exchange:      ['renewal-age', 'name-or-birth-date', 'appearance', 'sex', 'printed-wrong', 'units-rearranged', 'number-renewed', 'on-request'],
      're-issue':    ['lost', 'damaged', 'nationality-regained'],
    },
    forms: {
      capture: { code: 'CC01', version: 'TT17/2024' }, receipt: { code: 'CC02', version: 'TT17/2024' },
      refusal: { code: 'CC03', version: 'TT53/2025' }, account: { code: 'TK01', version: 'NĐ69/2024' },
    },
    ownFrom: 14, captureFrom: 6, iris: true,
    source: 'as before; TT53/2025',
  },
]

const regimeOn = (day: Day): Regime => regimes.findLast(({ from }) => from <= day) ?? (regimes[0] as Regime)

export const reasonsOf = (kind: ApplicationKind, day: Day): readonly Reason[] => regimeOn(day).reasons[kind]
export const formsOn = (day: Day): Regime['forms'] => regimeOn(day).forms
export const capturesIris = (day: Day): boolean => regimeOn(day).iris

/**
 * Whether somebody signs and acts for the person: below 14 a representative does (LCC Art. 23; LCCCD knew no such
 * cards).
 */
export const isRepresented = (bornOn: Day, day: Day, leap?: LeapBirthday): boolean =>
  birthday(bornOn, regimeOn(day).ownFrom, leap) > day

/** Below this age neither face nor fingers are taken (LCC Art. 23(2)). */
export const isCaptured = (bornOn: Day, day: Day, leap?: LeapBirthday): boolean =>
  birthday(bornOn, regimeOn(day).captureFrom, leap) <= day

/**
 * How many working days the law gives, as a whole and step by step. From which day they count, and which days work, is
 * the register's (working-day.ts).
 */

/** What a district is, as far as time limits go. */
export type PlaceKind = 'city' | 'remote' | 'elsewhere'

// biome-ignore format: a table of law
const wholes: readonly { readonly from: Day | ''; readonly days: Readonly<Record<PlaceKind, Readonly<Record<ApplicationKind, number>>>>; readonly source: string }[] = [
  {
    from: '',
    days: {
      city:      { 'first-issue': 7,  exchange: 7,  're-issue': 15 },
      remote:    { 'first-issue': 20, exchange: 20, 're-issue': 20 },
      elsewhere: { 'first-issue': 15, exchange: 15, 're-issue': 15 },
    },
    source: 'LCCCD Art. 25',
  },
  {
    from: '2024-07-01' as Day,
    days: {
      city:      { 'first-issue': 7, exchange: 7, 're-issue': 7 },
      remote:    { 'first-issue': 7, exchange: 7, 're-issue': 7 },
      elsewhere: { 'first-issue': 7, exchange: 7, 're-issue': 7 },
    },
    source: 'LCC Art. 26',
  },
]

/** Working days from a complete application to the card, by the law of the day on which it was taken. */
export const workingDaysFor = (kind: ApplicationKind, place: PlaceKind, day: Day): number =>
  (wholes.findLast(({ from }) => from <= day) ?? wholes[0])?.days[place][kind] ?? 7

const urban = /^(thành phố|thị xã)\s/i

/**
 * Districts that are highland, border or island ones (domain.md 5; from common knowledge, to be confirmed by the
 * operator): codes of 2023.
 */
const remote: readonly string[] = ['194', '198', '199', '201', '202', '203', '207']

/**
 * A city of the border is both; the longer limit is what the law allows there, the shorter what people expect: it is a
 * city.
 */
export const placeKindOf = (district: { readonly code: string; readonly name: string } | undefined): PlaceKind => {
  if (!district) return 'elsewhere'
  if (urban.test(district.name)) return 'city'
  return remote.includes(district.code) ? 'remote' : 'elsewhere'
}

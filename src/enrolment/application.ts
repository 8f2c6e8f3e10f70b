import { birthday, type Day, type LeapBirthday } from '../platform/day.ts'
import type { ApplicationKind, Reason } from './capture.ts'

/** An application for a card, from the first word to the card in the hand (domain.md 2.11). */

export const applicationStates = [
  'draft',
  'data-check',
  'correction-pending',
  'captured',
  'signed',
  'submitted',
  'sent-to-centre',
  'returned',
  'recapture',
  'approved',
  'printed',
  'shipped',
  'at-unit',
  'dispatched',
  'handed-over',
  'lost-in-transit',
  'reprint',
  'refused',
  'cancelled',
] as const
export type ApplicationState = (typeof applicationStates)[number]

/**
 * From each state, the states to which an application may go. The database has the same table (`enrolment.legal_move`); a test compares them. A data check sends an
 * application back to where it was: before the capture at a counter, after it where a station captured it without a line. From `approved` on it follows its card.
 */
export const moves: Record<ApplicationState, readonly ApplicationState[]> = {
  draft:                ['data-check', 'refused', 'cancelled'],
  'data-check':         ['correction-pending', 'captured', 'submitted', 'refused', 'cancelled'],
  'correction-pending': ['data-check', 'refused', 'cancelled'],
  captured:             ['data-check', 'signed', 'cancelled'],
  signed:               ['submitted', 'cancelled'],
  submitted:            ['sent-to-centre', 'returned', 'data-check', 'correction-pending', 'refused', 'cancelled'],
  'sent-to-centre':     ['approved', 'returned', 'refused', 'cancelled'],
  returned:             ['recapture', 'correction-pending', 'data-check', 'refused', 'cancelled'],
  recapture:            ['captured', 'refused', 'cancelled'],
  approved:             ['printed', 'cancelled'],
  printed:              ['shipped', 'at-unit', 'lost-in-transit', 'reprint', 'cancelled'],
  shipped:              ['at-unit', 'lost-in-transit', 'reprint', 'cancelled'],
  'at-unit':            ['dispatched', 'handed-over', 'lost-in-transit', 'reprint', 'cancelled'],
  dispatched:           ['at-unit', 'handed-over', 'lost-in-transit', 'reprint', 'cancelled'],
  'lost-in-transit':    ['reprint', 'at-unit', 'cancelled'],
  reprint:              ['printed', 'cancelled'],
  'handed-over':        [],
  refused:              [],
  cancelled:            [],
} // biome-ignore format: a table

export const mayMove = (from: ApplicationState, to: ApplicationState): boolean => moves[from].includes(to)

/** Its card is made: from here on it goes where the card goes, and nobody withdraws, refuses or merges it. */
export const followsCard = (state: ApplicationState): boolean =>
  ['printed', 'shipped', 'at-unit', 'dispatched', 'lost-in-transit'].includes(state)

export const isOver = (state: ApplicationState): boolean => moves[state].length === 0

/** Signed and not over: of a person one at most, by an index of the database. */
export const isUnderWay = (state: ApplicationState): boolean =>
  !['draft', 'data-check', 'correction-pending', 'captured'].includes(state) && !isOver(state)

type Regime = {
  readonly from: Day | ''
  /** Which reasons the law of the day has for each kind of request. */
  readonly reasons: Readonly<Record<ApplicationKind, readonly Reason[]>>
  /** The form that is printed at the capture, checked and signed; the receipt; the refusal. The same codes meant other forms before 1 July 2024 (domain.md 2D). */
  readonly forms: { readonly capture: Form; readonly receipt: Form; readonly refusal: Form; readonly account: Form }
  /** Who is younger is represented; who is younger than `without biometrics` is not captured at all. */
  readonly ownFrom: number
  readonly captureFrom: number
  /** Whether eyes are captured beside face and fingers. */
  readonly iris: boolean
  readonly source: string
}

export type Form = { readonly code: string; readonly version: string }

/** Requests and forms, each regime from its day. Titles of the set of 2023 were not seen: its versions name the circular that they are taken to be of. */
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

/** Whether somebody signs and acts for the person: below 14 a representative does (LCC Art. 23; LCCCD knew no such cards). */
export const isRepresented = (bornOn: Day, day: Day, leap?: LeapBirthday): boolean => birthday(bornOn, regimeOn(day).ownFrom, leap) > day

/** Below this age neither face nor fingers are taken (LCC Art. 23(2)). */
export const isCaptured = (bornOn: Day, day: Day, leap?: LeapBirthday): boolean => birthday(bornOn, regimeOn(day).captureFrom, leap) <= day

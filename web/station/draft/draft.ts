import type {
  ApplicationKind,
  ApplicationReason,
  Capture,
  CheckedField,
  SignerRelation,
  UndeclaredPerson,
} from '../../../src/enrolment/capture.ts'
import { makeReceiptCode, makeReceiptToken } from '../../../src/enrolment/receipts/receipt-code.ts'
import type { RosterPerson } from '../../../src/planning/rosters/contract-station.ts'
import type { Fingerprints } from '../capture/fingers/fingerprint-work.ts'
import type { ClockJump } from '../keep/trusted-clock.ts'
import { type Step, steps } from '../steps/step-order.ts'
import type { FingersTaken, PortraitTaken, SignatureTaken } from './captured-parts.ts'

/**
 * One person's capture while it is being done: as much of it as there is. It is kept at every step, and goes on where
 * it was.
 */

export type Checked =
  | { readonly verdict: 'right' }
  | { readonly verdict: 'wrong'; readonly said: string; readonly evidence: string }

export type PersonHere = {
  readonly id?: string
  readonly number: string
  readonly fullName: string
  readonly birthDate: string
  readonly sex: 'M' | 'F'
}

/** What form DC01 asks of somebody without a number; the form of the day is written when it is sealed. */
export type UndeclaredHere = Omit<UndeclaredPerson, 'form'>

export type OldCard = {
  readonly kind: 'cmnd' | 'cccd' | 'can-cuoc'
  readonly serial?: string
  readonly collected: boolean
}

export type AccountAsked = { readonly phone: string; readonly again: string; readonly agreedAt?: string }

export type SignerHere = {
  readonly kind: 'self' | 'representative'
  readonly name?: string
  readonly relation?: SignerRelation
  readonly number?: string
  readonly evidence?: string
}

export type Draft = {
  readonly application: string
  readonly session: string
  readonly entry: string
  readonly startedAt: string
  readonly step: Step
  /** The furthest step that was come to: from there on back, all can be looked at again. */
  readonly furthest: Step
  /** Where it is done, for the papers. */
  readonly place: string
  readonly source: 'roster' | 'walk-in'
  readonly person: PersonHere
  /** Of somebody without a number. */
  readonly undeclared?: UndeclaredHere
  /** All that the roster said of them, as it was when the capture began. */
  readonly known?: RosterPerson
  readonly check: Partial<Record<CheckedField, Checked>>
  readonly request: { readonly kind: ApplicationKind; readonly reason: ApplicationReason }
  /** When and by how much the machine's clock jumped while this was done. */
  readonly clockJumps?: readonly ClockJump[]
  /** Why this person, of whom a packet was sealed before, is captured again. */
  readonly again?: string
  /** What marks the person: đặc điểm nhận dạng. */
  readonly features?: string
  /** The card in hand is good, and the person asked for another all the same. */
  readonly askedFor?: boolean
  readonly oldCard?: OldCard
  /** What bears on the fee, as the officer recorded it. */
  readonly fee?: Capture['fee']
  readonly account?: 'declined' | AccountAsked
  readonly portrait?: PortraitTaken
  readonly fingers?: FingersTaken
  /** Fingers as far as they are taken, while some are still lacking. */
  readonly fingersBegun?: Fingerprints
  readonly signer: SignerHere
  readonly signature?: SignatureTaken
  /** The form was printed and the person found it right. */
  readonly foundRight?: boolean
  readonly receipt: { readonly code: string; readonly token: string }
}

export const newReceipt = (): Draft['receipt'] => ({
  code: makeReceiptCode(crypto.getRandomValues(new Uint8Array(8))),
  token: makeReceiptToken(crypto.getRandomValues(new Uint8Array(16))),
})

/** Goes to a step; how far one had come stays known. */
export const atStep = (draft: Draft, step: Step): Draft => ({
  ...draft,
  step,
  furthest: steps.indexOf(step) > steps.indexOf(draft.furthest) ? step : draft.furthest,
})

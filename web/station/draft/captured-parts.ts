import type { ComponentType } from 'react'
import type { Fingerprints } from '../capture/fingers/fingerprint-work.ts'
import type { Portrait } from '../capture/portrait/portrait-picture.ts'
import type { Signature } from '../capture/signature-pad.tsx'

/**
 * What is captured of a person, and what each component that captures it is given; nothing of how it is got.
 * `capture-steps/capture-components.ts` says which components answer.
 */

/** A live measure of a picture; one that was not made is `not-done`, never `good`. */
export type Measured = {
  readonly name: string
  readonly value?: number
  readonly minimum?: number
  readonly verdict: 'good' | 'poor' | 'not-done'
}

export type PortraitTaken = {
  readonly jpeg: Blob
  readonly measures: readonly Measured[]
  /** Taken although it fell short, and why. */
  readonly despite?: string
  readonly device?: string
  /** The device's own account of it, to look at it again. */
  readonly shot?: Portrait
}

export type FingerTaken = {
  /** As the Secure Biometric Interface names it: 'Left IndexFinger'. */
  readonly subtype: string
  /** 0 to 100. */
  readonly quality?: number
  readonly image: Blob
  /** The device's own signed record, a compact JWS. */
  readonly record?: string
  readonly deviceTrust: 'trusted' | 'not-trusted' | 'not-checked'
  readonly despite?: string
  readonly device?: string
}

export type FingersTaken = {
  readonly biometrics: readonly FingerTaken[]
  /** Fingers that are not there or could not be taken, each with its reason. */
  readonly exceptions: readonly { readonly subtype: string; readonly reason: string }[]
  /** The device's own account of it, to go on with; absent where no device was there. */
  readonly work?: Fingerprints
}

/** A signature, or why there is none. */
export type SignatureTaken = { readonly png?: Blob; readonly unable?: string; readonly kept?: Signature }

/**
 * What each component is given: what was taken before, and whom to tell. It tells `undefined` when what was taken is
 * given up.
 */
export type Taking<Taken> = {
  readonly taken: Taken | undefined
  readonly onTaken: (taken: Taken | undefined) => void
  /** The step is done: the person may go on. */
  readonly onNext: () => void
}

export type PortraitCapture = ComponentType<Taking<PortraitTaken>>
/** Fingers come slap by slap: what is not all of them yet is told as begun, and gone on with. */
export type TakingFingers = Taking<FingersTaken> & {
  readonly begun: Fingerprints | undefined
  readonly onBegun: (work: Fingerprints) => void
}
export type FingersCapture = ComponentType<TakingFingers>
export type SignatureCapture = ComponentType<Taking<SignatureTaken>>
/** Reads the QR of a card by camera and tells its line; a scanner that types needs none. */
export type QrCapture = ComponentType<{ readonly onLine: (line: string) => void; readonly onClose: () => void }>
/** The fingerprint device that answers on this machine, by what it calls itself. */
export type FindFingerDevice = () => Promise<string | undefined>

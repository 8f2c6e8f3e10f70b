import type { FindFingerDevice, FingersCapture, PortraitCapture, QrCapture, SignatureCapture } from './capture-seam.ts'
import { PlainFingers } from './plain/fingers.tsx'
import { PlainPortrait } from './plain/portrait.tsx'
import { PlainSignature } from './plain/signature.tsx'

/** Which components take portrait, fingers, signature and QR. Whoever brings better ones changes these lines, and nothing else. */

export const TakePortrait: PortraitCapture = PlainPortrait
export const TakeFingers: FingersCapture = PlainFingers
export const TakeSignature: SignatureCapture = PlainSignature
/** Absent: the QR comes from a scanner that types, or is typed. */
export const TakeQr: QrCapture | undefined = undefined as QrCapture | undefined
export const findFingerDevice: FindFingerDevice = async () => undefined

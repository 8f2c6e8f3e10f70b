import type {
  FindFingerDevice,
  FingersCapture,
  PortraitCapture,
  QrCapture,
  SignatureCapture,
} from '../draft/captured-parts.ts'
import { DeviceFingers, findScanner } from './fingers.tsx'
import { DevicePortrait } from './portrait.tsx'
import { DeviceQr } from './qr.tsx'
import { DeviceSignature } from './signature.tsx'

/**
 * Which components take portrait, fingers, signature and QR. Whoever brings better ones changes these lines, and
 * nothing else.
 */

export const TakePortrait: PortraitCapture = DevicePortrait
export const TakeFingers: FingersCapture = DeviceFingers
export const TakeSignature: SignatureCapture = DeviceSignature
export const TakeQr: QrCapture = DeviceQr
export const findFingerDevice: FindFingerDevice = findScanner

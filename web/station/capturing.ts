import type { FindFingerDevice, FingersCapture, PortraitCapture, QrCapture, SignatureCapture } from './capture-seam.ts'
import { DeviceFingers, findScanner } from './devices/fingers.tsx'
import { DevicePortrait } from './devices/portrait.tsx'
import { DeviceQr } from './devices/qr.tsx'
import { DeviceSignature } from './devices/signature.tsx'

/** Which components take portrait, fingers, signature and QR. Whoever brings better ones changes these lines, and nothing else. */

export const TakePortrait: PortraitCapture = DevicePortrait
export const TakeFingers: FingersCapture = DeviceFingers
export const TakeSignature: SignatureCapture = DeviceSignature
export const TakeQr: QrCapture = DeviceQr
export const findFingerDevice: FindFingerDevice = findScanner

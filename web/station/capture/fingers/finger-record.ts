import { type Finger, fingerNames, fingers } from './fingers.ts'

/** What a finger image record says of itself (ISO/IEC 19794-4:2011, tables 3 and 4). */
export type FingerRecord = {
  /** Undefined where the record leaves the position open (code 0). */
  readonly finger: Finger | undefined
  readonly width: number
  readonly height: number
  /** Of the image, in the unit that `perInch` tells. */
  readonly resolution: number
  readonly perInch: boolean
  readonly compression: Compression | undefined
  readonly image: Uint8Array
}

const compressions = ['raw', 'packed', 'wsq', 'jpeg', 'jpeg2000-lossy', 'jpeg2000', 'png'] as const
export type Compression = (typeof compressions)[number]

const format = 0x46495200 // "FIR", 0
const version2011 = 0x30323000 // "020", 0
const generalHeader = 16
/** Length 4, date and time 9, technology 1, vendor 2, type 2: what stands before the count of quality blocks. */
const beforeQuality = 18
const qualityBlock = 5
const certificationBlock = 3

/** Undefined where the bytes are no such record, or where the record is not whole. */
export function readFingerRecord(bytes: Uint8Array): FingerRecord | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (view.getUint32(0) !== format || view.getUint32(4) !== version2011) return undefined
    if (view.getUint32(8) !== bytes.byteLength || view.getUint16(12) < 1) return undefined
    const certified = view.getUint8(14) === 1
    let at = generalHeader + beforeQuality
    at += 1 + view.getUint8(at) * qualityBlock
    if (certified) at += 1 + view.getUint8(at) * certificationBlock
    const position = view.getUint8(at)
    const length = view.getUint32(at + 18)
    const start = at + 22
    if (start + length > bytes.byteLength) return undefined
    return {
      finger: fingers.find(finger => fingerNames[finger].position === position),
      perInch: view.getUint8(at + 2) === 1,
      resolution: view.getUint16(at + 7),
      compression: compressions[view.getUint8(at + 12)],
      width: view.getUint16(at + 14),
      height: view.getUint16(at + 16),
      image: bytes.subarray(start, start + length),
    }
  } catch {
    return undefined
  }
}

/** An iris image record with one eye (ISO/IEC 19794-6:2011, tables 2 to 4), as a device of the station gives it. */

export const eyes = ['left', 'right'] as const
export type EyeSide = (typeof eyes)[number]

/** As the Secure Biometric Interface names an eye, in what was taken; and as an exception names it. */
export const eyeNames: Readonly<Record<EyeSide, { readonly taken: string; readonly missing: string }>> = {
  left: { taken: 'Left', missing: 'Left Iris' },
  right: { taken: 'Right', missing: 'Right Iris' },
}

const imageFormats: Readonly<Record<number, 'raw' | 'jpeg2000' | 'png'>> = { 2: 'raw', 10: 'jpeg2000', 14: 'png' }

export type IrisRecord = {
  /** Undefined where the record leaves open which eye it is (label 0). */
  readonly eye: EyeSide | undefined
  readonly width: number
  readonly height: number
  readonly imageFormat: 'raw' | 'jpeg2000' | 'png'
  readonly image: Uint8Array
}

const format = 0x49495200 // "IIR", 0
const version2011 = 0x30323000 // "020", 0
const generalHeader = 16
/** Length 4, date and time 9, technology 1, vendor 2, type 2: what stands before the count of quality blocks. */
const beforeQuality = 18
const qualityBlock = 5
/** From the representation's number to the length of its image, the image itself beyond. */
const imageHeader = 33
/** Pixels: the standard’s own image has 640 × 480; one of less than a quarter of its width shows no iris to compare. */
const side = { least: 160, most: 4096 } as const

const isPixels = (pixels: number) => pixels >= side.least && pixels <= side.most

/** Undefined where the bytes are no such record, hold several eyes, or are not whole. */
export function readIrisRecord(bytes: Uint8Array): IrisRecord | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.byteLength < generalHeader + beforeQuality + 1 + imageHeader) return undefined
  if (view.getUint32(0) !== format || view.getUint32(4) !== version2011) return undefined
  if (view.getUint32(8) !== bytes.byteLength || view.getUint16(12) !== 1) return undefined
  if (view.getUint32(generalHeader) !== bytes.byteLength - generalHeader) return undefined
  const blocks = generalHeader + beforeQuality
  const at = blocks + 1 + view.getUint8(blocks) * qualityBlock
  const start = at + imageHeader
  if (start > bytes.byteLength) return undefined

  const [width, height] = [view.getUint16(at + 6), view.getUint16(at + 8)]
  const imageFormat = imageFormats[view.getUint8(at + 4)]
  const length = view.getUint32(at + 29)
  if (!imageFormat || !isPixels(width) || !isPixels(height) || start + length !== bytes.byteLength) return undefined
  if (imageFormat === 'raw' && length !== width * height) return undefined
  return {
    eye: ({ 1: 'right', 2: 'left' } as const)[view.getUint8(at + 2) as 1 | 2],
    width,
    height,
    imageFormat,
    image: bytes.subarray(start),
  }
}

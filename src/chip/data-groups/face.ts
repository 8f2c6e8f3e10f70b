import { Cursor, Malformed, onlyElement, readInteger } from '../der/read.ts'
import { bytesOf, element, integer } from '../der/write.ts'
import { groupTag } from './files.ts'

/**
 * DG2: the portrait as a facial record of ISO/IEC 19794-5:2005 within a biometric template (ICAO 9303-10, section
 * 4.7.2).
 */
export type FaceImage = {
  readonly image: Uint8Array
  readonly form: 'jpeg' | 'jpeg2000'
  readonly width: number
  readonly height: number
}

/** The markers of JPEG that begin a frame, and so tell its size (ITU-T T.81, table B.1). */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Width and height of a JPEG. Throws Malformed. */
export function jpegSize(image: Uint8Array): { readonly width: number; readonly height: number } {
  if (image[0] !== 0xff || image[1] !== 0xd8) throw new Malformed('the picture is no JPEG')
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength)
  for (let at = 2; at + 9 < image.length; at += 2 + view.getUint16(at + 2)) {
    if (image[at] !== 0xff) break
    if (isFrame(image[at + 1] ?? 0)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    if (view.getUint16(at + 2) < 2) break
  }
  throw new Malformed('the JPEG has no frame')
}

const recordHeader = 14
const faceHeader = 20
const imageHeader = 12
const format = Buffer.from('FAC\x00010\x00', 'latin1')

/** Frontal, JPEG, 24 bits of RGB, from a digital camera; what is not known of the face is left unspecified. */
function faceRecord(image: Uint8Array): Uint8Array {
  const { width, height } = jpegSize(image)
  const record = new DataView(new ArrayBuffer(recordHeader + faceHeader + imageHeader))
  const faceLength = faceHeader + imageHeader + image.length
  for (const [at, byte] of format.entries()) record.setUint8(at, byte)
  record.setUint32(8, recordHeader + faceLength)
  record.setUint16(12, 1)
  record.setUint32(14, faceLength)
  const at = recordHeader + faceHeader
  record.setUint8(at, 1)
  record.setUint16(at + 2, width)
  record.setUint16(at + 4, height)
  record.setUint8(at + 6, 1)
  record.setUint8(at + 7, 2)
  return bytesOf(new Uint8Array(record.buffer), image)
}

/** The header of the template: version 1.1, a face, of the owner and the kind that stand for ISO/IEC 19794-5. */
const templateHeader = element(0xa1, [
  element(0x80, Uint8Array.of(1, 1)),
  element(0x81, Uint8Array.of(2)),
  element(0x82, Uint8Array.of(0)),
  element(0x87, Uint8Array.of(1, 1)),
  element(0x88, Uint8Array.of(0, 8)),
])

/** The file DG2 of one JPEG. Throws Malformed. */
export const writeFaceGroup = (image: Uint8Array): Uint8Array<ArrayBuffer> =>
  element(
    groupTag(2),
    element(0x7f61, [integer(1), element(0x7f60, [templateHeader, element(0x5f2e, faceRecord(image))])]),
  )

function readFaceRecord(record: Uint8Array): FaceImage {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength)
  if (record.length < recordHeader + faceHeader + imageHeader) throw new Malformed('the facial record is too short')
  if (Buffer.compare(record.subarray(0, 8), format) !== 0)
    throw new Malformed('it is no facial record of ISO/IEC 19794-5')
  if (view.getUint32(8) !== record.length || view.getUint16(12) < 1)
    throw new Malformed('the facial record has a wrong length')
  const length = view.getUint32(14)
  const header = recordHeader + faceHeader + 8 * view.getUint16(18)
  const end = recordHeader + length
  if (end > record.length || header + imageHeader > end) throw new Malformed('the facial record has a wrong length')
  const kind = record[header + 1]
  if (kind !== 0 && kind !== 1) throw new Malformed('the portrait is neither JPEG nor JPEG 2000')
  return {
    image: record.subarray(header + imageHeader, end),
    form: kind === 0 ? 'jpeg' : 'jpeg2000',
    width: view.getUint16(header + 2),
    height: view.getUint16(header + 4),
  }
}

/** The first portrait. Throws Malformed. */
export function readFaceGroup(file: Uint8Array): FaceImage {
  const group = new Cursor(onlyElement(onlyElement(file, groupTag(2)).content, 0x7f61).content, 'DG2')
  if (readInteger(group.take(0x02)) < 1n) throw new Malformed('DG2 holds no face')
  const template = new Cursor(group.take(0x7f60).content, 'template of the face')
  template.take(0xa1)
  const record = template.maybe(0x5f2e) ?? template.take(0x7f2e)
  template.end()
  return readFaceRecord(record.content)
}

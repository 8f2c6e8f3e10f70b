/**
 * A JPEG as a facial record of ISO/IEC 19794-5:2011 (tables 2 and 3), which engines read from a block of format 8. What
 * is not known of the face stays unspecified; the picture is of the basic type, since nobody certified more.
 */

/** The markers of JPEG that begin a frame, and so tell its size (ITU-T T.81, table B.1). */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Width and height of a JPEG. Throws a RangeError. */
function sizeOfJpeg(picture: Uint8Array): { readonly width: number; readonly height: number } {
  const view = new DataView(picture.buffer, picture.byteOffset, picture.byteLength)
  if (picture[0] === 0xff && picture[1] === 0xd8)
    for (let at = 2; at + 9 < picture.length && picture[at] === 0xff; at += 2 + view.getUint16(at + 2)) {
      if (isFrame(picture[at + 1] ?? 0)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
      if (view.getUint16(at + 2) < 2) break
    }
  throw new RangeError('a face is a JPEG')
}

const generalHeader = 17
const representationHeader = 4 + 9 + 1 + 2 + 2 + 1
const facialInformation = 17
const imageInformation = 11
const imageLength = 4

/** Throws a RangeError where the picture is no JPEG. */
export function writeFaceRecord(picture: Uint8Array, capturedAt: Date): Uint8Array<ArrayBuffer> {
  const { width, height } = sizeOfJpeg(picture)
  const headers = representationHeader + facialInformation + imageInformation + imageLength
  const record = new Uint8Array(generalHeader + headers + picture.length)
  const view = new DataView(record.buffer)
  record.set(Buffer.from('FAC\x00030\x00', 'latin1'))
  view.setUint32(8, record.length)
  // One representation, not certified, of no series in time.
  view.setUint16(12, 1)
  let at = generalHeader
  view.setUint32(at, headers + picture.length)
  view.setUint16(at + 4, capturedAt.getUTCFullYear())
  record.set(
    [
      capturedAt.getUTCMonth() + 1,
      capturedAt.getUTCDate(),
      capturedAt.getUTCHours(),
      capturedAt.getUTCMinutes(),
      capturedAt.getUTCSeconds(),
    ],
    at + 6,
  )
  view.setUint16(at + 11, capturedAt.getUTCMilliseconds())
  at += representationHeader + facialInformation
  view.setUint16(at + 2, width)
  view.setUint16(at + 4, height)
  // RGB of 24 bits.
  record[at + 10] = 1
  view.setUint32(at + imageInformation, picture.length)
  record.set(picture, generalHeader + headers)
  return record
}

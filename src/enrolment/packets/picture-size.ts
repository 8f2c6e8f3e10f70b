/** Kind and size of a picture from its first bytes, without decoding. */
export type PictureSize = { readonly type: 'image/jpeg' | 'image/png'; readonly width: number; readonly height: number }

const startOfFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** ITU-T T.81 B.1.1: segments follow one another until the one that has the size. */
function jpegSize(bytes: Uint8Array): PictureSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (startOfFrame(marker))
      return { type: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    if (marker === 0xd9 || marker === 0xda) return undefined
    at += 2 + view.getUint16(at + 2)
  }
  return undefined
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** ISO/IEC 15948, 11.2.2: the header is the first chunk. */
function pngSize(bytes: Uint8Array): PictureSize | undefined {
  if (bytes.length < 24) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
}

/** Reads kind and size of a picture; undefined if it is neither JPEG nor PNG or is cut off before its size. */
export function readPictureSize(bytes: Uint8Array): PictureSize | undefined {
  const picture =
    bytes[0] === 0xff && bytes[1] === 0xd8
      ? jpegSize(bytes)
      : pngSignature.every((byte, at) => bytes[at] === byte)
        ? pngSize(bytes)
        : undefined
  return picture && picture.width > 0 && picture.height > 0 ? picture : undefined
}

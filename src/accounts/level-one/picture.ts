import sharp from 'sharp'

/**
 * A portrait as a phone sends it: read whole by a decoder, turned upright, freed of all that a camera writes beside it,
 * and made small enough to look at.
 */

/** What is taken of one picture. */
export const largestPicture = 5 * 1024 * 1024

/**
 * Of the shorter side: below it a face is not told from another; ICAO Doc 9303-9 asks for 90 pixels between the eyes,
 * which a portrait has from 360 on.
 */
const leastSide = 360
/** Above it no phone has made it; a small file may claim to be a wall. */
const mostPixels = 60_000_000
/** Taller or wider than that is no portrait. */
const mostStretched = 2.5
/** A picture of one colour, to the eye. */
const leastSpread = 6
const kept = { width: 1200, height: 1600 } as const

export type Portrait = { readonly jpeg: Buffer; readonly width: number; readonly height: number }
export type PictureFault =
  | 'picture-none'
  | 'picture-too-large'
  | 'picture-unreadable'
  | 'picture-too-small'
  | 'picture-stretched'
  | 'picture-blank'

export async function readPortrait(bytes: Buffer): Promise<Portrait | PictureFault> {
  if (bytes.length === 0) return 'picture-none'
  if (bytes.length > largestPicture) return 'picture-too-large'
  try {
    const source = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' })
    const { format, width = 0, height = 0 } = await source.metadata()
    if (format !== 'jpeg' && format !== 'png') return 'picture-unreadable'
    if (Math.min(width, height) < leastSide) return 'picture-too-small'
    if (Math.max(width, height) > mostStretched * Math.min(width, height)) return 'picture-stretched'
    const upright = source.rotate().flatten({ background: '#fff' }).toColourspace('srgb')
    const { data, info } = await upright
      .resize({ ...kept, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 90 })
      .toBuffer({ resolveWithObject: true })
    const { channels } = await sharp(data).stats()
    if (channels.every(({ stdev }) => stdev < leastSpread)) return 'picture-blank'
    return { jpeg: data, width: info.width, height: info.height }
  } catch {
    // A decoder that gives up says why in its own words, which are nobody's; what was sent is no picture.
    return 'picture-unreadable'
  }
}

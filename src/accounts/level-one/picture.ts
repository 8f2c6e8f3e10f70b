import sharp from 'sharp'

/** A portrait from a phone: decoded whole, turned upright, freed of all camera metadata and reduced in size. */

/** The largest file, in bytes. */
export const largestPicture = 5 * 1024 * 1024

/**
 * The least shorter side, in pixels: ICAO Doc 9303-9 requires 90 pixels between the eyes, which a portrait has from
 * 360.
 */
const leastSide = 360
/** No phone makes more; a small file may claim any size. */
const mostPixels = 60_000_000
/** A larger aspect ratio is no portrait. */
const mostStretched = 2.5
/** A lower spread of colours is a blank picture. */
const leastSpread = 6
const keptSize = { width: 1200, height: 1600 } as const

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
      .resize({ ...keptSize, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 90 })
      .toBuffer({ resolveWithObject: true })
    const { channels } = await sharp(data).stats()
    if (channels.every(({ stdev }) => stdev < leastSpread)) return 'picture-blank'
    return { jpeg: data, width: info.width, height: info.height }
  } catch {
    // A decoder's own error text is not shown; the file is no readable picture.
    return 'picture-unreadable'
  }
}

import { levelOnePicture } from '../law.ts'

/** A portrait from a phone: decoded whole, turned upright, freed of all camera metadata and reduced in size. */

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
  if (bytes.length > levelOnePicture.largestBytes) return 'picture-too-large'
  try {
    const { default: sharp } = await import('sharp')
    const source = sharp(bytes, { limitInputPixels: levelOnePicture.mostPixels, failOn: 'error' })
    const { format, width = 0, height = 0 } = await source.metadata()
    if (format !== 'jpeg' && format !== 'png') return 'picture-unreadable'
    if (Math.min(width, height) < levelOnePicture.leastSide) return 'picture-too-small'
    if (Math.max(width, height) > levelOnePicture.mostStretched * Math.min(width, height)) return 'picture-stretched'
    const upright = source.rotate().flatten({ background: '#fff' }).toColourspace('srgb')
    const { data, info } = await upright
      .resize({ ...levelOnePicture.kept, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 90 })
      .toBuffer({ resolveWithObject: true })
    const { channels } = await sharp(data).stats()
    if (channels.every(({ stdev }) => stdev < levelOnePicture.leastSpread)) return 'picture-blank'
    return { jpeg: data, width: info.width, height: info.height }
  } catch {
    // A decoder's own error text is not shown; the file is no readable picture.
    return 'picture-unreadable'
  }
}

import sharp from 'sharp'
import { readIrisRecord } from '../iris-record.ts'

/**
 * The image of an iris record, as a browser shows it; undefined of a record that cannot be read, and of JPEG 2000,
 * which browsers do not show.
 */
export async function irisPicture(bytes: Uint8Array): Promise<{ type: 'image/png'; bytes: Buffer } | undefined> {
  const record = readIrisRecord(bytes)
  if (record?.imageFormat === 'png') return { type: 'image/png', bytes: Buffer.from(record.image) }
  if (record?.imageFormat !== 'raw') return undefined
  const { width, height, image } = record
  return {
    type: 'image/png',
    bytes: await sharp(image, { raw: { width, height, channels: 1 } })
      .png()
      .toBuffer(),
  }
}

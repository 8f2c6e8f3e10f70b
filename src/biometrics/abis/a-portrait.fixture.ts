import sharp from 'sharp'
import type { BiometricPicture } from './pictures.ts'

/** A grey picture, in the form of a portrait. */
export const aPortrait = async (capturedAt = new Date('2026-12-01T02:03:04.005Z')): Promise<BiometricPicture> => ({
  modality: 'face',
  bytes: await sharp({ create: { width: 48, height: 64, channels: 3, background: '#889' } })
    .jpeg()
    .toBuffer(),
  capturedAt,
})

export const aFinger = (subtype = 'Left IndexFinger'): BiometricPicture => ({
  modality: 'finger',
  subtype,
  bytes: Uint8Array.of(0x46, 0x49, 0x52, 0, 0xfb, 0xef, 0xbe),
  quality: 71.4,
  capturedAt: new Date('2026-12-01T02:03:05.000Z'),
})

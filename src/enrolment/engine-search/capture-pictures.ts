import { type BiometricPicture, isKnownPicture, type Modality, nameOfPicture } from '../../biometrics/abis/pictures.ts'
import type { Work } from '../../platform/work.ts'
import { openCapture, takePart } from '../packets/open-capture.ts'
import { readPictureSize } from '../packets/picture-size.ts'
import type { StationKeys } from '../stations/keys.ts'
import type { Application } from '../store-application.ts'

export type CapturePictures = {
  /** Each finger, eye and face once. */
  readonly pictures: readonly BiometricPicture[]
  /** How many of the capture no engine can be given: missing, of an unknown finger, a face that is no JPEG. */
  readonly unusable: number
}

/** What readings are called in the log of who read what. */
export const readAs = { face: 'portrait', finger: 'fingerprint', iris: 'iris' } as const satisfies Record<
  Modality,
  string
>

export const fieldsOfPictures = (modalities: readonly Modality[]): string[] => modalities.map(one => readAs[one])

/**
 * The pictures of an application's capture, as an engine searches by them. Throws file-infected, file-not-scannable,
 * scanner-unreachable.
 */
export async function openPictures(
  work: Work,
  keys: StationKeys,
  application: Pick<Application, 'stationId' | 'packetHash'>,
): Promise<CapturePictures> {
  const opened = await openCapture(work, keys, application)
  const captured = opened?.capture.biometrics ?? []
  const pictures = new Map<string, BiometricPicture>()
  for (const { modality, subtype, part, quality } of captured) {
    const bytes = await takePart(opened, part)
    if (!opened || !bytes || bytes.length === 0 || !isKnownPicture(modality, subtype)) continue
    if (modality === 'face' && readPictureSize(bytes)?.type !== 'image/jpeg') continue
    const picture = {
      modality,
      ...(subtype !== undefined && { subtype }),
      bytes,
      ...(quality !== undefined && { quality }),
      capturedAt: new Date(opened.capture.clock.at),
    }
    if (!pictures.has(nameOfPicture(picture))) pictures.set(nameOfPicture(picture), picture)
  }
  return { pictures: [...pictures.values()], unusable: captured.length - pictures.size }
}

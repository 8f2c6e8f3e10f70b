/** The pictures of one person that an engine searches by. */

export type Modality = 'face' | 'finger' | 'iris'

export type BiometricPicture = {
  readonly modality: Modality
  /** As the Secure Biometric Interface names it: `Left IndexFinger`, `Right`. A face has none. */
  readonly subtype?: string
  /** Of a face a JPEG; of a finger the record of ISO/IEC 19794-4, of an eye that of 19794-6, as the device gave it. */
  readonly bytes: Uint8Array
  /** 0 to 100, by the device's own measure; left out where nobody measured. */
  readonly quality?: number
  readonly capturedAt: Date
}

export const fingerSubtypes = ['Left', 'Right'].flatMap(hand =>
  ['Thumb', 'IndexFinger', 'MiddleFinger', 'RingFinger', 'LittleFinger'].map(finger => `${hand} ${finger}`),
)

/** The kinds of pictures that are there, each once, in the order of the list. */
export const modalitiesOf = (pictures: readonly Pick<BiometricPicture, 'modality'>[]): Modality[] => [
  ...new Set(pictures.map(({ modality }) => modality)),
]

const subtypes: Readonly<Record<Modality, readonly (string | undefined)[]>> = {
  face: [undefined],
  finger: fingerSubtypes,
  iris: ['Left', 'Right'],
}

/** Whether it is a finger or an eye that engines know by this name; a face has none. */
export const isKnownPicture = (modality: Modality, subtype: string | undefined): boolean =>
  subtypes[modality].includes(subtype)

/** Which finger, eye or face it is: of one person each is there once. */
export const nameOfPicture = ({ modality, subtype = '' }: Pick<BiometricPicture, 'modality' | 'subtype'>): string =>
  `${modality} ${subtype}`

/** Throws a RangeError where there are none, one is empty or has a subtype that nobody knows, or one is there twice. */
export function requirePictures(pictures: readonly BiometricPicture[]): void {
  if (pictures.length === 0) throw new RangeError('a person is searched by at least one picture')
  const seen = new Set<string>()
  for (const { modality, subtype, bytes } of pictures) {
    if (!isKnownPicture(modality, subtype))
      throw new RangeError(`nobody knows the ${modality} ${subtype ?? 'without a subtype'}`)
    if (bytes.length === 0) throw new RangeError('a picture is empty')
    const name = nameOfPicture({ modality, ...(subtype !== undefined && { subtype }) })
    if (seen.has(name)) throw new RangeError('the same finger, eye or face is there twice')
    seen.add(name)
  }
}

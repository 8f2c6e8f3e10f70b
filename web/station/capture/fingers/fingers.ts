/** The ten fingers, in the order in which a slap device asks for them: four left, four right, both thumbs. */
export const fingers = [
  'left-little',
  'left-ring',
  'left-middle',
  'left-index',
  'right-index',
  'right-middle',
  'right-ring',
  'right-little',
  'left-thumb',
  'right-thumb',
] as const
export type Finger = (typeof fingers)[number]

/**
 * What is laid on the glass at once. `subId` is the part of the device that takes it (Secure Biometric Interface 0.9.5,
 * deviceSubId).
 */
export const slaps = [
  { name: 'left-four', subId: 1, fingers: ['left-little', 'left-ring', 'left-middle', 'left-index'] },
  { name: 'right-four', subId: 2, fingers: ['right-index', 'right-middle', 'right-ring', 'right-little'] },
  { name: 'thumbs', subId: 3, fingers: ['left-thumb', 'right-thumb'] },
] as const satisfies readonly { name: string; subId: number; fingers: readonly Finger[] }[]
export type Slap = (typeof slaps)[number]

/**
 * What each finger is called on the wire (Secure Biometric Interface, bioSubType), and its position code (ISO/IEC
 * 19794-4, finger position).
 */
export const fingerNames: Readonly<Record<Finger, { readonly wire: string; readonly position: number }>> = {
  'right-thumb': { wire: 'Right Thumb', position: 1 },
  'right-index': { wire: 'Right IndexFinger', position: 2 },
  'right-middle': { wire: 'Right MiddleFinger', position: 3 },
  'right-ring': { wire: 'Right RingFinger', position: 4 },
  'right-little': { wire: 'Right LittleFinger', position: 5 },
  'left-thumb': { wire: 'Left Thumb', position: 6 },
  'left-index': { wire: 'Left IndexFinger', position: 7 },
  'left-middle': { wire: 'Left MiddleFinger', position: 8 },
  'left-ring': { wire: 'Left RingFinger', position: 9 },
  'left-little': { wire: 'Left LittleFinger', position: 10 },
}

/** Beside fingers: the eyes, as the standard names them. */
export type Eye = 'left' | 'right'
const eyeNames: Readonly<Record<Eye, string>> = { left: 'Left', right: 'Right' }

export type Subtype = Finger | Eye

const wireNames = new Map<string, Subtype>([
  ...fingers.map(finger => [fingerNames[finger].wire, finger] as const),
  ...(['left', 'right'] as const).map(eye => [eyeNames[eye], eye] as const),
])

export const onTheWire = (subtype: Subtype): string =>
  subtype === 'left' || subtype === 'right' ? eyeNames[subtype] : fingerNames[subtype].wire
/** Undefined for UNKNOWN and for what the standard does not know. */
export const offTheWire = (name: string): Subtype | undefined => wireNames.get(name)

import { readFingerRecord } from './finger-record.ts'
import { type Finger, offTheWire, onTheWire, type Subtype, slaps } from './fingers.ts'
import { refuseError, SbiRefusal } from './sbi-refusal.ts'
import {
  askJson,
  fieldsOf,
  firstHash,
  firstPort,
  follows,
  lastPort,
  listOf,
  needPermission,
  textOf,
} from './sbi-wire.ts'
import { bytesOf, readSigned, type Trust, type TrustOptions, unsigned } from './signed.ts'

/**
 * Devices that speak the open Secure Biometric Interface (MOSIP, specification 0.9.5, which 1.0 keeps): found on ports
 * 4501 to 4600 of the machine itself, told apart, and asked to take fingers, eyes or a face. What they give is signed
 * by the device; here the signature, the chain of hashes and what the record says of itself are checked, and the signed
 * whole is kept for the packet.
 */

export type Modality = 'finger' | 'iris' | 'face'
const wireTypes: Readonly<Record<Modality, string>> = { finger: 'Finger', iris: 'Iris', face: 'Face' }
const modalityOf = (type: string) =>
  (['finger', 'iris', 'face'] as const).find(one => wireTypes[one].toLowerCase() === type.toLowerCase())

export type DeviceStatus = 'ready' | 'busy' | 'not-ready' | 'not-registered'
const statuses: Readonly<Record<string, DeviceStatus>> = {
  ready: 'ready',
  busy: 'busy',
  'not ready': 'not-ready',
  'not registered': 'not-registered',
}

export type Device = {
  readonly port: number
  readonly deviceId: string
  readonly deviceCode: string
  readonly subIds: readonly number[]
  readonly status: DeviceStatus
  readonly modality: Modality
  /** Slap, Single or Touchless; Single or Double; Full face. */
  readonly kind: string
  readonly make: string
  readonly model: string
  readonly serial: string
  readonly provider: string
  /** Staging, Developer, Pre-Production or Production; unknown until the device has told it signed. */
  readonly environment: string
  readonly specVersion: string
}

/** Of a device that has told of itself, signed. */
export type KnownDevice = Device & { readonly trust: Trust; readonly firmware: string }

const ports = Array.from({ length: lastPort - firstPort + 1 }, (_, at) => firstPort + at)
/** A port on which nothing listens is refused at once on most systems; Windows tries for two seconds. */
const discoveryTimeout = 2500
const infoTimeout = 8000
/** Beyond the time that the device itself is given. */
const grace = 4000

const remembered = 'sbi-port'
const store = typeof localStorage === 'undefined' ? undefined : localStorage

function deviceOf(port: number, told: Readonly<Record<string, unknown>>): Device | undefined {
  const id = unsigned(told['digitalId'])
  const modality = modalityOf(textOf(id['type']))
  if (!modality) return undefined
  return {
    port,
    deviceId: textOf(told['deviceId']),
    deviceCode: textOf(told['deviceCode']),
    subIds: listOf(told['deviceSubId']).map(Number),
    status: statuses[textOf(told['deviceStatus']).toLowerCase()] ?? 'not-ready',
    modality,
    kind: textOf(id['deviceSubType']),
    make: textOf(id['make']),
    model: textOf(id['model']),
    serial: textOf(id['serialNo']),
    provider: textOf(id['deviceProvider']),
    environment: textOf(told['env']),
    specVersion: listOf(told['specVersion']).map(textOf).at(-1) ?? '0.9.5',
  }
}

/** What one port says; an empty list where no device service listens there, or where its device is unplugged. */
async function devicesAt(port: number, modality: Modality, signal?: AbortSignal): Promise<readonly Device[]> {
  try {
    const answer = await askJson({
      port,
      method: 'MOSIPDISC',
      body: { type: wireTypes[modality] },
      signal,
      timeout: discoveryTimeout,
    })
    return listOf(answer).flatMap(one => deviceOf(port, fieldsOf(one)) ?? [])
  } catch (error) {
    if (error instanceof SbiRefusal) return []
    throw error
  }
}

export type Discovering = { readonly signal?: AbortSignal; readonly ports?: readonly number[] }

/**
 * The devices of one kind on this machine. The port that answered last time is asked first; only when it is silent are
 * all hundred asked, at once. Gives an empty list where there is none; throws `not-allowed` where the browser keeps the
 * page from its own machine.
 */
export async function discover(
  modality: Modality,
  { signal, ports: among = ports }: Discovering = {},
): Promise<readonly Device[]> {
  await needPermission(among[0] ?? firstPort, signal)
  const last = Number(store?.getItem(`${remembered}-${modality}`))
  if (among.includes(last)) {
    const devices = await devicesAt(last, modality, signal)
    if (devices.length) return devices
  }
  const devices = (await Promise.all(among.map(port => devicesAt(port, modality, signal)))).flat()
  const [first] = devices
  if (first) store?.setItem(`${remembered}-${modality}`, String(first.port))
  return devices
}

/** What the device says of itself, signed. Throws an SbiRefusal. */
export async function deviceInfo(
  device: Device,
  options: TrustOptions & { signal?: AbortSignal } = {},
): Promise<KnownDevice> {
  const answer = await askJson({
    port: device.port,
    method: 'MOSIPDINFO',
    signal: options.signal,
    timeout: infoTimeout,
  })
  for (const entry of listOf(answer).map(fieldsOf)) {
    const compact = textOf(entry['deviceInfo'])
    // A device that is not registered signs nothing: its error says so.
    if (compact.split('.').length !== 3) {
      refuseError(entry['error'])
      continue
    }
    const { claims, trust } = await readSigned(compact, options)
    if (textOf(claims['deviceId']) !== device.deviceId) continue
    refuseError(entry['error'])
    const { claims: digitalId } = await readSigned(textOf(claims['digitalId']), options)
    const told = deviceOf(device.port, { ...claims, digitalId })
    if (!told) throw new SbiRefusal('not-understood')
    if (claims['purpose'] && claims['purpose'] !== 'Registration') throw new SbiRefusal('not-for-enrolment')
    return { ...told, trust, firmware: textOf(claims['firmware']) }
  }
  refuseError(fieldsOf(answer)['error'])
  throw new SbiRefusal('no-device')
}

/** One finger, eye or face, as the device gave it. */
export type Biometric = {
  readonly modality: Modality
  /** Undefined for a face. */
  readonly subtype: Subtype | undefined
  /** 0 to 100, by the device's own measure. */
  readonly qualityScore: number
  readonly requestedScore: number
  /** The record of ISO/IEC 19794 (-4 fingers, -5 face, -6 iris). */
  readonly record: Uint8Array<ArrayBuffer>
  /** The signed whole, kept for the packet. */
  readonly signed: string
  readonly hash: string
  readonly previousHash: string
  readonly deviceCode: string
  /** By the device's clock, an ISO instant. */
  readonly capturedAt: string
  readonly trust: Trust
}

export type CaptureRequest = {
  readonly modality: Modality
  readonly subtypes: readonly Subtype[]
  /** Fingers or eyes that the person does not have, or that cannot be taken. */
  readonly exceptions?: readonly Subtype[]
  readonly requestedScore: number
  /** In milliseconds, as long as the device tries for the score. */
  readonly timeout: number
  /** Of the last block of this transaction; left out for the first. */
  readonly previousHash?: string
  readonly transactionId: string
}

/** The part of the device that takes these; 0 where it has no parts (Secure Biometric Interface 0.9.5, deviceSubId). */
export const subIdOf = (device: Device, subtypes: readonly Subtype[]): number => {
  const slap = slaps.find(({ fingers }) => (fingers as readonly Subtype[]).includes(subtypes[0] as Finger))
  if (device.modality === 'finger' && slap && device.subIds.includes(slap.subId)) return slap.subId
  if (device.modality === 'iris' && subtypes.length === 2)
    return device.subIds.includes(3) ? 3 : (device.subIds[0] ?? 0)
  return device.subIds.length === 1 ? device.subIds[0]! : 0
}

const bodyOf = (device: Device, request: CaptureRequest, at: Date) => ({
  env: device.environment || 'Production',
  purpose: 'Registration',
  specVersion: device.specVersion,
  timeout: String(request.timeout),
  captureTime: at.toISOString(),
  transactionId: request.transactionId,
  bio: [
    {
      type: wireTypes[request.modality],
      count: String(request.modality === 'face' ? 1 : request.subtypes.length),
      bioSubType: request.subtypes.map(onTheWire),
      exception: (request.exceptions ?? []).map(onTheWire),
      requestedScore: String(request.requestedScore),
      deviceId: device.deviceId,
      deviceSubId: String(subIdOf(device, request.subtypes)),
      previousHash: request.previousHash ?? firstHash,
    },
  ],
  customOpts: {},
})

/**
 * Asks the device to take what lies on it. Gives the best it got within the time, be the score reached or not, in the
 * device's order. Throws an SbiRefusal: the device's own error, a signature or chain that does not hold, a record of
 * another finger or transaction.
 */
export async function capture(
  device: Device,
  request: CaptureRequest,
  options: TrustOptions & { signal?: AbortSignal } = {},
): Promise<readonly Biometric[]> {
  const body = bodyOf(device, request, options.at ?? new Date())
  const asking = {
    port: device.port,
    method: 'RCAPTURE',
    body,
    signal: options.signal,
    timeout: request.timeout + grace,
  } as const
  const answer = fieldsOf(await askJson(asking))
  refuseError(answer['error'])
  const blocks = listOf(answer['biometrics']).map(fieldsOf)
  for (const block of blocks) refuseError(block['error'])
  if (!blocks.length) throw new SbiRefusal('nothing-on-glass')

  const taken: Biometric[] = []
  let previousHash = request.previousHash ?? firstHash
  for (const block of blocks) {
    const biometric = await readBlock(block, previousHash, request, options)
    previousHash = biometric.hash
    taken.push(biometric)
  }
  return taken
}

async function readBlock(
  block: Readonly<Record<string, unknown>>,
  previousHash: string,
  request: CaptureRequest,
  options: TrustOptions,
): Promise<Biometric> {
  const { claims, compact, trust } = await readSigned(textOf(block['data']), options)
  const hash = textOf(block['hash'])
  const bioValue = textOf(claims['bioValue'])
  if (!bioValue || !(await follows(hash, previousHash, bioValue))) throw new SbiRefusal('chain-broken')
  if (claims['transactionId'] !== request.transactionId) throw new SbiRefusal('another-transaction')

  const modality = modalityOf(textOf(claims['bioType']))
  const subtype = offTheWire(textOf(claims['bioSubType']))
  if (modality !== request.modality || (modality !== 'face' && !(subtype && request.subtypes.includes(subtype))))
    throw new SbiRefusal('another-finger')
  const record = bytesOf(bioValue)
  if (modality === 'finger') {
    const finger = readFingerRecord(record)
    if (!finger) throw new SbiRefusal('not-understood')
    if (finger.finger && finger.finger !== subtype) throw new SbiRefusal('another-finger')
  }
  return {
    modality,
    subtype: modality === 'face' ? undefined : subtype,
    qualityScore: scoreOf(claims['qualityScore']),
    requestedScore: scoreOf(claims['requestedScore']),
    record,
    signed: compact,
    hash,
    previousHash,
    deviceCode: textOf(claims['deviceCode']),
    capturedAt: textOf(claims['timestamp']),
    trust,
  }
}

/** A score that is no number is no score: it counts as none reached. */
const scoreOf = (value: unknown): number => {
  const score = Number(value)
  return Number.isFinite(score) ? Math.min(100, Math.max(0, score)) : 0
}

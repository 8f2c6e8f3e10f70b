import { randomBytes } from 'node:crypto'
import { now } from '../platform/clock.ts'
import { formatPartialDay } from '../platform/day.ts'
import { newId } from '../platform/ids.ts'
import type { Authority, OpenWork } from '../platform/work.ts'
import type { PersonSummary } from '../register/register.ts'
import { type Capture, type CapturePart, writeCapture } from './capture.ts'
import { stationAuthority } from './packets/packets.ts'
import { processPacket } from './packets/process-packet.ts'
import { receiveManifest, receiveWholePacket } from './packets/receive-packet.ts'
import { makeReceiptCode, makeReceiptToken } from './receipts/receipt-code.ts'
import { hashOfBytes, type PacketKey, sealPacket, signStatement } from './seal-packet.ts'
import type { PublicKeyJwk } from './stations/contract.ts'
import type { StationKeys } from './stations/keys.ts'
import { findStation, grantOfficer, registerStation } from './stations/stations.ts'

/**
 * A station of a demonstration, without a browser: it seals what it is given and sends it as every station does, so
 * that a demonstration has applications to look at. Its key ends with the process.
 */

export type DemonstrationCapture = {
  readonly person: PersonSummary
  /** Pictures as JPEG. */
  readonly portrait: Uint8Array<ArrayBuffer>
  readonly signature: Uint8Array<ArrayBuffer>
  /** What differs from the usual capture of somebody who has no card yet. */
  readonly more?: Partial<Pick<Capture, 'person' | 'check' | 'request' | 'account'>>
}

const measures = ['face', 'eyes', 'light', 'sharpness', 'pose', 'background'].map(name => ({
  name,
  value: 1,
  minimum: 0.5,
  verdict: 'good' as const,
}))

const p256 = { name: 'ECDSA', namedCurve: 'P-256' } as const

async function aStationKey(): Promise<{ signing: PacketKey; publicKey: PublicKeyJwk }> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(p256, false, ['sign', 'verify'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey)
  return { signing: privateKey, publicKey: { kty: 'EC', crv: 'P-256', x, y } }
}

const partOf = async (name: string, body: Uint8Array<ArrayBuffer>): Promise<CapturePart> => ({
  name,
  type: 'image/jpeg',
  bytes: body.length,
  sha256: await hashOfBytes(body),
})

/**
 * Registers a station of the officer's unit, at which that officer captures. What it gives back captures one person
 * after another, and answers with the application's id once the packet is processed or held.
 */
export async function openDemonstrationStation(
  openWork: OpenWork,
  keys: StationKeys,
  { officer, name }: { readonly officer: Authority; readonly name: string },
): Promise<(captured: DemonstrationCapture) => Promise<string>> {
  const id = newId<'station'>()
  const { signing, publicKey } = await aStationKey()
  await openWork(officer, work => registerStation(work, { id, name, publicKey }))
  const { grant } = await openWork(officer, work => grantOfficer(work, id, keys))
  let [counter, previous]: [number, string | null] = [0, null]

  return async ({ person, portrait, signature, more }) => {
    const at = now().toISOString()
    const random = new Uint8Array(randomBytes(16))
    const application = newId<'application'>()
    const { number = '', fullName, birthDate, sex } = person
    const capture: Capture = {
      capture: 1,
      application,
      source: 'walk-in',
      person: { number, fullName, birthDate: formatPartialDay(birthDate), sex },
      request: { kind: 'first-issue', reason: 'first' },
      form: { code: 'CC02', version: 'TT66/2015' },
      check: { verdict: 'right', wrong: [] },
      signer: { kind: 'self', part: 'signature' },
      biometrics: [{ part: 'portrait', modality: 'face', measures }],
      exceptions: [],
      receipt: { code: makeReceiptCode(random), token: makeReceiptToken(random) },
      officer: { id: officer.by.id, grant },
      clock: { at },
      parts: [await partOf('portrait', portrait), await partOf('signature', signature)],
      ...more,
    }
    const bodies = new Map([
      ['portrait', portrait],
      ['signature', signature],
    ])
    counter += 1
    const { bytes, hash } = await sealPacket(
      writeCapture(capture, bodies),
      { station: id, counter, previous, application, sealedAt: at },
      { centre: keys.centre, station: signing },
    )
    previous = hash
    const entry = { counter, application, hash, bytes: bytes.length, sealedAt: at }
    const manifest = { manifest: 1, station: id, at, head: counter, headHash: hash, entries: [entry] }
    const signed = await signStatement('dinhdanh-manifest', manifest, signing)
    await openWork(stationAuthority(id), work => receiveManifest(work, id, signed))
    const station = await openWork(stationAuthority(id), work => findStation(work, id))
    if (!station) throw new Error('the station of the demonstration is not registered')
    await receiveWholePacket(openWork, keys, { station, hash, bytes })
    await processPacket(openWork, keys, id, hash)
    return application
  }
}

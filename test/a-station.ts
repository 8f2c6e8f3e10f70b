import { randomBytes } from 'node:crypto'
import { type Capture, type CapturePart, writeCapture } from '../src/enrolment/capture.ts'
import { makeReceiptCode, makeReceiptToken } from '../src/enrolment/receipts/receipt-code.ts'
import { hashOfBytes, type Packet, type PacketKey, sealPacket, signStatement } from '../src/enrolment/seal-packet.ts'
import type { PublicKeyJwk } from '../src/enrolment/stations/contract.ts'
import { newId } from '../src/platform/ids.ts'

/**
 * A station as a laptop is one: a key of its own, a count, and the hash of the packet before. It shares with the house
 * the format of packets alone.
 */
export type AStation = {
  readonly id: string
  readonly publicKey: PublicKeyJwk
  readonly signing: PacketKey
  counter: number
  previous: string | null
  readonly packets: (Packet & { readonly session?: string | undefined })[]
}

export async function aStation(): Promise<AStation> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey)
  return {
    id: newId<'station'>(),
    publicKey: { kty: 'EC', crv: 'P-256', x, y },
    signing: privateKey,
    counter: 0,
    previous: null,
    packets: [],
  }
}

/** The smallest JPEG that has a size: start, a frame of 480 × 640, and filling up to the wanted length. */
export function aPortrait(bytes = 2000): Uint8Array<ArrayBuffer> {
  const head = [
    0xff, 0xd8, 0xff, 0xc0, 0x00, 0x11, 0x08, 0x02, 0x80, 0x01, 0xe0, 0x03, 0x01, 0x22, 0x00, 0x02, 0x11, 0x01, 0x03,
    0x11, 0x01,
  ]
  const picture = new Uint8Array(randomBytes(Math.max(bytes, head.length + 2)))
  picture.set(head)
  picture.set([0xff, 0xd9], picture.length - 2)
  return picture
}

export type Told = {
  readonly person: Capture['person']
  readonly officer: Capture['officer']
  readonly session?: string | undefined
  readonly source?: Capture['source']
  readonly phone?: string | undefined
  readonly at?: Date
  readonly portrait?: Uint8Array<ArrayBuffer>
  /** Further pictures, JPEG, by the names of their parts. */
  readonly pictures?: Readonly<Record<string, Uint8Array<ArrayBuffer>>> | undefined
  readonly application?: string
  readonly more?: Partial<Capture>
}

const goodMeasures = ['face', 'eyes', 'light', 'sharpness', 'pose', 'background'].map(name => ({
  name,
  value: 1,
  minimum: 0.5,
  verdict: 'good' as const,
}))

/** What a station takes down of a person who is in order. */
export async function aCapture({
  person,
  officer,
  session,
  source,
  phone,
  at = new Date(),
  portrait = aPortrait(),
  pictures = {},
  application,
  more,
}: Told) {
  const bodies = new Map([['portrait', portrait], ...Object.entries(pictures)])
  const parts: CapturePart[] = await Promise.all(
    [...bodies].map(async ([name, body]) => ({
      name,
      type: 'image/jpeg',
      bytes: body.length,
      sha256: await hashOfBytes(body),
    })),
  )
  const random = new Uint8Array(randomBytes(16))
  const capture: Capture = {
    capture: 1,
    application: application ?? newId<'application'>(),
    ...(session && { session }),
    source: source ?? (session ? 'roster' : 'walk-in'),
    person,
    request: { kind: 'first-issue', reason: 'first' },
    form: { code: 'CC02', version: 'TT66/2015' },
    check: { verdict: 'right', wrong: [] },
    ...(phone && { account: { phone, consent: { form: 'TK01', version: 'NĐ59/2022', at: at.toISOString() } } }),
    signer: { kind: 'self', unable: 'bút hỏng' },
    biometrics: [{ part: 'portrait', modality: 'face', measures: goodMeasures }],
    exceptions: [],
    receipt: { code: makeReceiptCode(random), token: makeReceiptToken(random) },
    officer,
    clock: { at: at.toISOString() },
    parts,
    ...more,
  }
  return { capture, bodies }
}

/** Seals a capture as the station's next packet, or as whatever the caller says. */
export async function seal(
  station: AStation,
  centre: PublicKeyJwk,
  { capture, bodies }: { readonly capture: Capture; readonly bodies: ReadonlyMap<string, Uint8Array> },
  sealing: {
    readonly counter?: number
    readonly previous?: string | null
    readonly sealedAt?: string
    readonly stationId?: string
  } = {},
): Promise<Packet> {
  const packet = await sealPacket(
    writeCapture(capture, bodies),
    {
      station: sealing.stationId ?? station.id,
      counter: sealing.counter ?? station.counter + 1,
      previous: sealing.previous === undefined ? station.previous : sealing.previous,
      application: capture.application,
      sealedAt: sealing.sealedAt ?? capture.clock.at,
    },
    { centre, station: station.signing },
  )
  station.counter = packet.header.counter
  station.previous = packet.hash
  station.packets.push({ ...packet, session: capture.session })
  return packet
}

/** The station's signed list of what it holds. */
export const manifestOf = (
  station: AStation,
  packets: readonly Packet[] = station.packets,
  at = new Date(),
): Promise<string> =>
  signStatement(
    'dinhdanh-manifest',
    {
      manifest: 1,
      station: station.id,
      at: at.toISOString(),
      head: station.counter,
      headHash: station.previous,
      entries: packets.map(({ header, hash, bytes }) => ({
        counter: header.counter,
        application: header.application,
        hash,
        bytes: bytes.length,
        sealedAt: header.sealedAt,
      })),
    },
    station.signing,
  )

/** The station's file for a USB stick. */
export async function fileOf(
  station: AStation,
  packets: readonly Packet[] = station.packets,
  at?: Date,
): Promise<Buffer> {
  const block = (bytes: Uint8Array) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return [length, bytes]
  }
  const list = new TextEncoder().encode(await manifestOf(station, packets, at))
  return Buffer.concat([Buffer.from('DDU1'), ...block(list), ...packets.flatMap(({ bytes }) => block(bytes))])
}

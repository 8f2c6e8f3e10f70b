import { createHash, randomUUID } from 'node:crypto'
import { Value } from 'typebox/value'
import { type Capture, CaptureShape, readCaptureManifest, readCaptureParts } from '../src/enrolment/capture.ts'
import { fileMagic, ManifestStatement, type PacketStatus } from '../src/enrolment/packets/contract.ts'
import {
  importCentreKey,
  importStationKey,
  isSignedBy,
  type Jwk,
  openPacket,
  type PacketKey,
  readHeader,
  readStatement,
  signStatement,
} from '../src/enrolment/seal-packet.ts'
import type { PublicKeyJwk } from '../src/enrolment/stations/contract.ts'
import type { Roster } from '../src/planning/rosters/contract-station.ts'
import { asId } from '../src/platform/ids.ts'

/**
 * The house as a station knows it, in memory: it speaks the contract, opens what it is sent, and can be told to be
 * slow, to lie or to refuse.
 */

type Held = {
  readonly station: string
  readonly counter: number
  readonly application: string
  readonly bytes: number
  readonly got: Uint8Array[]
}

export type OpenedPacket = {
  readonly counter: number
  readonly capture: Capture
  readonly parts: ReadonlyMap<string, Uint8Array>
}

async function aKeyPair(name: 'ECDSA' | 'ECDH') {
  const pair = await crypto.subtle.generateKey(
    { name, namedCurve: 'P-256' },
    true,
    name === 'ECDSA' ? ['sign', 'verify'] : ['deriveBits'],
  )
  const whole = (await crypto.subtle.exportKey('jwk', pair.privateKey)) as Jwk
  const { kty, crv, x, y } = whole
  return { key: pair.privateKey, whole, publicKey: { kty, crv, x, y } as PublicKeyJwk }
}

export type HouseOptions = {
  readonly now?: () => Date
  /** The house's day; in a demonstration one of its own. */
  readonly today?: string
  readonly demonstration?: boolean
  readonly origin?: string
}

export async function makeStationHouse({
  now = () => new Date(),
  today = '2023-04-20',
  demonstration = true,
  origin = 'http://localhost',
}: HouseOptions = {}) {
  const [centre, own] = [await aKeyPair('ECDH'), await aKeyPair('ECDSA')]
  const opener = await importCentreKey(centre.whole)
  const stations = new Map<string, { key: PacketKey; code: string; name: string }>()
  const told = new Map<string, Held>()
  const opened = new Map<string, OpenedPacket>()
  const refusing = new Map<number, string>()
  const lies = { signWith: own.key as PacketKey, otherHash: false }

  const trust = () => ({
    centre: centre.publicKey,
    house: own.publicKey,
    now: now().toISOString(),
    origin,
    today,
    demonstration,
    rehearsal: false,
  })
  const shapeOf = (id: string) => {
    const station = stations.get(id)
    return {
      id,
      code: station?.code ?? '',
      name: station?.name ?? '',
      unit: { id: asId<'unit'>('0190b5a8-0000-7000-8000-00000000d301'), name: 'Công an phường Hồng Hải' },
      registeredAt: now().toISOString(),
      head: 0,
      received: 0,
      missing: 0,
      held: 0,
    }
  }

  async function open(
    hash: string,
    { station, counter }: Held,
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<string | undefined> {
    if (createHash('sha256').update(bytes).digest('hex') !== hash) return 'packet-unreadable'
    if (!(await isSignedBy(bytes, stations.get(station)!.key))) return 'packet-signature-wrong'
    const content = await openPacket(bytes, [opener])
    const read = readCaptureManifest(content)
    if (!read || !Value.Check(CaptureShape, read.manifest)) return 'capture-invalid'
    const parts = readCaptureParts(content, { end: read.end, parts: read.manifest.parts })
    const sums = read.manifest.parts.every(
      ({ name, sha256 }) =>
        createHash('sha256')
          .update(parts?.get(name) ?? new Uint8Array())
          .digest('hex') === sha256,
    )
    if (!parts || !sums || readHeader(bytes).header.counter !== counter) return 'capture-invalid'
    opened.set(hash, { counter, capture: read.manifest, parts })
    return undefined
  }

  async function standingOf(hash: string): Promise<PacketStatus> {
    const held = told.get(hash)!
    const { station, counter, application } = held
    const refused = refusing.get(counter)
    if (refused) return { hash, counter, state: 'refused', problem: refused }
    const size = held.got.reduce((sum, { length }) => sum + length, 0)
    if (size < held.bytes) return { hash, counter, state: 'wanted', offset: size }
    if (!opened.has(hash)) {
      const problem = await open(hash, held, new Uint8Array(Buffer.concat(held.got)))
      if (problem) return { hash, counter, state: 'refused', problem }
    }
    const word = await signStatement(
      'dinhdanh-held',
      {
        held: 1,
        station,
        counter,
        hash: lies.otherHash ? '0'.repeat(64) : hash,
        application,
        state: 'received',
        at: now().toISOString(),
      },
      lies.signWith,
    )
    return { hash, counter, state: 'received', word }
  }

  return {
    opened,
    stations,
    refusing,
    lies,
    trust,
    /** Every packet that was opened, by its number. */
    captures: () => [...opened.values()].sort((a, b) => a.counter - b.counter),

    async register({ id, name, publicKey }: { id: string; name: string; publicKey: PublicKeyJwk }) {
      if (!stations.has(id))
        stations.set(id, { key: await importStationKey(publicKey), code: `HH0${stations.size + 1}`, name })
      return { ...trust(), station: shapeOf(id) }
    },

    async grant(station: string, officer: { id: string; name: string }, days = 7) {
      const until = new Date(now().getTime() + days * 86_400_000).toISOString()
      const statement = {
        grant: 1,
        id: randomUUID(),
        officer: officer.id,
        unit: shapeOf(station).unit.id,
        station,
        at: now().toISOString(),
        until,
      }
      return {
        ...trust(),
        grant: await signStatement('dinhdanh-grant', statement, own.key),
        until,
        officer,
        station: shapeOf(station),
      }
    },

    /** Answers a manifest; undefined where the station did not sign it. */
    async tell(station: string, jws: string): Promise<{ now: string; packets: PacketStatus[] } | undefined> {
      const known = stations.get(station)
      const manifest = known && (await readStatement('dinhdanh-manifest', jws, known.key))
      if (!Value.Check(ManifestStatement, manifest)) return undefined
      for (const { hash, counter, application, bytes } of manifest.entries)
        if (!told.has(hash)) told.set(hash, { station, counter, application, bytes, got: [] })
      return {
        now: now().toISOString(),
        packets: await Promise.all(manifest.entries.map(({ hash }) => standingOf(hash))),
      }
    },

    /** Is set back to a time before it received these: it knows nothing of them. */
    restore(without: readonly number[]) {
      for (const [hash, { counter }] of told) {
        if (!without.includes(counter)) continue
        told.delete(hash)
        opened.delete(hash)
      }
    },

    /** Takes a piece; `wrong` is the offset that is wanted where it does not join on. */
    async take(
      hash: string,
      offset: number,
      piece: Uint8Array,
    ): Promise<{ standing: PacketStatus } | { wrong: number }> {
      const held = told.get(hash)!
      const size = held.got.reduce((sum, { length }) => sum + length, 0)
      if (offset > size) return { wrong: size }
      if (offset === size) held.got.push(piece)
      else if (offset + piece.length > size) return { wrong: size }
      return { standing: await standingOf(hash) }
    },

    async takeFile(file: Uint8Array<ArrayBuffer>) {
      const view = new DataView(file.buffer, file.byteOffset)
      if (new TextDecoder().decode(file.subarray(0, 4)) !== fileMagic) throw new Error('no file of a station')
      const blocks: Uint8Array<ArrayBuffer>[] = []
      for (let at = 4; at < file.length; ) {
        const length = view.getUint32(at)
        blocks.push(file.subarray(at + 4, at + 4 + length))
        at += 4 + length
      }
      const [manifest, ...packets] = blocks
      const jws = new TextDecoder().decode(manifest)
      const station = (JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as { station: string })
        .station
      const answer = await this.tell(station, jws)
      if (!answer) throw new Error('its list is not signed by a station')
      const standings: PacketStatus[] = []
      const bodies = new Map(packets.map(packet => [createHash('sha256').update(packet).digest('hex'), packet]))
      for (const standing of answer.packets) {
        const body = bodies.get(standing.hash)
        const taken = body && (await this.take(standing.hash, 0, body))
        standings.push(taken && 'standing' in taken ? taken.standing : await standingOf(standing.hash))
      }
      return { station, packets: standings }
    },
  }
}

export type StationHouse = Awaited<ReturnType<typeof makeStationHouse>>

const families = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Vũ',
  'Đặng',
  'Bùi',
  'Đỗ',
  'Hồ',
  'Chìu',
  'Tằng',
  'Lý',
  'Mai',
  'Phan',
  'Tạ',
]
const middles = ['Thị', 'Văn', 'Gia', 'Bảo', 'Minh', 'Ngọc', 'Thị Thanh', 'A', 'Nhật', 'Phương', 'Đức', 'Hải']
const givens = ['Khánh', 'Yến', 'Minh', 'Châu', 'Sáng', 'Long', 'Thảo', 'Hà', 'Quỳnh', 'Sơn', 'Trang', 'Lìn', 'Phúc']

/** A session's people: invented, of grade 12, the numbers as article 13 composes them. */
export function aRoster({ people = 64, until, givenAt }: { people?: number; until: Date; givenAt: Date }): Roster {
  return {
    session: {
      id: '0190b5a8-0000-7000-8000-0000000005e5',
      code: 'B-2023-04-20-01',
      place: 'THPT Cửa Lục',
      kind: 'card-and-account',
      day: '2023-04-20',
      fromAt: '13:30',
      toAt: '17:30',
      unit: 'Công an phường Hồng Hải',
    },
    officer: asId<'officer'>('0190b5a8-0000-7000-8000-0000000000a1'),
    givenAt: givenAt.toISOString(),
    until: until.toISOString(),
    communes: [
      {
        id: asId<'unit'>('0190b5a8-0000-7000-8000-00000000c301'),
        name: 'Phường Hồng Hải, Thành phố Hạ Long',
      },
    ],
    people: Array.from({ length: people }, (_, at) => {
      const female = at % 2 === 1
      const pick = (list: readonly string[], step: number) => list[(at * step + step) % list.length]!
      const day = `2005-${String((at % 12) + 1).padStart(2, '0')}-${String((at % 28) + 1).padStart(2, '0')}`
      return {
        id: `0190b5a8-0000-7000-8000-${String(at + 1).padStart(12, '0')}`,
        number: `022${female ? 3 : 2}05${String(100_000 + at * 37).slice(-6)}`,
        fullName:
          at === 0
            ? 'Công Tằng Tôn Nữ Thị Thanh Phương Quỳnh'
            : `${pick(families, 5)} ${pick(middles, 7)} ${pick(givens, 3)}`,
        birthDate: day,
        sex: female ? ('F' as const) : ('M' as const),
        ethnicity: at % 7 === 0 ? 'Dao' : 'Kinh',
        nationality: 'Việt Nam',
        hometown: 'Phường Hồng Hải, thành phố Hạ Long, tỉnh Quảng Ninh',
        residence: 'Số 15, tổ 4, khu 2, phường Hồng Hải, thành phố Hạ Long, tỉnh Quảng Ninh',
        class: `12A${(at % 5) + 1}`,
        school: 'THPT Cửa Lục',
        kin: [],
        needs: at % 3 === 0 ? ['card', 'account'] : ['level-2'],
        ...(at % 9 === 8 && { card: { state: 'handed-over', serial: `X${100000 + at}`, issuedOn: '2021-05-05' } }),
        correctionOpen: at % 25 === 24,
        lifeStatus: 'alive',
      }
    }),
  }
}

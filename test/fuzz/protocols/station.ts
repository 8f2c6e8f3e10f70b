import { writeCapture } from '../../../src/enrolment/capture.ts'
import { hashOfBytes, type Packet, sealPacket, signStatement } from '../../../src/enrolment/seal-packet.ts'
import type { PublicKeyJwk } from '../../../src/enrolment/stations/contract.ts'
import { type AStation, aCapture, aStation, manifestOf } from '../../a-station.ts'
import { bent, bentMembers } from '../bend.ts'
import { mutated } from '../mutate.ts'
import type { Random } from '../random.ts'
import { asJson, type Protocol, type ProtocolHouse } from './protocol.ts'

/**
 * A station that an officer registered: what it captured is bent and then sealed and signed with its own key, or bent
 * after it was sealed; so are its list of what it holds, and the file that it writes to a USB stick.
 */

/** What a station captured is looked into by most code: it is bent more often. */
const places = [
  'the capture',
  'the capture',
  'the capture',
  'the capture',
  'its bytes',
  'the header',
  'the sealed packet',
  'the list',
  'the pieces',
  'the file',
  'nothing',
] as const

const bytesOf = (input: Uint8Array) => new Uint8Array(input)

/** Somebody of the register, or nobody at all. */
const aPersonToCapture = (random: Random, { numbers, names }: ProtocolHouse['served']) => ({
  number: random.pick(numbers),
  fullName: random.pick(names),
  birthDate: random.pick(['2005-03-15', '2005', '2005-03', '1950-01-01']),
  sex: random.pick(['M', 'F'] as const),
})

type Ready = {
  readonly station: AStation
  readonly centre: PublicKeyJwk
  readonly officer: { readonly id: string; readonly grant: string }
}

async function sealedBent(
  { station, centre, officer }: Ready,
  place: string,
  house: ProtocolHouse,
  random: Random,
): Promise<Packet> {
  const { capture, bodies } = await aCapture({
    person: aPersonToCapture(random, house.served),
    officer,
    at: new Date(),
    ...(random.once(3) && { phone: '0912345678' }),
  })
  let told: unknown = capture
  if (place === 'the capture') for (let more = 1 + random.below(3); more > 0; more -= 1) told = bent(told, random)
  if (place === 'the capture') house.note(JSON.stringify(told) ?? 'undefined')
  // Whatever was told, its packet is of the application that the header names, so that it is looked into.
  if (typeof told === 'object' && told !== null && !random.once(8)) told = { ...told, application: capture.application }
  const parts = (told as { parts?: unknown } | null)?.parts
  const isWritable = Array.isArray(parts) && parts.every(part => typeof part === 'object' && part !== null)
  const whole = isWritable ? writeCapture(told as never, bodies) : writeCapture({ ...capture, parts: [] }, bodies)
  const withText = isWritable ? whole : bytesOf(asManifest(told))
  const content = place === 'its bytes' ? bytesOf(mutated([Buffer.from(withText)], random)) : withText
  const header = {
    station: station.id,
    counter: station.counter + 1,
    previous: station.previous,
    application: capture.application,
    sealedAt: capture.clock.at,
  }
  const bentHeader = place === 'the header' ? { ...header, ...bentMembers(Object.keys(header), random) } : header
  if (place === 'the header') house.note(JSON.stringify(bentHeader))
  const packet = await sealPacket(content, bentHeader as never, { centre, station: station.signing })
  if (place !== 'the sealed packet') return packet
  const bytes = bytesOf(mutated([Buffer.from(packet.bytes)], random))
  return { ...packet, bytes, hash: await hashOfBytes(bytes) }
}

/** A manifest that is no capture, with nothing behind it. */
function asManifest(told: unknown): Buffer {
  const text = Buffer.from(JSON.stringify(told) ?? 'null')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  return Buffer.concat([length, text])
}

async function bentList(station: AStation, packets: readonly Packet[], random: Random): Promise<string> {
  const list = {
    manifest: 1,
    station: station.id,
    at: new Date().toISOString(),
    head: station.counter,
    headHash: station.previous,
    entries: packets.map(({ header, hash, bytes }) => ({
      counter: header.counter,
      application: header.application,
      hash,
      bytes: bytes.length,
      sealedAt: header.sealedAt,
    })),
  }
  const told = bent(random.once(3) ? bent(list, random) : list, random)
  return signStatement(
    'dinhdanh-manifest',
    (typeof told === 'object' && told !== null ? told : { told }) as object,
    station.signing,
  )
}

const states = ['wanted', 'received', 'held', 'refused']

async function sendByLine(
  { station }: Ready,
  packet: Packet,
  { place, list }: { place: string; list: string },
  house: ProtocolHouse,
  random: Random,
) {
  const told = await house.ask({
    method: 'POST',
    route: '/api/stations/:id/manifest',
    path: `/api/stations/${station.id}/manifest`,
    ...asJson({ manifest: list }),
  })
  const isWhole = place === 'nothing' || place === 'the pieces'
  if (isWhole) house.promise(told.status === 200, `a right list is taken, not ${told.status}`)
  if (told.status !== 200) return
  const { bytes, hash } = packet
  const size = place === 'the pieces' ? 1 + random.below(bytes.length) : bytes.length
  let state: string | undefined
  for (let offset = 0, tries = 0; offset < bytes.length && tries < 12; tries += 1) {
    const from = place === 'the pieces' && random.once(4) ? random.below(bytes.length) : offset
    const answer = await house.ask({
      method: 'PUT',
      route: '/api/stations/:id/packets/:hash',
      path: `/api/stations/${station.id}/packets/${hash}?offset=${from}`,
      headers: { 'content-type': 'application/octet-stream' },
      body: bytes.slice(from, from + size),
    })
    const said = (await answer.json()) as { state?: string; offset?: number; word?: string; problem?: string }
    if (answer.status === 409) {
      offset = said.offset ?? bytes.length
      continue
    }
    if (answer.status !== 200) return house.promise(!isWhole, `a right packet is taken, not ${answer.status}`)
    state = said.state
    house.promise(states.includes(state ?? ''), `a packet has a state, not ${state}`)
    house.promise(
      state === 'wanted' || state === 'refused' || said.word !== undefined,
      `whoever has a packet signs for it`,
    )
    house.promise(
      state === 'received' || state === 'wanted' || said.problem !== undefined,
      'what is not taken is told why',
    )
    offset = state === 'wanted' ? (said.offset ?? bytes.length) : bytes.length
  }
  if (place === 'nothing')
    house.promise(state === 'received' || state === 'held', `a right packet is taken, not ${state}`)
}

async function sendByFile(list: string, packet: Packet, house: ProtocolHouse, random: Random) {
  const block = (bytes: Uint8Array) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return [length, bytes]
  }
  const file = Buffer.concat([
    Buffer.from('DDU1'),
    ...block(Buffer.from(list)),
    ...block(packet.bytes),
    ...block(packet.bytes),
  ])
  const form = new FormData()
  form.set('file', new File([bytesOf(random.once(2) ? mutated([file], random) : file)], 'goi.bin'))
  await house.ask({
    method: 'POST',
    route: '/api/stations/file',
    by: 'enrolment.receive',
    body: form,
  })
}

export const stationPackets: Protocol = {
  name: 'station',
  async open(house) {
    const by = 'enrolment.capture'
    const ready = async (): Promise<Ready> => {
      const station = await aStation()
      const { id, publicKey } = station
      await house.ask({ method: 'POST', route: '/api/stations', by, ...asJson({ id, name: 'Máy thử', publicKey }) })
      const answer = await house.ask({
        method: 'POST',
        route: '/api/stations/:id/grant',
        path: `/api/stations/${id}/grant`,
        by,
      })
      if (answer.status !== 200) throw new Error(`no grant: ${answer.status}`)
      const { grant, officer, centre } = (await answer.json()) as {
        grant: string
        officer: { id: string }
        centre: PublicKeyJwk
      }
      return { station, centre, officer: { id: officer.id, grant } }
    }
    let [one, packets] = [await ready(), 0]
    return async random => {
      // Of a chain that was bent nothing right can follow: a new station begins another.
      if (packets++ % 12 === 11) one = await ready()
      const place = random.pick(places)
      house.note(place)
      const packet = await sealedBent(one, place, house, random)
      const { station } = one
      if (place !== 'the header') {
        station.counter += 1
        station.previous = packet.hash
      }
      const list =
        place === 'the list' ? await bentList(station, [packet], random) : await manifestOf(station, [packet])
      if (place === 'the file') return sendByFile(list, packet, house, random)
      await sendByLine(one, packet, { place, list }, house, random)
    }
  },
}

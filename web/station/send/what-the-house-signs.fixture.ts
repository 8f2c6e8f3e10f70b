import { signStatement } from '../../../src/enrolment/seal-packet.ts'
import { type Parser, promise } from '../../../test/fuzz/parser.ts'
import { aStation, given, hanh } from '../keep/keep.fixture.ts'
import { keepGrant, NotTrusted } from '../keep/registration.ts'
import { captured } from './sending.fixture.ts'
import { takeAnswer } from './usb-file.ts'

/** What a station reads of the house: statements that are bent and then signed with the house's own key. */

const opened = async () => {
  const station = await aStation({ people: 2 })
  await given(station)
  const { counter } = await captured(station)
  const packet = await station.keep.db.packets.get(counter)
  if (!packet) throw new Error('a station keeps its packet')
  return { ...station, packet, grant: await station.house.grant(station.id, hanh) }
}
let once: ReturnType<typeof opened> | undefined
const theStation = () => {
  once ??= opened()
  return once
}

type Claims = Readonly<Record<string, unknown>>

/** An object that an input says; undefined where it says none. */
function claimsIn(input: Buffer): Claims | undefined {
  try {
    const said: unknown = JSON.parse(input.toString('utf8'))
    return typeof said === 'object' && said !== null && !Array.isArray(said) ? (said as Claims) : undefined
  } catch {
    return undefined
  }
}

export const parsersOfStations: readonly Parser[] = [
  {
    name: 'answer-that-is-carried-to-a-station',
    of: 'enrolment/packets/contract.ts',
    samples: async () => {
      const { id, packet, clock } = await theStation()
      const { counter, hash, application } = packet
      const held = { held: 1, station: id, counter, hash, application, state: 'received', at: clock.at.toISOString() }
      return [held, { ...held, state: 'held' }].map(claims => Buffer.from(JSON.stringify(claims)))
    },
    longest: 4000,
    async read(input) {
      const { keep, id, packet, house } = await theStation()
      const claims = claimsIn(input)
      // An input that is no statement is the answer's own text.
      if (!claims) return void (await takeAnswer(keep, input.toString('utf8')))
      const word = await signStatement('dinhdanh-held', claims, house.lies.signWith)
      const { counter, hash } = packet
      const answer = { station: id, packets: [{ hash, counter, state: 'received', word }] }
      const taken = await takeAnswer(keep, JSON.stringify(answer))
      const isOfThis = ['counter', 'hash', 'application'].every(
        name => claims[name] === packet[name as 'counter' | 'hash' | 'application'],
      )
      promise(!taken?.released || (isOfThis && claims['station'] === id), 'bytes go on a word about themselves alone')
      await keep.db.packets.put(packet)
    },
  },
  {
    name: 'grant-that-a-station-takes',
    of: 'enrolment/stations/contract.ts',
    samples: async () => {
      const { id, grant } = await theStation()
      const claims = { grant: 1, id: crypto.randomUUID(), officer: hanh.id, unit: grant.station.unit.id, station: id }
      return [Buffer.from(JSON.stringify({ ...claims, at: grant.now, until: grant.until }))]
    },
    longest: 4000,
    mayThrow: error => error instanceof NotTrusted,
    async read(input) {
      const { keep, id, grant, house } = await theStation()
      const claims = claimsIn(input)
      if (!claims) return
      const signed = await signStatement('dinhdanh-grant', claims, house.lies.signWith)
      const { until } = await keepGrant(keep, { ...grant, grant: signed })
      promise(claims['officer'] === hanh.id && claims['station'] === id, 'a grant is its officer’s, at its station')
      promise(!Number.isNaN(Date.parse(until)), 'a grant ends')
    },
  },
]

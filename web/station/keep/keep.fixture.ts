import 'fake-indexeddb/auto'
import { randomUUID } from 'node:crypto'
import { asId } from '../../../src/platform/ids.ts'
import { aRoster, makeStationHouse, type StationHouse } from '../../../test/station-house.ts'
import { Refusal } from '../../parts/call.ts'
import type { House } from '../send/house-api.ts'
import { type Keep, openKeep, StationDatabase } from './database.ts'
import type { Unlocked } from './officer-secret.ts'
import { chooseSecret, enterSecret, keepGrant, keepRegistration, ownKeys } from './registration.ts'
import { keepRoster, type OpenRoster, openRoster } from './rosters.ts'

/** Stations for tests: a real database of the browser's kind, a house in memory, and a clock that is set by hand. */

export const hanh = { id: asId<'officer'>('0190b5a8-0000-7000-8000-0000000000a1'), name: 'Đỗ Minh Hạnh' }
export const tuan = { id: asId<'officer'>('0190b5a8-0000-7000-8000-0000000000a2'), name: 'Vũ Anh Tuấn' }
export const secrets: Record<string, string> = { [hanh.id]: 'hoa sữa 1987', [tuan.id]: 'cầu Bãi Cháy' }

/** `on` lets time pass; `at` and `set` are hands on the clock. */
export type Clock = { at: Date; ran: number; on: (minutes: number) => void; set: (minutes: number) => void }

const aClock = (): Clock => {
  const clock = {
    at: new Date('2023-04-20T06:00:00Z'),
    ran: 0,
    on: (minutes: number) => {
      clock.ran += minutes * 60_000
      clock.set(minutes)
    },
    set: (minutes: number) => {
      clock.at = new Date(clock.at.getTime() + minutes * 60_000)
    },
  }
  return clock
}

/** The session's list may be read until 23:00 UTC of its day. */
export const until = new Date('2023-04-20T23:00:00Z')

export async function aStation({ people = 12, name = `station-${randomUUID()}` } = {}) {
  const clock = aClock()
  const house = await makeStationHouse({ now: () => clock.at, demonstration: false })
  const keep = openKeep(
    new StationDatabase(name),
    () => clock.at,
    () => clock.ran,
  )
  const { id, keys } = await ownKeys(keep)
  await keepRegistration(keep, await house.register({ id, name: 'Máy 01', publicKey: keys.publicKey }))
  return { clock, house, keep, id, roster: aRoster({ people, until, givenAt: clock.at }) }
}

export type Station = Awaited<ReturnType<typeof aStation>>

/** Another tab on the same disk; also the same after a restart. */
export const anotherTab = ({ keep, clock }: Station): Keep => {
  const opened = clock.ran
  return openKeep(
    new StationDatabase(keep.db.name),
    () => clock.at,
    () => clock.ran - opened,
  )
}

/** An officer is given a grant and the roster, and has a secret. */
export async function given({ keep, house, id, roster }: Station, officer = hanh): Promise<Unlocked> {
  await keepGrant(keep, await house.grant(id, officer))
  if (!(await keep.db.officers.get(officer.id))?.vault) await chooseSecret(keep, officer.id, secrets[officer.id]!)
  await keepRoster(keep, { ...roster, officer: officer.id }, officer.id)
  return (await enterSecret(keep, officer.id, secrets[officer.id]!))!
}

export async function opened(station: Station, unlocked: Unlocked): Promise<OpenRoster> {
  const open = await openRoster(station.keep, station.roster.session.id, unlocked)
  if (typeof open === 'string') throw new Error(open)
  return open
}

/** The house over a line that a test can cut. `pieces` counts what went over it. */
export function aLine(house: StationHouse) {
  const line = { there: true, cutAfter: Number.POSITIVE_INFINITY, pieces: 0 }
  const over: House = {
    async tell(station, manifest) {
      if (!line.there) throw new Error('no line')
      const answer = await house.tell(station, manifest)
      if (!answer) throw new Refusal(400, { type: '/problems/manifest-refused' }, null)
      return answer
    },
    async send(_station, hash, { offset, bytes }) {
      if (!line.there || line.pieces >= line.cutAfter) throw new Error('no line')
      line.pieces += 1
      const taken = await house.take(hash, offset, new Uint8Array(await bytes.arrayBuffer()))
      if ('wrong' in taken) throw new Refusal(409, { type: '/problems/packet-offset-wrong', offset: taken.wrong }, null)
      return taken.standing
    },
  }
  return { line, over }
}

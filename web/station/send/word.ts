import { Value } from 'typebox/value'
import { HeldStatement, type PacketStandingOf } from '../../../src/enrolment/contract-station.ts'
import { importStationKey, readStatement } from '../../../src/enrolment/packet.ts'
import type { Keep, PacketRow } from '../keep/database.ts'
import { isRegistered } from '../keep/station.ts'

/** Takes what the house says of a packet. Bytes are let go of only on its signed word about exactly these bytes, under the key that was pinned at the registration. */

async function isWordFor({ db }: Pick<Keep, 'db'>, packet: PacketRow, word: string | undefined): Promise<boolean> {
  const station = await db.station.get(1)
  if (!isRegistered(station) || !word) return false
  const statement = await readStatement('dinhdanh-held', word, await importStationKey(station.house))
  return (
    Value.Check(HeldStatement, statement) &&
    statement.station === station.id &&
    statement.counter === packet.counter &&
    statement.hash === packet.hash &&
    statement.application === packet.application
  )
}

export type Taken = 'released' | 'refused' | 'wanted' | 'word-wrong' | 'not-ours'

/** Twice the same does no harm; a packet that was released stays so, whatever comes later. */
export async function takeStanding(
  keep: Pick<Keep, 'db'>,
  { counter, hash, state, word, problem, offset }: PacketStandingOf,
): Promise<Taken> {
  const { db } = keep
  const packet = await db.packets.get(counter)
  if (!packet || packet.hash !== hash) return 'not-ours'
  if (packet.state === 'released') return 'released'
  if (state === 'received' || state === 'held') {
    if (!(await isWordFor(keep, packet, word))) {
      await db.packets.update(counter, { problem: 'word-wrong' })
      return 'word-wrong'
    }
    const { bytes: _bytes, problem: _problem, sent: _sent, ...rest } = packet
    await db.packets.put({ ...rest, state: 'released', word: word as string, ...(state === 'held' && problem && { problem }) })
    return 'released'
  }
  if (state === 'refused') {
    await db.packets.update(counter, { state: 'refused', problem: problem ?? 'fault' })
    return 'refused'
  }
  await db.packets.update(counter, { state: 'waiting', sent: offset ?? 0 })
  return 'wanted'
}

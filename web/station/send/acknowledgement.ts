import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { AcknowledgementStatement, type PacketStatus } from '../../../src/enrolment/packets/contract.ts'
import { importStationKey, readStatement } from '../../../src/enrolment/seal-packet.ts'
import { ifRoom, isDiskFault, isFull, withRoom } from '../keep/acknowledged-packets.ts'
import type { Keep, PacketRow } from '../keep/database.ts'
import { isRegistered } from '../keep/registration.ts'

/**
 * Takes what the house says of a packet. Bytes are let go of only on its signed word about exactly these bytes, under
 * the key that was pinned at the registration. The signature is looked at first, since no transaction waits for it;
 * then the row is read and written in one, so that two tabs cannot write over each other.
 */

type Statement = Static<typeof AcknowledgementStatement>

async function wordFor(
  { db }: Pick<Keep, 'db'>,
  packet: PacketRow,
  word: string | undefined,
): Promise<Statement | undefined> {
  const station = await db.station.get(1)
  if (!isRegistered(station) || !word) return undefined
  const statement = await readStatement('dinhdanh-held', word, await importStationKey(station.house))
  const isRight =
    Value.Check(AcknowledgementStatement, statement) &&
    statement.station === station.id &&
    statement.counter === packet.counter &&
    statement.hash === packet.hash &&
    statement.application === packet.application
  return isRight ? statement : undefined
}

export type Taken = 'released' | 'refused' | 'wanted' | 'word-wrong' | 'not-ours'

/**
 * As what the house was told of it: one that it has not signed for, or one that it has, and is asked whether it still
 * has it.
 */
export type ToldAs = 'owed' | 'kept'

/** The packet as it is from now on. */
function following(
  packet: PacketRow,
  { state, word, problem, offset }: PacketStatus,
  statement: Statement | undefined,
): { readonly taken: Taken; readonly row: PacketRow } {
  if (state === 'received' || state === 'held') {
    if (!statement) return { taken: 'word-wrong', row: { ...packet, problem: 'word-wrong' } }
    const { problem: _problem, sent: _sent, ...rest } = packet
    const heldAt = Date.parse(statement.at) || Date.parse(packet.sealedAt)
    return {
      taken: 'released',
      row: {
        ...rest,
        state: 'released',
        word: word as string,
        heldAt,
        ...(state === 'held' && problem && { problem }),
      },
    }
  }
  const { heldAt: _heldAt, ...rest } = packet
  if (state === 'refused') return { taken: 'refused', row: { ...rest, state: 'refused', problem: problem ?? 'fault' } }
  return { taken: 'wanted', row: { ...rest, state: 'waiting', sent: offset ?? 0 } }
}

/**
 * Whether an answer changes nothing about one that is signed for: the house still has it, was not asked whether it has,
 * or there are no bytes to give it again.
 */
const staysReleased = (packet: PacketRow, { state }: PacketStatus, told: ToldAs) =>
  packet.state === 'released' && (state === 'received' || state === 'held' || told === 'owed' || !packet.bytes)

/**
 * Twice the same does no harm. A packet that is signed for stays so, unless the house was asked whether it still has it
 * and lacks it: then it is owed again.
 */
export async function takeStanding(
  keep: Pick<Keep, 'db'>,
  standing: PacketStatus,
  told: ToldAs = 'owed',
): Promise<Taken> {
  const { db } = keep
  const { counter, hash, state, word } = standing
  const seen = await db.packets.get(counter)
  if (!seen || seen.hash !== hash) return 'not-ours'
  if (staysReleased(seen, standing, told)) return 'released'
  const statement = state === 'received' || state === 'held' ? await wordFor(keep, seen, word) : undefined

  const write = (change: (row: PacketRow) => PacketRow) =>
    db.transaction('rw', db.packets, async (): Promise<Taken> => {
      const packet = await db.packets.get(counter)
      if (!packet || packet.hash !== hash) return 'not-ours'
      if (staysReleased(packet, standing, told)) return 'released'
      const { taken, row } = following(packet, standing, statement)
      await db.packets.put(change(row))
      return taken
    })
  const same = (row: PacketRow) => row
  if (!statement) return (await ifRoom(write(same))) ?? following(seen, standing, statement).taken
  try {
    return await withRoom(keep, () => write(same))
  } catch (error) {
    if (!isFull(error) && !isDiskFault(error)) throw error
    // Not even one could be let go of for it: this one goes itself, since the house has it.
    return write(({ bytes: _bytes, heldAt: _heldAt, ...row }) => row)
  }
}

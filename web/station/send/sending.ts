import type { PacketStandingOf } from '../../../src/enrolment/contract-station.ts'
import { Refusal } from '../../call.ts'
import type { Keep, PacketRow } from '../keep/database.ts'
import { owed } from '../keep/packets.ts'
import { isRegistered } from '../keep/station.ts'
import { agreeWith, noteTime } from '../keep/time.ts'
import type { House } from './house.ts'
import { entriesAtOnce, signedManifest } from './manifest.ts'
import { takeStanding } from './word.ts'

/**
 * Sends what is owed: tells the house what is here, hears what it wants, sends that from where it says on, and lets go of what it has signed for. Every contact also tells whether
 * there is a line, and what time it is. It may be cut off anywhere and begun again.
 */

export const pieceBytes = 256 * 1024

export type Sent = { readonly released: number; readonly refused: number; readonly left: number }

/** Sends one packet from an offset on. Stops where the house does not move on, so that no answer keeps it going for ever. */
async function sendPacket(keep: Keep, house: House, station: string, packet: PacketRow, from: number): Promise<void> {
  const bytes = packet.bytes
  if (!bytes) return
  let offset = from
  let stalled = 0
  while (offset < bytes.size && stalled < 3) {
    const answer = await house
      .send(station, packet.hash, { offset, bytes: bytes.slice(offset, offset + pieceBytes) })
      .catch((error: unknown): PacketStandingOf => {
        const wanted = error instanceof Refusal && error.code === 'packet-offset-wrong' ? error.facts['offset'] : undefined
        if (typeof wanted === 'number') return { hash: packet.hash, counter: packet.counter, state: 'wanted', offset: wanted }
        throw error
      })
    if ((await takeStanding(keep, answer)) !== 'wanted') return
    const next = answer.offset ?? 0
    stalled = next > offset ? 0 : stalled + 1
    offset = Math.max(0, next)
  }
}

/** One packet that is refused keeps no other from going; a house that is busy or broken is asked again later. */
const isOfOnePacket = (error: unknown): error is Refusal =>
  error instanceof Refusal && error.status >= 400 && error.status < 500 && error.status !== 429 && error.status !== 401

async function sendWanted(keep: Keep, house: House, station: string, standings: readonly PacketStandingOf[]): Promise<void> {
  for (const standing of standings) {
    if ((await takeStanding(keep, standing)) !== 'wanted') continue
    const packet = await keep.db.packets.get(standing.counter)
    if (!packet) continue
    try {
      await sendPacket(keep, house, station, packet, standing.offset ?? 0)
    } catch (error) {
      if (!isOfOnePacket(error)) throw error
      await keep.db.packets.update(packet.counter, { problem: error.code })
    }
  }
}

/** One round of all that is owed; once at a time in all tabs. Throws NoAnswer or a Refusal: then what is owed is owed still. */
export function sendOwed(keep: Keep, house: House): Promise<Sent> {
  return keep.alone('send', async () => {
    const station = await keep.db.station.get(1)
    if (!isRegistered(station)) return { released: 0, refused: 0, left: 0 }
    await noteTime(keep)
    const before = await owed(keep)
    for (let at = 0; at === 0 || at < before.length; at += entriesAtOnce) {
      const { now, packets } = await house.tell(station.id, await signedManifest(keep, before.slice(at, at + entriesAtOnce)))
      await agreeWith(keep, now)
      await noteContact(keep)
      await sendWanted(keep, house, station.id, packets)
    }
    const left = await owed(keep)
    return {
      released: before.filter(({ counter }) => left.every(other => other.counter !== counter)).length,
      refused: left.filter(({ state }) => state === 'refused').length,
      left: left.length,
    }
  })
}

async function noteContact({ db, now }: Keep): Promise<void> {
  await db.line.put({ one: 1, metAt: now().getTime() })
}

/** The house did not answer: since when, is kept over a restart. */
export async function noteSilence({ db, now }: Keep): Promise<void> {
  await db.transaction('rw', db.line, async () => {
    const before = await db.line.get(1)
    if (before?.goneSince === undefined) await db.line.put({ ...before, one: 1, goneSince: now().getTime() })
  })
}

/** The house answered and refused the list itself (this station was revoked, is unknown): said to the officer. */
export async function noteRefusal({ db, now }: Keep, code: string): Promise<void> {
  await db.line.put({ one: 1, metAt: now().getTime(), told: code })
}

import type { PacketStatus } from '../../../src/enrolment/packets/contract.ts'
import { Refusal } from '../../parts/call.ts'
import { ifRoom, keptFor, keptPackets, lastKept, letGo } from '../keep/acknowledged-packets.ts'
import type { Keep, LineRow, PacketRow } from '../keep/database.ts'
import { owed } from '../keep/packet-chain.ts'
import { isRegistered } from '../keep/registration.ts'
import { agreeWith, noteTime } from '../keep/trusted-clock.ts'
import { takeStanding } from './acknowledgement.ts'
import type { House } from './house-api.ts'
import { entriesAtOnce, signedManifest } from './packet-list.ts'

/**
 * Sends what is owed: tells the house what is here, hears what it wants, sends that from where it says on, and lets go
 * of what it has signed for. Every contact also tells whether there is a line, and what time it is. It may be cut off
 * anywhere and begun again.
 */

export const pieceBytes = 256 * 1024

export type Sent = { readonly released: number; readonly refused: number; readonly left: number }

/**
 * Sends one packet from an offset on. Stops where the house does not move on, so that no answer keeps it going for
 * ever.
 */
async function sendPacket(keep: Keep, house: House, station: string, packet: PacketRow, from: number): Promise<void> {
  const bytes = packet.bytes
  if (!bytes) return
  let offset = from
  let stalled = 0
  while (offset < bytes.size && stalled < 3) {
    const answer = await house
      .send(station, packet.hash, { offset, bytes: bytes.slice(offset, offset + pieceBytes) })
      .catch((error: unknown): PacketStatus => {
        const wanted =
          error instanceof Refusal && error.code === 'packet-offset-wrong' ? error.facts['offset'] : undefined
        if (typeof wanted === 'number')
          return { hash: packet.hash, counter: packet.counter, state: 'wanted', offset: wanted }
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

type Told = { readonly now: string; readonly standings: readonly PacketStatus[] }

/** Tells the house of packets, list by list, and hears how it stands to each. */
async function tellOf(keep: Keep, house: House, station: string, packets: readonly PacketRow[]): Promise<Told> {
  const standings: PacketStatus[] = []
  let time = ''
  for (let at = 0; at === 0 || at < packets.length; at += entriesAtOnce) {
    const answer = await house.tell(station, await signedManifest(keep, packets.slice(at, at + entriesAtOnce)))
    time = answer.now
    await ifRoom(agreeWith(keep, time))
    await ifRoom(noteContact(keep))
    standings.push(...answer.packets)
  }
  return { now: time, standings }
}

/** Once a day all that the house has signed for. */
const askedAllEach = 86_400_000

async function isAllDue({ db, now }: Keep): Promise<boolean> {
  const { askedAllAt = 0 } = (await db.line.get(1)) ?? {}
  return Math.abs(now().getTime() - askedAllAt) >= askedAllEach
}

const isHere = ({ state }: PacketStatus) => state === 'received' || state === 'held'

/**
 * Asks for all that is kept: what the house lacks is owed again; what it has had for long enough, by its own clock, is
 * let go of.
 */
async function askForAll(keep: Keep, house: House, station: string): Promise<readonly PacketStatus[]> {
  const kept = await keptPackets(keep)
  if (kept.length === 0) return []
  const { now, standings } = await tellOf(keep, house, station, kept)
  const here = new Set<string>()
  for (const standing of standings) {
    if (isHere(standing)) here.add(standing.hash)
    await takeStanding(keep, standing, 'kept')
  }
  await ifRoom(noteContact(keep, { askedAllAt: keep.now().getTime() }))
  const old = kept.filter(({ hash, heldAt = 0 }) => here.has(hash) && Date.parse(now) - heldAt >= keptFor)
  await letGo(
    keep,
    old.map(({ counter }) => counter),
  )
  return standings
}

/**
 * Hears of all that is owed, and whether the house still has what it has signed for. One that was restored from a
 * backup lacks first of all what it received last, so with each list it is asked for that one. What it lacks is owed
 * again before anything is sent: had it newer ones by then, it would be asked for those, and nobody would miss the
 * older.
 */
async function hear(keep: Keep, house: House, station: string): Promise<readonly PacketStatus[]> {
  const [owing, last] = [await owed(keep), await lastKept(keep)]
  const { standings } = await tellOf(keep, house, station, last ? [...owing, last] : owing)
  const isLacking = standings.some(one => one.hash === last?.hash && !isHere(one))
  if (!isLacking && !(await isAllDue(keep))) return standings
  return [...standings.filter(({ hash }) => hash !== last?.hash), ...(await askForAll(keep, house, station))]
}

async function sendWanted(
  keep: Keep,
  house: House,
  station: string,
  standings: readonly PacketStatus[],
): Promise<void> {
  for (const standing of standings) {
    if ((await takeStanding(keep, standing)) !== 'wanted') continue
    const packet = await keep.db.packets.get(standing.counter)
    if (!packet) continue
    try {
      await sendPacket(keep, house, station, packet, standing.offset ?? 0)
    } catch (error) {
      if (!isOfOnePacket(error)) throw error
      await ifRoom(keep.db.packets.update(packet.counter, { problem: error.code }))
    }
  }
}

/**
 * One round of all that is owed; once at a time in all tabs. Throws NoAnswer or a Refusal: then what is owed is owed
 * still.
 */
export function sendOwed(keep: Keep, house: House): Promise<Sent> {
  return keep.alone('send', async () => {
    const station = await keep.db.station.get(1)
    if (!isRegistered(station)) return { released: 0, refused: 0, left: 0 }
    await ifRoom(noteTime(keep))
    const before = await owed(keep)
    await sendWanted(keep, house, station.id, await hear(keep, house, station.id))
    const left = await owed(keep)
    return {
      released: before.filter(({ counter }) => left.every(other => other.counter !== counter)).length,
      refused: left.filter(({ state }) => state === 'refused').length,
      left: left.length,
    }
  })
}

/** The house answered; what was wrong with the line is over. */
async function noteContact({ db, now }: Keep, more: Pick<LineRow, 'askedAllAt' | 'told'> = {}): Promise<void> {
  await db.transaction('rw', db.line, async () => {
    const { askedAllAt } = (await db.line.get(1)) ?? {}
    await db.line.put({ one: 1, metAt: now().getTime(), ...(askedAllAt !== undefined && { askedAllAt }), ...more })
  })
}

/** The house did not answer: since when, is kept over a restart. */
export async function noteSilence({ db, now }: Keep): Promise<void> {
  await db.transaction('rw', db.line, async () => {
    const before = await db.line.get(1)
    if (before?.goneSince === undefined) await db.line.put({ ...before, one: 1, goneSince: now().getTime() })
  })
}

/** The house answered and refused the list itself (this station was revoked, is unknown): said to the officer. */
export const noteRefusal = (keep: Keep, code: string): Promise<void> => noteContact(keep, { told: code })

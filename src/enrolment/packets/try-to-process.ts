import { queueJob } from '../../platform/jobs/jobs.ts'
import type { Log } from '../../platform/log.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import { PacketFault } from '../packet.ts'
import type { StationKeys } from '../stations/keys.ts'
import { asStation } from './packets.ts'
import { holdBack, land } from './process.ts'
import * as packets from './store.ts'

/**
 * Landing, where it may fail: each packet stands alone. One that fails is told in the log and stands among the gaps, is
 * tried again in growing pauses, and then is held, so that a person looks at it; it is never dropped and keeps no other
 * back.
 */

/**
 * Minutes until the next try, after each that failed; after the last there is none, and the packet is held. The first
 * is short: mostly it was the database that went away.
 */
const pauses = [0.5, 5, 20, 80, 320] as const

/** Which fault it was, by its code or kind alone: messages may quote what a person said. */
function faultOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown }
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'fault'
}

/** Where it happened, without the message. */
const placesOf = (error: unknown): readonly string[] =>
  error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .filter(line => line.startsWith('    at '))
        .slice(0, 6)
        .map(line => line.trim())
    : []

const triesOf = ({ facts }: packets.PacketRow): number => {
  const landing = facts?.['landing']
  return typeof landing === 'object' && landing !== null && 'tries' in landing && typeof landing.tries === 'number'
    ? landing.tries
    : 0
}

export type OfPacket = { readonly station: string; readonly hash: string }

/**
 * Notes that it failed and when it is tried again; holds it where no try is left, or where it does not open any more.
 */
async function noteFailure(
  work: Work,
  { station, hash }: OfPacket,
  error: unknown,
): Promise<{ counter: number; tries: number } | undefined> {
  const packet = await packets.holdPacket(work, station, hash)
  if (packet?.state !== 'received') return undefined
  const { counter } = packet
  const tries = triesOf(packet) + 1
  const pause = pauses[tries - 1]
  const landing = { tries, fault: faultOf(error), at: work.now.toISOString() }
  if (error instanceof PacketFault) await holdBack(work, packet, error.code, { landing })
  else if (pause === undefined) await holdBack(work, packet, 'landing-failed', { landing })
  else {
    const next = new Date(work.now.getTime() + pause * 60_000)
    await packets.noteLanding(work, packet, { ...landing, next: next.toISOString() })
    await queueJob(work, 'land-packet', { station, hash }, { runAt: next, key: `land ${station} ${hash}` })
  }
  return { counter, tries }
}

/** Lands a packet; where that fails, notes and tells it. Throws only where not even that can be noted. */
export async function tryToLand(openWork: OpenWork, keys: StationKeys, packet: OfPacket, log: Log): Promise<void> {
  try {
    await land(openWork, keys, packet.station, packet.hash)
  } catch (error) {
    const noted = await openWork(asStation(packet.station), work => noteFailure(work, packet, error))
    log.error({ ...packet, ...noted, fault: faultOf(error), places: placesOf(error) }, 'a packet did not land')
  }
}

/** Packets that nobody landed within this long have lost their job, or failed: they are taken up again. */
const lostAfter = 5 * 60_000
const mostAtOnce = 500

/** Takes up packets that are here, and of which nothing came. */
export async function landWhatWasLeft(openWork: OpenWork, keys: () => Promise<StationKeys>, log: Log): Promise<void> {
  const left = await openWork(asSystem('capture'), work =>
    packets.notLanded(work, new Date(work.now.getTime() - lostAfter), mostAtOnce),
  )
  for (const { stationId, hash } of left) await tryToLand(openWork, await keys(), { station: stationId, hash }, log)
}

import { queueJob } from '../../platform/jobs/jobs.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Log } from '../../platform/log.ts'
import { findOutage, isOfWholeDatabase } from '../../platform/problems-database.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import { packetLostAfterMinutes, packetRetryPauses } from '../law.ts'
import { PacketFault } from '../seal-packet.ts'
import type { StationKeys } from '../stations/keys.ts'
import { stationAuthority } from './packets.ts'
import { processPacket, quarantinePacket } from './process-packet.ts'
import * as packets from './store.ts'

/**
 * Processing with retries. Each packet stands alone: one that fails is logged, is a gap, is tried again in growing
 * pauses, and is then quarantined for an officer. It is never dropped and stops no other packet.
 */

/** The fault by its code or kind alone, because messages may quote personal data. */
function failureText(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown }
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'fault'
}

/** The stack positions without the message. */
const stackPlaces = (error: unknown): readonly string[] =>
  error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .filter(line => line.startsWith('    at '))
        .slice(0, 6)
        .map(line => line.trim())
    : []

const failedTries = ({ facts }: packets.PacketRow): number => {
  const landing = facts?.['landing']
  return typeof landing === 'object' && landing !== null && 'tries' in landing && typeof landing.tries === 'number'
    ? landing.tries
    : 0
}

export type PacketReference = { readonly station: string; readonly hash: string }

/** Records a failure and the next try. Quarantines the packet if no try is left or if it does not open any more. */
async function recordFailure(
  work: Work,
  { station, hash }: PacketReference,
  error: unknown,
): Promise<{ counter: number; tries: number } | undefined> {
  const packet = await packets.holdPacket(work, station, hash)
  if (packet?.state !== 'received') return undefined
  const { counter } = packet
  const tries = failedTries(packet) + 1
  const pause = ruleOn(packetRetryPauses, work.today, work)[tries - 1]
  const landing = { tries, fault: failureText(error), at: work.now.toISOString() }
  if (error instanceof PacketFault) await quarantinePacket(work, packet, error.code, { landing })
  else if (pause === undefined) await quarantinePacket(work, packet, 'landing-failed', { landing })
  else {
    const next = new Date(work.now.getTime() + pause * 60_000)
    await packets.updateProcessing(work, packet, { ...landing, next: next.toISOString() })
    await queueJob(work, 'land-packet', { station, hash }, { runAt: next, key: `land ${station} ${hash}` })
  }
  return { counter, tries }
}

/**
 * Processes a packet; records and logs a failure. Throws where the whole database is out of order, which is no failure
 * of the packet and uses up none of its tries: whoever called tries again. Throws where the failure cannot be recorded.
 */
export async function tryToProcess(
  openWork: OpenWork,
  keys: StationKeys,
  packet: PacketReference,
  log: Log,
): Promise<void> {
  try {
    await processPacket(openWork, keys, packet.station, packet.hash)
  } catch (error) {
    const outage = findOutage(error)
    if (outage && isOfWholeDatabase(outage.code)) throw outage
    const noted = await openWork(stationAuthority(packet.station), work => recordFailure(work, packet, error))
    log.error({ ...packet, ...noted, fault: failureText(error), places: stackPlaces(error) }, 'a packet did not land')
  }
}

const mostAtOnce = 500

/** Processes received packets that were left. */
export async function processLeftPackets(
  openWork: OpenWork,
  keys: () => Promise<StationKeys>,
  log: Log,
): Promise<void> {
  const left = await openWork(asSystem('capture'), work =>
    packets.findUnprocessed(work, new Date(work.now.getTime() - packetLostAfterMinutes * 60_000), mostAtOnce),
  )
  for (const { stationId, hash } of left) await tryToProcess(openWork, await keys(), { station: stationId, hash }, log)
}

import { Value } from 'typebox/value'
import { asId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import type { Capture } from '../capture.ts'
import { heldFromClockMinutes } from '../law.ts'
import { type PacketHeader, readStatement } from '../seal-packet.ts'
import { GrantStatement } from '../stations/contract.ts'
import type { StationKeys } from '../stations/keys.ts'
import type * as stations from '../stations/stations.ts'
import * as store from '../store-application.ts'
import { findPersonOf, type OpenedPacket, unresolvedFacts } from './captured-person.ts'

/**
 * Why an officer must look at a packet before it becomes an application: what its outside tells when it arrives, and
 * what is found when it is opened.
 */

/** How far a station's clock may be off, in milliseconds, before its times are doubted. */
const clockTolerance = (work: Work): number => ruleOn(heldFromClockMinutes, work.today, work) * 60_000

/**
 * Why an intact, signed packet is doubtful: the clock, or a station that was revoked before. When a packet was sealed
 * is the station's own word: of one that was revoked, what the house heard of before the revocation goes on alone.
 */
export async function findDoubtOnArrival(
  work: Work,
  keys: StationKeys,
  {
    station,
    header,
    announcedAt,
    capture,
  }: {
    readonly station: stations.Station
    readonly header: PacketHeader
    readonly announcedAt: Date
    readonly capture?: Capture | undefined
  },
): Promise<string | undefined> {
  const sealed = Date.parse(header.sealedAt)
  const heardOf = Math.max(sealed, announcedAt.getTime())
  if (station.revokedAt && heardOf > station.revokedAt.getTime()) return 'station-revoked'
  const isAhead = sealed > work.now.getTime() + clockTolerance(work)
  const isOffNow = Math.abs(station.clockOff ?? 0) * 1000 > clockTolerance(work)
  const isBehind =
    capture?.clock.knownAt !== undefined &&
    Date.parse(capture.clock.knownAt) > Date.parse(capture.clock.at) + clockTolerance(work)
  // A machine that slept jumps ahead only; a clock that jumps back was set.
  const wasSetBack = capture?.clock.jumps?.some(({ by }) => by * 1000 < -clockTolerance(work)) ?? false
  const isBeforeStation = sealed < (await stationKnownSince(keys, station, capture)) - clockTolerance(work)
  return isAhead || isOffNow || isBehind || wasSetBack || isBeforeStation ? 'clock-off' : undefined
}

/**
 * Since when the server knows a station. For a station that was registered again in a restored database, a grant that
 * the server signed proves the earlier registration.
 */
async function stationKnownSince(
  { checking }: StationKeys,
  { id, registeredAt }: stations.Station,
  capture: Capture | undefined,
): Promise<number> {
  const grant = capture && (await readStatement('dinhdanh-grant', capture.officer.grant, checking))
  const grantedAt =
    Value.Check(GrantStatement, grant) && grant.station === id ? Date.parse(grant.at) : Number.POSITIVE_INFINITY
  return Math.min(grantedAt, registeredAt.getTime())
}

/** Whether a capture is of somebody who has no number, to be established or turned away. */
const isWithoutNumber = ({ person, undeclared, refused }: Capture): boolean =>
  Boolean(undeclared) || (refused !== undefined && !person.number && !person.id)

type PacketDoubt = { readonly problem: string; readonly facts: object }

/**
 * Why an opened packet is doubtful: an officer who had no grant or right, parts that are missing, a person who is not
 * found, an application that has its capture. An officer who released the packet has judged the grant already.
 */
export async function findDoubtOpened(
  work: Work,
  keys: StationKeys,
  opened: OpenedPacket & { readonly isReleased: boolean },
): Promise<PacketDoubt | undefined> {
  const { capture, packet, bodies, isReleased } = opened
  const entitlement = isReleased ? undefined : await findDoubtOfOfficer(work, keys, opened)
  if (entitlement) return entitlement
  if (bodies.size !== capture.parts.length)
    return { problem: 'capture-unreadable', facts: { parts: capture.parts.length } }
  if (!isWithoutNumber(capture) && !(await findPersonOf(work, opened)))
    return { problem: 'person-unresolved', facts: await unresolvedFacts(work, opened) }
  const known = await store.findApplication(work, packet.applicationId)
  if (known && known.state !== 'returned' && known.state !== 'recapture')
    return { problem: 'application-captured-already', facts: { state: known.state } }
  return undefined
}

/** Was the officer granted this station at that moment, and may they capture at all? */
async function findDoubtOfOfficer(
  work: Work,
  keys: StationKeys,
  { capture, packet }: OpenedPacket,
): Promise<PacketDoubt | undefined> {
  const grant = await readStatement('dinhdanh-grant', capture.officer.grant, keys.checking)
  const capturedAt = Date.parse(capture.clock.at)
  const isGranted =
    Value.Check(GrantStatement, grant) &&
    grant.officer === capture.officer.id &&
    grant.station === packet.stationId &&
    capturedAt <= Date.parse(grant.until) + clockTolerance(work)
  if (!isGranted || !(await staff.holdsRight(work, asId<'officer'>(capture.officer.id), 'enrolment.capture')))
    return { problem: 'officer-not-entitled', facts: { granted: isGranted } }
  if (capturedAt < Date.parse(grant.at) - clockTolerance(work))
    return { problem: 'clock-off', facts: { before: 'grant' } }
  return undefined
}

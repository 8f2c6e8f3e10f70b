import * as audit from '../../audit/audit.ts'
import { type Day, partialDay } from '../../platform/day.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import type { Capture } from '../capture.ts'
import { applicationProblem, stationProblem } from '../problems.ts'
import type { StationKeys } from '../stations/keys.ts'
import { openCapture } from './open-capture.ts'
import * as packets from './store.ts'
import { findSimilarTo } from './without-number.ts'

/**
 * Quarantine: packets that wait for an officer, who releases them or sets them aside, and may reopen them. The bytes
 * stay in each case. An officer never decides what they captured (domain.md 7.3). The officer who set a packet aside
 * may reopen it, because nothing happens until it is released.
 */

async function holdPacketIn(
  work: Work,
  station: string,
  hash: string,
  states: readonly packets.PacketState[],
): Promise<packets.PacketRow> {
  const packet = await packets.holdPacket(work, station, hash)
  if (!packet) throw stationProblem('packet-unknown')
  if (!states.includes(packet.state)) throw stationProblem('packet-state-refused', { state: packet.state })
  return packet
}

/** The capture in a packet, if its bytes are here and open. Throws application-captured-by-you. */
async function openCaptureForDecision(
  work: Work,
  keys: StationKeys,
  stationId: string,
  packetHash: string,
): Promise<Capture | undefined> {
  const opened = await openCapture(work, keys, { stationId, packetHash }).catch(() => undefined)
  const hand = { id: opened?.capture.officer.id, at: opened && new Date(opened.capture.clock.at) }
  await staff.refuseSameHand(work, 'packet-released', [hand], () => applicationProblem('application-captured-by-you'))
  return opened?.capture
}

/** The note that is kept with the decision. Throws application-needs-papers. */
function requireNote(note: string): string {
  if (note.trim().length < 3) throw applicationProblem('application-needs-papers')
  return note.trim()
}

/** Whether the packet of an application is quarantined or was set aside. */
export const isQuarantined = async (work: Work, applicationId: string): Promise<boolean> =>
  (await packets.findPacketsOfApplication(work, applicationId)).some(
    ({ state }) => state === 'held' || state === 'set-aside',
  )

/** Whether the person of an application had no number and was turned away. */
export const isTurnedAway = async (work: Work, applicationId: string): Promise<boolean> =>
  (await packets.findPacketsOfApplication(work, applicationId)).some(({ turnedAway }) => turnedAway !== null)

const viewableStates: readonly packets.PacketState[] = ['held', 'refused', 'set-aside']

export type QuarantineView = {
  readonly packet: packets.PacketRow
  readonly capture?: Capture | undefined
  /** Possible people with their data: by the given number, and by similarity. */
  readonly candidates: readonly register.PersonSummary[]
}

/**
 * A quarantined packet as far as it can be opened, and its possible people. Records the reading of each person shown.
 */
export async function getQuarantineView(
  work: Work,
  keys: StationKeys,
  station: string,
  hash: string,
): Promise<QuarantineView> {
  const packet = await packets.findPacket(work, station, hash)
  if (!packet) throw stationProblem('packet-unknown')
  if (!viewableStates.includes(packet.state) && packet.turnedAway === null)
    throw stationProblem('packet-state-refused', { state: packet.state })
  const capture = await openCapture(work, keys, { stationId: station, packetHash: hash })
    .then(opened => opened?.capture)
    .catch(() => undefined)
  const number =
    capture?.person.number && (await register.findByNumber(work, capture.person.number).catch(() => undefined))
  const known = capture?.person.id ? await register.listSummaries(work, [capture.person.id as register.PersonId]) : []
  const alike = capture
    ? (
        await register
          .searchPersons(work, { name: capture.person.fullName, born: birthOfCapture(capture) })
          .catch(() => ({ people: [] }))
      ).people
    : []
  const similar = capture?.undeclared
    ? await register.listSummaries(work, await findSimilarTo(work, capture.person, capture.undeclared))
    : []
  const candidates = new Map(
    [...known, ...similar, ...(number ? [number] : []), ...alike].map(person => [person.id, person]),
  )
  await audit.noteReading(work, [...candidates.keys()], ['identity', 'number'])
  return { packet, ...(capture && { capture }), candidates: [...candidates.values()] }
}

const birthOfCapture = ({ person }: Capture) => {
  const [y = 0, m, d] = person.birthDate.split('-').map(Number)
  return partialDay(y, m, d)
}

export type ReleaseDecision = {
  readonly note: string
  /** Who it is, if that was unclear. */
  readonly personId?: register.PersonId | undefined
  /** The day of the capture, if the clock was wrong. */
  readonly day?: Day | undefined
  /** Of somebody without a number: the people who are alike were compared, and none of them is this person. */
  readonly compared?: 'somebody-else' | undefined
}

/**
 * A number that was asked for is decided first, or somebody would have two records. Who is without one is nobody's to
 * guess: the officer says who it is, or that it is nobody of those who are alike.
 */
function refuseUndecidedNumber(
  { problem }: packets.PacketRow,
  capture: Capture,
  { personId, compared }: Pick<ReleaseDecision, 'personId' | 'compared'>,
): void {
  if (problem === 'person-undeclared') throw stationProblem('person-undeclared')
  const isAsked = problem !== null && ['person-unresolved', 'number-refused', 'number-asked-already'].includes(problem)
  if (capture.undeclared && isAsked && !personId && !compared) throw stationProblem('person-unresolved')
}

/**
 * Releases a quarantined packet with the officer's note; the packet is then processed. An officer never releases what
 * they captured.
 */
export async function releaseFromQuarantine(
  work: Work,
  keys: StationKeys,
  station: string,
  hash: string,
  { note, personId, day, compared }: ReleaseDecision,
): Promise<void> {
  const packet = await holdPacketIn(work, station, hash, ['held'])
  const reason = requireNote(note)
  const capture = await openCaptureForDecision(work, keys, station, hash)
  if (!capture) throw stationProblem('packet-undecryptable')
  refuseUndecidedNumber(packet, capture, { personId, compared })
  if (personId) await register.getSummary(work, personId)
  // The tries of a failed processing start again.
  const { landing: _landing, ...known } = packet.facts ?? {}
  const facts = { ...known, releasedFrom: packet.problem, ...(day && { day }), ...(compared && { compared: true }) }
  await packets.setPacketDecided(work, packet, { state: 'received', reason, personId, facts })
  await queueJob(work, 'land-packet', { station, hash })
  await recordPacketDeed(work, 'packet.released', packet, {
    note: reason,
    ...(day && { day }),
    ...(compared && { compared }),
  })
}

/**
 * Sets a packet aside without an application: the person was captured again, or it is a copy. The bytes are kept; those
 * of a refused packet are at its station.
 */
export async function setPacketAside(
  work: Work,
  keys: StationKeys,
  station: string,
  hash: string,
  note: string,
): Promise<void> {
  const packet = await holdPacketIn(work, station, hash, ['held', 'refused'])
  if (packet.problem === 'person-undeclared') throw stationProblem('person-undeclared')
  if (packet.decidedBy !== null && packet.state === 'refused')
    throw stationProblem('packet-state-refused', { state: 'set-aside' })
  const reason = requireNote(note)
  await openCaptureForDecision(work, keys, station, hash)
  const state = packet.state === 'refused' ? 'refused' : 'set-aside'
  await packets.setPacketDecided(work, packet, { state, reason, facts: { ...packet.facts } })
  await recordPacketDeed(work, 'packet.set-aside', packet, { note: reason })
}

/**
 * Reopens a packet: one that was set aside waits again with its reason; a refused one is wanted of its station again
 * and is checked anew.
 */
export async function reopenQuarantined(
  work: Work,
  keys: StationKeys,
  station: string,
  hash: string,
  note: string,
): Promise<void> {
  const packet = await holdPacketIn(work, station, hash, ['set-aside', 'refused'])
  const reason = requireNote(note)
  await openCaptureForDecision(work, keys, station, hash)
  await packets.setPacketReopened(work, packet, packet.state === 'refused' ? 'told' : 'held')
  const was = packet.decidedBy && { setAsideBy: packet.decidedBy, setAsideFor: packet.reason }
  await recordPacketDeed(work, 'packet.reopened', packet, { note: reason, ...was })
}

const recordPacketDeed = (
  work: Work,
  deed: string,
  { stationId, hash, unitId, counter, applicationId, problem }: packets.PacketRow,
  facts: object,
) =>
  audit.record(
    work,
    deed,
    { kind: 'station', id: stationId, unitId },
    { counter, hash, application: applicationId, problem, ...facts },
  )

import * as audit from '../audit/audit.ts'
import type { Day } from '../platform/day.ts'
import { queueJob } from '../platform/jobs.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import { openCapture } from './adjudicate.ts'
import type { Capture } from './capture.ts'
import type { StationKeys } from './keys.ts'
import { applicationProblem, stationProblem } from './problems.ts'
import * as packets from './store-packet.ts'

/** Packets that wait for a person: looked at, then let through or set aside. The bytes stay whatever is decided. */

async function holdHeld(work: Work, station: string, hash: string): Promise<packets.PacketRow> {
  const packet = await packets.holdPacket(work, station, hash)
  if (!packet) throw stationProblem('packet-unknown')
  if (packet.state !== 'held') throw stationProblem('packet-state-refused', { state: packet.state })
  return packet
}

export type HeldView = {
  readonly packet: packets.PacketRow
  readonly capture?: Capture | undefined
  /** Whom it may be, with their data: by the number that was told, and by who is like it. */
  readonly candidates: readonly register.PersonSummary[]
}

/** A held packet as far as it can be opened, and whom it may be. Leaves a trace of everyone shown. */
export async function showHeld(work: Work, keys: StationKeys, station: string, hash: string): Promise<HeldView> {
  const packet = await packets.findPacket(work, station, hash)
  if (!packet) throw stationProblem('packet-unknown')
  const capture = await openCapture(work, keys, { stationId: station, packetHash: hash })
    .then(opened => opened?.capture)
    .catch(() => undefined)
  const number = capture && (await register.findByNumber(work, capture.person.number).catch(() => undefined))
  const known = capture?.person.id ? await register.summariesOf(work, [capture.person.id as register.PersonId]) : []
  const alike = capture
    ? (await register.search(work, { name: capture.person.fullName, born: birthOf(capture) }).catch(() => ({ people: [] }))).people
    : []
  const candidates = new Map([...known, ...(number ? [number] : []), ...alike].map(person => [person.id, person]))
  await audit.noteReading(work, [...candidates.keys()], ['identity', 'number'])
  return { packet, ...(capture && { capture }), candidates: [...candidates.values()] }
}

const birthOf = ({ person }: Capture) => {
  const [y = 0, m, d] = person.birthDate.split('-').map(Number)
  return { y, ...(m && { m }), ...(m && d && { d }) }
}

export type Release = {
  readonly note: string
  /** Who it is, where that was not clear. */
  readonly personId?: string | undefined
  /** On which day it was, where the clock was wrong. */
  readonly day?: Day | undefined
}

/** Lets a held packet through, on the officer's word; nobody does so with what they captured. It lands as any other. */
export async function release(
  work: Work,
  keys: StationKeys,
  station: string,
  hash: string,
  { note, personId, day }: Release,
): Promise<void> {
  const packet = await holdHeld(work, station, hash)
  if (note.trim().length < 3) throw applicationProblem('application-needs-papers')
  const opened = await openCapture(work, keys, { stationId: station, packetHash: hash }).catch(() => undefined)
  if (!opened) throw stationProblem('packet-undecryptable')
  if (opened.capture.officer.id === work.by.id) throw applicationProblem('application-captured-by-you')
  if (personId) await register.getSummary(work, personId as register.PersonId)
  const facts = { ...packet.facts, releasedFrom: packet.problem, ...(day && { day }) }
  await packets.setDecided(work, packet, { state: 'received', reason: note.trim(), personId, facts })
  await queueJob(work, 'land-packet', { station, hash })
  await record(work, 'packet.released', packet, { ...(day && { day }) })
}

/** No application comes of it: the person was captured again, or it is a copy. The bytes are kept. */
export async function setAside(work: Work, keys: StationKeys, station: string, hash: string, note: string): Promise<void> {
  const packet = await holdHeld(work, station, hash)
  if (note.trim().length < 3) throw applicationProblem('application-needs-papers')
  const opened = await openCapture(work, keys, { stationId: station, packetHash: hash }).catch(() => undefined)
  if (opened?.capture.officer.id === work.by.id) throw applicationProblem('application-captured-by-you')
  await packets.setDecided(work, packet, { state: 'set-aside', reason: note.trim(), facts: { ...packet.facts } })
  await record(work, 'packet.set-aside', packet, {})
}

const record = (work: Work, deed: string, { stationId, hash, unitId, counter, applicationId, problem }: packets.PacketRow, facts: object) =>
  audit.record(work, deed, { kind: 'station', id: stationId, unitId }, { counter, hash, application: applicationId, problem, ...facts })

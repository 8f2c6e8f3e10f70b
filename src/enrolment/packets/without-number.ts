import * as audit from '../../audit/audit.ts'
import { link } from '../../linkage/deciding/deciding.ts'
import { toLinkRecord } from '../../linkage/person-record.ts'
import { parsePartialDay } from '../../platform/day.ts'
import { asId } from '../../platform/ids.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { Problem } from '../../platform/problem.ts'
import type { Deed, Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as rolls from '../../rolls/rolls.ts'
import * as units from '../../units/units.ts'
import type { Capture, UndeclaredPerson } from '../capture.ts'
import { leastLikelySamePerson } from '../law.ts'
import type { OpenedPacket } from './captured-person.ts'
import * as packets from './store.ts'

/**
 * People without a number at a station. Their capture becomes a request to establish them (form DC01), which a second
 * officer decides in `register/establishing`; with the number the packet goes on as it is, so that nobody comes twice.
 * Who was turned away leaves a packet as a trace.
 */

/**
 * People of the register who may be the same person, by name, birth date, home and parents, so that nobody gets a
 * second number.
 */
export async function findSimilarTo(
  work: Work,
  person: Capture['person'],
  undeclared: UndeclaredPerson,
): Promise<register.PersonId[]> {
  const communes = [undeclared.residenceUnitId]
  const path = await units.unitPath(work, asId<'unit'>(undeclared.residenceUnitId), work.today)
  const asked = toLinkRecord({
    id: 'captured',
    name: person.fullName,
    ...parsedBirth(person.birthDate),
    sex: person.sex,
    communes,
    districts: path.filter(({ level }) => level === 'district').map(({ id }) => id),
    ...(undeclared.fatherName && { fatherName: undeclared.fatherName }),
    ...(undeclared.motherName && { motherName: undeclared.motherName }),
  })
  const found = (await register.findLinkCandidates(work, [asked])).get(asked.id) ?? []
  if (found.length === 0) return []
  const [row] = link([asked], () => found, await rolls.getLinker(work, work.today))
  return (row?.decision.candidates ?? [])
    .filter(({ posterior }) => posterior >= leastLikelySamePerson)
    .map(({ candidate }) => candidate.id as register.PersonId)
}

const parsedBirth = (birthDate: string) => {
  const birth = parsePartialDay(birthDate)
  return birth ? { birth } : {}
}

const isCommune = async (work: Work, id: string) => (await units.findUnit(work, asId<'unit'>(id)))?.level === 'commune'

/**
 * Asks for a number with what the station took down, in the name of the officer who took it, and says why the packet
 * waits: until the number is there; or until another officer has compared the people who are alike, or looked at the
 * same person's earlier request.
 */
export async function askForNumber(
  work: Work,
  { packet, capture: { person } }: OpenedPacket,
  undeclared: UndeclaredPerson,
): Promise<{ readonly problem: string; readonly facts: object }> {
  const { form, papers, residenceUnitId, ...others } = undeclared
  if (!(await isCommune(work, residenceUnitId)))
    return { problem: 'capture-unreadable', facts: { residence: 'unknown' } }
  const { fullName, birthDate, sex } = person
  const isCompared = packet.facts?.['compared'] === true
  if (!isCompared) {
    const alike = await findSimilarTo(work, person, undeclared)
    if (alike.length > 0) return { problem: 'person-unresolved', facts: { alike: alike.length } }
    if (await register.hasOpenCollection(work, { fullName, birthDate }))
      return { problem: 'number-asked-already', facts: {} }
  }
  try {
    const { id } = await register.collectPerson(work, {
      given: { fullName, birthDate, sex, ...others, residenceUnitId: asId<'unit'>(residenceUnitId) },
      papers,
      form,
      ...(isCompared && { compared: 'somebody-else' as const }),
    })
    await packets.setCollection(work, packet, id)
    return { problem: 'person-undeclared', facts: {} }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const isAlike = error.code === 'person-likely-known'
    return { problem: isAlike ? 'person-unresolved' : 'capture-unreadable', facts: { collection: error.code } }
  }
}

/** Keeps that somebody without a number was turned away. The code on their paper leads to it. */
export async function recordTurnedAway(
  work: Work,
  { packet }: OpenedPacket,
  { code }: NonNullable<Capture['refused']>,
): Promise<void> {
  await packets.setTurnedAway(work, packet, code)
  await audit.record(
    work,
    'packet.turned-away',
    { kind: 'station', id: packet.stationId, unitId: packet.unitId },
    { counter: packet.counter, hash: packet.hash, application: packet.applicationId, reason: code },
  )
}

/** The packet that waits for the request of a deed. */
async function holdWaitingPacket(work: Work, collection: unknown): Promise<packets.PacketRow | undefined> {
  if (typeof collection !== 'string') return undefined
  const packet = await packets.holdPacketOfCollection(work, collection)
  return packet?.state === 'held' && packet.problem === 'person-undeclared' ? packet : undefined
}

/** The person has a number: the capture goes on with it. */
export async function goOnWithNumber(work: Work, { subject: { personId }, facts }: Deed): Promise<void> {
  const packet = await holdWaitingPacket(work, facts['collection'])
  if (!packet || !personId) return
  await packets.setEstablished(work, packet, personId)
  await queueJob(work, 'land-packet', { station: packet.stationId, hash: packet.hash })
}

/** The request was refused: an officer says who the captured person is, or sets the packet aside. */
export async function waitWithoutNumber(work: Work, { subject }: Deed): Promise<void> {
  const packet = await holdWaitingPacket(work, subject.id)
  if (packet) await packets.setQuarantined(work, packet, 'number-refused', {})
}

import { compareNames } from '../../names/spelling/spelling.ts'
import { formatPartialDay } from '../../platform/day.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { Capture } from '../capture.ts'
import type * as packets from './store.ts'

/** Which person of the register a capture is of. */

export type OpenedPacket = {
  readonly packet: packets.PacketRow
  readonly capture: Capture
  readonly bodies: ReadonlyMap<string, Uint8Array>
}

const findPersonByNumber = async (work: Work, number: string | undefined) => {
  if (!number) return undefined
  try {
    return await register.findByNumber(work, number)
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

/**
 * The person of a capture: the one on the list, the one an officer chose, or the one with the number whose data fit.
 */
export async function findPersonOf(
  work: Work,
  { capture, packet }: OpenedPacket,
): Promise<register.PersonSummary | undefined> {
  const known = packet.personId ?? (capture.person.id as register.PersonId | undefined)
  if (known) return (await register.listSummaries(work, [known]))[0]
  const found = await findPersonByNumber(work, capture.person.number)
  if (!found) return undefined
  const fits =
    compareNames(capture.person.fullName, found.fullName) !== 'letters-differ' &&
    capture.person.birthDate === formatPartialDay(found.birthDate)
  return fits ? found : undefined
}

/** The names of the fields that differ between the capture and the person with the number. */
export async function unresolvedFacts(work: Work, { capture }: OpenedPacket): Promise<object> {
  const found = await findPersonByNumber(work, capture.person.number)
  if (!found) return { number: 'unknown' }
  return {
    differs: [
      ...(compareNames(capture.person.fullName, found.fullName) === 'letters-differ' ? ['full-name'] : []),
      ...(capture.person.birthDate === formatPartialDay(found.birthDate) ? [] : ['birth-date']),
    ],
  }
}

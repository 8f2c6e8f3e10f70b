/**
 * Guardianship of a grown person who lost the capacity to act, or has difficulty in perceiving and controlling what
 * they do. In: the ward, the guardian's number, the decision of a court or a people's committee with its days. Decided:
 * whether both are grown and alive; a second officer who has the decision before them accepts it, and until then nobody
 * acts. Out: who acts for the ward on a day. It ends by an officer, with its term, or with a death. Deeds:
 * `guardianship.recorded`, `.accepted`, `.ended`.
 */

import * as audit from '../../audit/audit.ts'
import { birthday, type Day, latestDay } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import { asSystem, type Deed, type OpenWork, type Work, withHouseScope } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import { fullCapacityAge } from '../law.ts'
import type { PersonId } from '../person.ts'
import { findByNumber } from '../persons/persons.ts'
import { registerProblem } from '../problems.ts'
import { findSummaries } from '../store.ts'
import type { Guardianship, GuardianshipEnd, GuardianshipId } from './guardianship.ts'
import * as store from './store.ts'

export type GuardianshipInput = Pick<
  Guardianship,
  'ground' | 'relation' | 'paperKind' | 'paper' | 'paperOn' | 'from' | 'to'
> & { readonly guardianNumber: string }

const subjectOfGuardianship = ({ id, personId }: Guardianship) => ({ kind: 'guardianship', id, personId })

const isGrown = (birthDate: Parameters<typeof latestDay>[0], work: Work) =>
  birthday(latestDay(birthDate), ruleOn(fullCapacityAge, work.today, work)) <= work.today

/**
 * Records a decision on guardianship, which another officer accepts. Throws person-unknown, number-unknown,
 * number-not-twelve-digits, guardianship-ward-unfit, guardianship-guardian-unfit, guardianship-days-wrong,
 * guardianship-exists.
 */
export async function recordGuardianship(
  work: Work,
  personId: PersonId,
  { guardianNumber, ...input }: GuardianshipInput,
): Promise<Guardianship> {
  const [ward] = await findSummaries(work, [personId])
  if (!ward) throw registerProblem('person-unknown')
  if (ward.lifeStatus === 'dead' || !isGrown(ward.birthDate, work)) throw registerProblem('guardianship-ward-unfit')
  const guardian = await findByNumber(work, guardianNumber)
  if (!guardian) throw registerProblem('number-unknown')
  const isWard = await withHouseScope(work, house => store.findGuardianId(house, guardian.id, work.today))
  if (guardian.id === personId || guardian.lifeStatus !== 'alive' || !isGrown(guardian.birthDate, work) || isWard)
    throw registerProblem('guardianship-guardian-unfit')
  if (input.paperOn > work.today || (input.to && input.to < input.from))
    throw registerProblem('guardianship-days-wrong')
  if ((await store.findGuardianships(work, personId)).some(({ endedOn }) => endedOn === undefined))
    throw registerProblem('guardianship-exists')

  const one: Guardianship = {
    ...input,
    id: newId<'guardianship'>(work.now),
    personId,
    guardianId: guardian.id,
    recordedBy: work.by.id,
    recordedAt: work.now,
  }
  await store.insertGuardianship(work, one)
  const { ground, paperKind, from, to } = one
  await audit.record(work, 'guardianship.recorded', subjectOfGuardianship(one), {
    ground,
    paperKind,
    from,
    ...(to && { to }),
  })
  return one
}

async function holdOpen(work: Work, id: GuardianshipId): Promise<Guardianship> {
  const one = await store.holdGuardianship(work, id)
  if (!one) throw registerProblem('guardianship-unknown')
  if (one.endedOn) throw registerProblem('guardianship-over')
  return one
}

/** Another officer has the decision before them. Throws guardianship-unknown, -over, second-officer-needed. */
export async function acceptGuardianship(work: Work, id: GuardianshipId): Promise<Guardianship> {
  const one = await holdOpen(work, id)
  if (one.acceptedBy) throw registerProblem('guardianship-over')
  const hand = { id: one.recordedBy, at: one.recordedAt }
  await staff.refuseSameHand(work, 'guardianship-accepted', [hand], () => registerProblem('second-officer-needed'))
  await store.setAccepted(work, one)
  await audit.record(work, 'guardianship.accepted', subjectOfGuardianship(one), {})
  return { ...one, acceptedBy: work.by.id }
}

/** The guardian acts no more, from today on. Throws guardianship-unknown, guardianship-over. */
export async function endGuardianship(work: Work, id: GuardianshipId, reason: GuardianshipEnd): Promise<void> {
  const one = await holdOpen(work, id)
  await store.setGuardianshipEnd(work, one, work.today, reason)
  await audit.record(work, 'guardianship.ended', subjectOfGuardianship(one), {
    reason,
    accepted: one.acceptedBy !== undefined,
  })
}

/** The guardianships of somebody whom the scope sees, the latest first. Throws person-unknown. */
export async function listGuardianships(
  work: Work,
  personId: PersonId,
): Promise<(Guardianship & { readonly guardianName: string })[]> {
  const [ward] = await findSummaries(work, [personId])
  if (!ward) throw registerProblem('person-unknown')
  const found = await store.findGuardianships(work, personId)
  const guardians = found.map(({ guardianId }) => guardianId)
  const named = await withHouseScope(work, house => findSummaries(house, guardians))
  await audit.noteReading(work, [personId, ...guardians], ['name', 'kin'])
  const names = new Map(named.map(({ id, fullName }) => [id, fullName]))
  return found.map(one => ({ ...one, guardianName: names.get(one.guardianId) ?? '' }))
}

/** By which decisions somebody acted for a person, for the person themselves. */
export const ownGuardianships = store.findGuardianships

/** Who acts for a grown person on a day, by an accepted decision; undefined for whoever acts alone. */
export const guardianOf = (work: Work, personId: PersonId, day: Day = work.today): Promise<PersonId | undefined> =>
  store.findGuardianId(work, personId, day)

/** A consequence of `person.died`: what the dead were ward or guardian of is over. */
export const endGuardianshipsWithDeath = (work: Work, { subject: { personId } }: Deed): Promise<void> =>
  withHouseScope(work, async house => {
    if (personId) for (const id of await store.findOpenOf(house, personId)) await endGuardianship(house, id, 'died')
  })

/** Ends those whose last day is over. Gives how many. */
export const endOverGuardianships = (openWork: OpenWork): Promise<number> =>
  openWork(asSystem('register'), async work => {
    const ids = await store.findOver(work)
    for (const id of ids) await endGuardianship(work, id, 'term')
    return ids.length
  })

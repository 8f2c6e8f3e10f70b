import * as exchange from '../../exchange/exchange.ts'
import { formatPartialDay, parsePartialDay } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { foldName } from '../folded-name.ts'
import { registerProblem } from '../problems.ts'
import * as store from '../store.ts'
import type { CollectedPerson, Collection, CollectionId } from './collection.ts'
import { establishWithNumber, recordCollection, refuseMissingNumberParts } from './establishing.ts'
import * as collections from './store-collection.ts'

/** Numbers that the national centre gives: what it is asked, what its answers do, what was given back and is mended. */

/** What the centre is asked of a collection that was handed up. Throws collection-unknown. */
export async function numberQuestion(work: Work, id: CollectionId): Promise<Readonly<Record<string, unknown>>> {
  const collection = await collections.holdCollection(work, id)
  if (!collection) throw registerProblem('collection-unknown')
  const { given, papers, form, personId, reason } = collection
  if (given) {
    const { residenceUnitId, ...person } = given
    return { request: 'establish', ...person, residenceUnit: await unitCode(work, residenceUnitId), papers, form }
  }
  const [held] = await store.numbersOf(work, personId)
  const [person] = await store.findSummaries(work, [personId])
  const parts = await collections.numberParts(work, personId)
  return {
    request: 're-establish',
    number: held?.number,
    fullName: person?.fullName,
    birthDate: person && formatPartialDay(person.birthDate),
    sex: parts?.sex,
    birthRegistrationCode: parts?.birth_registration_code,
    reason,
    papers,
    form,
  }
}

const unitCode = async (work: Work, id: units.UnitId) => (await units.getUnit(work, id)).code

/** What follows the centre's answers to it. */
export const numberAnswers: exchange.QuestionKinds['number.request'] = {
  grant: async (work, { subjectId }, { number, ...rest }) => {
    if (typeof number !== 'string' || !/^\d{12}$/.test(number) || Object.keys(rest).length > 0)
      throw new exchange.AnswerFault('answer-malformed')
    await establishWithNumber(work, subjectId as CollectionId, number)
    // The number stands in the register alone.
    return {}
  },
  turnBack: async (work, { subjectId }, why) => {
    const collection = await collections.holdCollection(work, subjectId as CollectionId)
    if (!collection?.handedUpAt || collection.state !== 'collected') throw new exchange.AnswerFault('not-handed-up')
    if (why.outcome === 'returned') {
      await collections.setReturned(work, collection, why)
      await recordCollection(work, 'collection.returned', collection, { code: why.code })
      return
    }
    await collections.setCollectionDecided(work, collection, 'refused', [why.code, why.note].filter(Boolean).join(': '))
    await recordCollection(work, 'collection.refused', collection, { by: 'centre', code: why.code })
  },
}

/**
 * What the centre is told of a number that was cancelled with its renewal. Nothing where the centre gave the new number
 * itself: it was asked to cancel the old one with the same request. Throws collection-unknown.
 */
export async function cancellationByRenewal(
  work: Work,
  id: CollectionId,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const collection = await collections.holdCollection(work, id)
  if (!collection) throw registerProblem('collection-unknown')
  if (collection.handedUpAt) return undefined
  const held = await store.numbersOf(work, collection.personId)
  const inForce = held.find(({ state }) => state === 'in-force')?.number
  const number = held.find(({ supersededBy }) => supersededBy === inForce)?.number
  if (!number) return undefined
  return { number, inForce, cause: 'renewed', reason: collection.reason, papers: collection.papers }
}

/** What follows the centre's answers: the register has said so already, so an answer is kept, for that number alone. */
export const cancellationAnswers: exchange.QuestionKinds['number.cancellation'] = {
  grant: async (_work, { body }, { number, ...rest }) => {
    if (typeof number !== 'string' || Object.keys(rest).length > 0) throw new exchange.AnswerFault('answer-malformed')
    if (number !== body['number']) throw new exchange.AnswerFault('answer-of-another-number')
    return {}
  },
  turnBack: async () => {},
}

export type MendedCollection = {
  readonly given?: CollectedPerson | undefined
  readonly papers: string
  /** Of a new number: why the old one is to be cancelled. */
  readonly reason?: string | undefined
}

/**
 * Whoever collected it mends what the centre gave back; a second officer hands it up again. Throws collection-unknown,
 * collection-closed, collection-not-returned, collection-of-another, number-cannot-be-made, correction-value-invalid.
 */
export async function mendCollection(work: Work, id: CollectionId, mended: MendedCollection): Promise<Collection> {
  const collection = await collections.holdCollection(work, id)
  if (!collection) throw registerProblem('collection-unknown')
  await staff.refuseStale(work, collection.id)
  if (collection.state !== 'collected') throw registerProblem('collection-closed', { state: collection.state })
  const { returned, ...open } = collection
  if (!returned) throw registerProblem('collection-not-returned')
  if (collection.collectedBy !== work.by.id) throw registerProblem('collection-of-another')
  const given = open.given && (mended.given ?? open.given)
  if (given) {
    const [name, birth] = [foldName(given.fullName), parsePartialDay(given.birthDate)]
    if (!name || !birth) throw registerProblem('correction-value-invalid', { field: name ? 'birth_date' : 'full_name' })
    refuseMissingNumberParts({ prefix: given.birthRegistrationCode, birthYear: birth.y })
  }
  const reason = open.given ? open.reason : mended.reason?.trim() || open.reason
  const done: Collection = { ...open, given, papers: mended.papers, ...(reason !== undefined && { reason }) }
  await collections.setMended(work, done)
  await recordCollection(work, 'collection.mended', done, { returned: returned.code })
  return done
}

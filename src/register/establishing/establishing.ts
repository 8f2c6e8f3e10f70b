/**
 * Establishing: a person without a number gets one, or a new one. In: form DC01 of a person who is not in the register,
 * or the request to cancel a number. Decided: by a second officer, whether the person is entered. Which number is given
 * the national centre decides (centre.ts), or the second officer where the centre has delegated it; no number is given
 * twice. Out: a person in the register with a number, or the new number in place of the cancelled one. Deeds:
 * `person.collected`, `number.asked`, `number.handed-up`, `collection.returned`, `collection.mended`,
 * `person.established`, `number.renewed`, `collection.refused`.
 */

import { randomInt } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import * as exchange from '../../exchange/exchange.ts'
import { findContradictions, makeNumber, parseNumber, type Sex } from '../../names/numbers/numbers.ts'
import { parsePartialDay } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import { decidesHere, decidingUnit } from '../corrections/deciding-unit.ts'
import { foldName } from '../folded-name.ts'
import type { PersonId } from '../person.ts'
import { registerProblem } from '../problems.ts'
import * as store from '../store.ts'
import * as change from '../store-history.ts'
import { refreshLinkRecords } from '../store-link-record-refresh.ts'
import type { CollectedPerson, Collection, CollectionId } from './collection.ts'
import * as collections from './store-collection.ts'
import * as numbers from './store-number.ts'

export type NewCollection = {
  readonly given: CollectedPerson
  /** Which legal papers were seen. */
  readonly papers: string
  readonly form: { readonly code: string; readonly version: string }
  /** The namesakes were compared, and none of them is this person. */
  readonly compared?: 'somebody-else' | undefined
}

/**
 * Collects a person who is not in the register (form DC01), by the first of two officers. Throws person-likely-known,
 * number-cannot-be-made.
 */
export async function collectPerson(work: Work, { given, papers, form, compared }: NewCollection): Promise<Collection> {
  const name = foldName(given.fullName)
  const birth = parsePartialDay(given.birthDate)
  if (!name || !birth) throw registerProblem('correction-value-invalid', { field: name ? 'birth_date' : 'full_name' })
  refuseMissingNumberParts({ prefix: given.birthRegistrationCode, birthYear: birth.y })
  const alike = compared ? [] : await collections.findNamesakes(work, name.ascii, birth)
  if (alike.length > 0) throw registerProblem('person-likely-known', { alike })

  const collection = startCollection(work, newId<'person'>(work.now), {
    kind: 'new-person',
    form,
    papers,
    given: { ...given, fullName: name.name },
  })
  await collections.insertCollection(work, collection)
  await recordCollection(work, 'person.collected', collection, { form: form.code })
  return collection
}

/** Asks that a person's number be cancelled and made anew (NĐ70/2024 Art. 11(7)); a second officer does it. */
export async function renewNumber(
  work: Work,
  personId: PersonId,
  { reason, papers, form }: { readonly reason: string; readonly papers: string; readonly form: Collection['form'] },
): Promise<Collection> {
  if (reason.trim() === '') throw registerProblem('reason-needed')
  if (!(await store.holdPerson(work, personId))) throw registerProblem('person-unknown')
  await refuseOtherUnit(work, personId)
  if (await collections.findOpenRenewal(work, personId)) throw registerProblem('request-open')
  const parts = await collections.numberParts(work, personId)
  refuseMissingNumberParts({ prefix: parts?.birth_registration_code, birthYear: parts?.birth_y })

  const collection = startCollection(work, personId, { kind: 'new-number', form, papers, reason: reason.trim() })
  await collections.insertCollection(work, collection)
  await recordCollection(work, 'number.asked', collection, { form: form.code })
  return collection
}

type CollectionStart = Pick<Collection, 'kind' | 'form' | 'papers' | 'given' | 'reason'>

function startCollection(work: Work, personId: PersonId, given: CollectionStart): Collection {
  if (!work.unitId) throw registerProblem('unit-needed')
  return {
    ...given,
    id: newId<'collection'>(work.now),
    personId,
    state: 'collected',
    unitId: work.unitId,
    collectedBy: work.by.id,
    collectedOn: work.today,
  }
}

export const recordCollection = (
  work: Work,
  deed: string,
  { id, personId, unitId }: Collection,
  facts: Readonly<Record<string, unknown>> = {},
) => audit.record(work, deed, { kind: 'collection', id, personId, unitId }, facts)

export function refuseMissingNumberParts({
  prefix,
  birthYear,
}: {
  prefix: string | null | undefined
  birthYear: number | undefined
}): void {
  if (!/^\d{3}$/.test(prefix ?? '') || birthYear === undefined || birthYear < 1900 || birthYear > 2399)
    throw registerProblem('number-cannot-be-made')
}

/** A number is cancelled and given anew where the person permanently lives, as a correction is decided there. */
async function refuseOtherUnit(work: Work, personId: PersonId): Promise<void> {
  if (!(await decidesHere(work, await decidingUnit(work, personId)))) throw registerProblem('another-unit-decides')
}

async function holdCollectionToDecide(work: Work, id: CollectionId): Promise<Collection> {
  const collection = await collections.holdCollection(work, id)
  if (!collection) throw registerProblem('collection-unknown')
  await staff.refuseStale(work, collection.id)
  if (collection.state !== 'collected') throw registerProblem('collection-closed', { state: collection.state })
  if (collection.handedUpAt) throw registerProblem('collection-at-centre')
  const hand = { id: collection.collectedBy, at: collection.collectedOn }
  await staff.refuseSameHand(work, 'number-established', [hand], () => registerProblem('second-officer-needed'))
  return collection
}

/** `number`: as it was given here; absent where the centre has the collection to decide. */
export type EstablishedCollection = Collection & { readonly number?: string }

/**
 * The second officer establishes: the person enters the register with a number by the rule (NĐ137/2015 Art. 13), or the
 * number is cancelled and a new one given. A number that anyone ever had is never given again. Where the national
 * centre has not delegated numbers to this installation, the collection is handed up to it instead (NĐ70/2024 Art. 11).
 */
export async function establishNumber(work: Work, id: CollectionId): Promise<EstablishedCollection> {
  const collection = await holdCollectionToDecide(work, id)
  if (!(await exchange.isDecidedHere(work, 'numbers'))) return handUp(work, collection)
  if (!collection.given) await refuseOtherUnit(work, collection.personId)
  const number = await establish(work, collection, parts => reserveNumber(work, collection.personId, parts))
  return { ...collection, state: 'established', decidedBy: work.by.id, decidedOn: work.today, number }
}

async function handUp(work: Work, collection: Collection): Promise<Collection> {
  if (collection.returned) throw registerProblem('collection-to-mend')
  if (!collection.given) {
    await refuseOtherUnit(work, collection.personId)
    await heldNumber(work, collection.personId)
  }
  await collections.setHandedUp(work, collection)
  await recordCollection(work, 'number.handed-up', collection, { form: collection.form.code })
  return { ...collection, handedUpAt: work.now, handedUpBy: work.by.id }
}

/**
 * The national centre gives the number, in the installation's own work. Throws collection-unknown, collection-closed,
 * number-not-in-force, and an AnswerFault where the number is another's or does not fit what is in the register.
 */
export async function establishWithNumber(work: Work, id: CollectionId, number: string): Promise<void> {
  const collection = await collections.holdCollection(work, id)
  if (!collection) throw registerProblem('collection-unknown')
  if (collection.state !== 'collected') throw registerProblem('collection-closed', { state: collection.state })
  if (!collection.handedUpAt) throw new exchange.AnswerFault('not-handed-up')
  await establish(work, collection, async ({ prefix, sex, birthYear }) => {
    const contradictions = findContradictions(number, { sex, birthYear, birthRegistrationCode: prefix })
    if (parseNumber(number).kind !== 'number' || contradictions.length > 0)
      throw new exchange.AnswerFault('number-does-not-fit')
    if (!(await numbers.takeNumber(work, collection.personId, number))) throw new exchange.AnswerFault('number-taken')
    return number
  })
}

type NumberGiver = (parts: NumberParts) => Promise<string>

async function establish(work: Work, collection: Collection, give: NumberGiver): Promise<string> {
  const number = collection.given
    ? await establishPerson(work, collection, collection.given, give)
    : await replaceNumber(work, collection, give)
  await refreshLinkRecords(work, [collection.personId])
  await collections.setCollectionDecided(work, collection, 'established')
  return number
}

async function establishPerson(
  work: Work,
  collection: Collection,
  given: CollectedPerson,
  give: NumberGiver,
): Promise<string> {
  const { personId } = collection
  const name = foldName(given.fullName)
  const birth = parsePartialDay(given.birthDate)
  if (!name || !birth) throw new Error(`the collection ${collection.id} has no name or birth date`)
  await collections.insertPerson(work, personId, given, name, birth)
  await change.rewriteNameWords(work, personId)
  for (const relation of ['father', 'mother'] as const) {
    const [written, number] = [given[`${relation}Name`], given[`${relation}Number`]]
    if (!written && !number) continue
    await collections.insertParent(
      work,
      personId,
      { relation, name: written ? foldName(written) : undefined, number },
      birth.y,
    )
  }
  const number = await give({ prefix: given.birthRegistrationCode, sex: given.sex, birthYear: birth.y })
  await numbers.insertNumber(work, personId, number)
  await change.insertHistory(
    work,
    personId,
    [{ field: 'number', new: number }],
    collection.papers,
    'person.established',
  )
  const { form, unitId } = collection
  await audit.record(
    work,
    'person.established',
    { kind: 'person', id: personId, personId, unitId },
    { form: form.code, collection: collection.id },
  )
  return number
}

/** The number in force, which is cancelled with the new one. Throws number-not-in-force. */
async function heldNumber(work: Work, personId: PersonId): Promise<string> {
  const [held] = await store.numbersOf(work, personId)
  if (held?.state !== 'in-force') throw registerProblem('number-not-in-force')
  return held.number
}

async function replaceNumber(work: Work, collection: Collection, give: NumberGiver): Promise<string> {
  const { personId, unitId, reason = '' } = collection
  if (!(await store.holdPerson(work, personId))) throw registerProblem('person-unknown')
  const parts = await collections.numberParts(work, personId)
  const sex: Sex = parts?.sex === 'F' ? 'F' : 'M'
  const held = await heldNumber(work, personId)
  const number = await give({
    prefix: parts?.birth_registration_code ?? '',
    sex,
    birthYear: parts?.birth_y ?? 0,
  })
  await numbers.cancelNumber(work, personId, number, reason)
  await numbers.insertNumber(work, personId, number)
  await change.insertHistory(work, personId, [{ field: 'number', old: held, new: number }], reason, 'number.renewed')
  await audit.record(
    work,
    'number.renewed',
    { kind: 'person', id: personId, personId, unitId },
    { collection: collection.id },
  )
  return number
}

type NumberParts = { readonly prefix: string; readonly sex: Sex; readonly birthYear: number }

/** Of the million numbers of a province, year and sex some thousand are taken: one draw is nearly always enough. */
const maxDraws = 200

async function reserveNumber(work: Work, personId: PersonId, parts: NumberParts): Promise<string> {
  refuseMissingNumberParts(parts)
  for (let draw = 0; draw < maxDraws; draw++) {
    const number = makeNumber({ ...parts, random: () => randomInt(2 ** 32) / 2 ** 32 })
    if (await numbers.takeNumber(work, personId, number)) return number
  }
  throw new Error(`no free number was found in ${maxDraws} draws`)
}

/** The second officer refuses, with a reason. */
export async function refuseCollection(
  work: Work,
  id: CollectionId,
  { reason }: { reason: string },
): Promise<Collection> {
  if (reason.trim() === '') throw registerProblem('reason-needed')
  const collection = await holdCollectionToDecide(work, id)
  await collections.setCollectionDecided(work, collection, 'refused', reason.trim())
  await recordCollection(work, 'collection.refused', collection)
  return { ...collection, state: 'refused', decidedBy: work.by.id, decidedOn: work.today, reason: reason.trim() }
}

/** Whether a number is asked for somebody of this name, marks aside, and birth date. */
export async function hasOpenCollection(
  work: Work,
  { fullName, birthDate }: Pick<CollectedPerson, 'fullName' | 'birthDate'>,
): Promise<boolean> {
  const name = foldName(fullName)?.ascii
  return (await collections.openNamesBornOn(work, birthDate)).some(other => foldName(other)?.ascii === name)
}

/** How many people wait for a number. */
export const countCollections = (work: Work): Promise<number> => collections.countOpenCollections(work)

export const listCollections: (work: Work, which?: { open?: boolean | undefined }) => Promise<Collection[]> =
  collections.findCollections

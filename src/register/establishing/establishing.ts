/**
 * Establishing: a person without a number gets one, or a new one. In: form DC01 of a person who is not in the register,
 * or the request to cancel a number. Decided: by a second officer, whether the person is entered, and which number is
 * given; no number is given twice. Out: a person in the register with a number, or the new number in place of the
 * cancelled one. Deeds: `person.collected`, `number.asked`, `person.established`, `number.renewed`,
 * `collection.refused`.
 */

import { randomInt } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import { makeNumber, type Sex } from '../../names/numbers/numbers.ts'
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

const recordCollection = (
  work: Work,
  deed: string,
  { id, personId, unitId }: Collection,
  facts: Readonly<Record<string, unknown>> = {},
) => audit.record(work, deed, { kind: 'collection', id, personId, unitId }, facts)

function refuseMissingNumberParts({
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
  if (collection.state !== 'collected') throw registerProblem('collection-closed', { state: collection.state })
  const hand = { id: collection.collectedBy, at: collection.collectedOn }
  await staff.refuseSameHand(work, 'number-established', [hand], () => registerProblem('second-officer-needed'))
  return collection
}

export type EstablishedCollection = Collection & { readonly number: string }

/**
 * The second officer establishes: the person enters the register with a number by the rule (NĐ137/2015 Art. 13), or the
 * number is cancelled and a new one given. A number that anyone ever had is never given again.
 */
export async function establishNumber(work: Work, id: CollectionId): Promise<EstablishedCollection> {
  const collection = await holdCollectionToDecide(work, id)
  const number = collection.given
    ? await establishPerson(work, collection, collection.given)
    : await replaceNumber(work, collection)
  await refreshLinkRecords(work, [collection.personId])
  await collections.setCollectionDecided(work, collection, 'established')
  return { ...collection, state: 'established', decidedBy: work.by.id, decidedOn: work.today, number }
}

async function establishPerson(work: Work, collection: Collection, given: CollectedPerson): Promise<string> {
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
  const number = await giveNumber(work, personId, {
    prefix: given.birthRegistrationCode,
    sex: given.sex,
    birthYear: birth.y,
  })
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

async function replaceNumber(work: Work, collection: Collection): Promise<string> {
  const { personId, unitId, reason = '' } = collection
  await refuseOtherUnit(work, personId)
  if (!(await store.holdPerson(work, personId))) throw registerProblem('person-unknown')
  const parts = await collections.numberParts(work, personId)
  const sex: Sex = parts?.sex === 'F' ? 'F' : 'M'
  const [held] = await store.numbersOf(work, personId)
  if (held?.state !== 'in-force') throw registerProblem('number-not-in-force')
  const number = await reserveNumber(work, personId, {
    prefix: parts?.birth_registration_code ?? '',
    sex,
    birthYear: parts?.birth_y ?? 0,
  })
  await numbers.cancelNumber(work, personId, number, reason)
  await numbers.insertNumber(work, personId, number)
  await change.insertHistory(
    work,
    personId,
    [{ field: 'number', old: held.number, new: number }],
    reason,
    'number.renewed',
  )
  await audit.record(
    work,
    'number.renewed',
    { kind: 'person', id: personId, personId, unitId },
    { collection: collection.id },
  )
  return number
}

type NumberParts = { readonly prefix: string; readonly sex: Sex; readonly birthYear: number }

async function giveNumber(work: Work, personId: PersonId, parts: NumberParts): Promise<string> {
  const number = await reserveNumber(work, personId, parts)
  await numbers.insertNumber(work, personId, number)
  return number
}

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

export const listCollections: (work: Work, which?: { open?: boolean | undefined }) => Promise<Collection[]> =
  collections.findCollections

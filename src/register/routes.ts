import * as accessLinks from '../access-links/access-links.ts'
import { findContradictions } from '../names/numbers/numbers.ts'
import { formatPartialDay, parsePartialDay } from '../platform/day.ts'
import type { Doors } from '../platform/http/serve-endpoint.ts'
import { serve } from '../platform/http/serve-endpoint.ts'
import { asId, type Id, isId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import * as contract from './contract.ts'
import * as correctionContract from './corrections/contract.ts'
import { type Correction, type CorrectionId, dueStatusOf } from './corrections/correction.ts'
import { countCorrections, listCorrections, writtenResidence } from './corrections/corrections.ts'
import { isResidenceField, parseResidence } from './corrections/residence-value.ts'
import { counterRoutes } from './counter/routes.ts'
import type { Collection, CollectionId } from './establishing/collection.ts'
import * as collectionContract from './establishing/contract.ts'
import { guardianshipRoutes } from './guardianships/routes.ts'
import { mergeRoutes } from './merging/routes.ts'
import { movementRoutes } from './movements/routes.ts'
import * as openingContract from './openings/contract.ts'
import * as openings from './openings/openings.ts'
import type { Person, PersonId, PersonSummary } from './person.ts'
import { registerProblem } from './problems.ts'
import * as register from './register.ts'
import type { ComparedPerson } from './store.ts'

const personId = (text: string): PersonId => asId<'person'>(text)
const correctionId = (text: string): CorrectionId => asId<'correction'>(text)
const collectionId = (text: string): CollectionId => asId<'collection'>(text)

const unitNameOf = async (work: Work, id: Id<'unit'>) => ({ id, name: await units.unitName(work, id) })

async function summaryReply(work: Work, { permanentUnitId, birthDate, ...person }: PersonSummary) {
  return {
    ...person,
    birthDate: formatPartialDay(birthDate),
    ...(permanentUnitId && { permanentUnit: await unitNameOf(work, permanentUnitId) }),
  }
}

const summaryReplies = (work: Work, people: readonly PersonSummary[]) =>
  Promise.all(people.map(person => summaryReply(work, person)))

type ActorRef = { readonly kind: string; readonly id: string }

/** The names of the responsible actors, fetched once for all of them. */
async function actorNames(work: Work, ids: readonly string[]) {
  const names = await staff.namesOf(work, ids.filter(isId))
  const links = new Map((await accessLinks.namesOfLinks(work, ids.filter(isId))).map(one => [one.id, one.label]))
  return ({ kind, id }: ActorRef) => {
    const name = names.get(id) ?? (links.get(id) || undefined)
    return { kind, id, ...(name && { name }) }
  }
}

/** A residence is shown by its day and in words, never by the commune's id. */
async function changeReply(work: Work, { field, old, new: value }: Correction['changes'][number]) {
  if (!isResidenceField(field)) return { field, ...(old && { old }), ...(value && { new: value }) }
  const written = async (text: string | undefined) => {
    const words = await writtenResidence(work, text)
    return words && `${parseResidence(text ?? '')?.from ?? '-'} ${words}`
  }
  const [before, after] = [await written(old), await written(value)]
  return { field, ...(before && { old: before }), ...(after && { new: after }) }
}

/** Corrections as they go over the wire, without the names of their persons. */
async function namelessReplies(work: Work, found: readonly Correction[]) {
  const nameOf = await actorNames(
    work,
    found.flatMap(({ proposedBy, decidedBy }) => [proposedBy, ...(decidedBy ? [decidedBy] : [])]),
  )
  // An officer's deed, or the house's own where a roll proposed it.
  const who = (id: string) => nameOf({ kind: isId(id) ? 'officer' : 'system', id })
  const versions = await staff.versionsOf(
    work,
    found.map(({ id }) => id),
  )
  return Promise.all(
    found.map(async ({ unitId, decidesUnitId, proposedBy, decidedBy, ...one }) => ({
      ...one,
      version: versions.get(one.id) ?? staff.untouched,
      proposedBy: who(proposedBy),
      ...(decidedBy && { decidedBy: who(decidedBy) }),
      changes: await Promise.all(one.changes.map(change => changeReply(work, change))),
      unit: await unitNameOf(work, unitId),
      decidesUnit: await unitNameOf(work, decidesUnitId),
      due: dueStatusOf(one, work.today),
    })),
  )
}

async function correctionReply(work: Work, correction: Correction) {
  const [reply] = await namelessReplies(work, [correction])
  if (!reply) throw registerProblem('correction-unknown')
  return reply
}

/** A correction has its person's name only where the scope sees the person. */
async function correctionReplies(work: Work, found: readonly Correction[]) {
  const ids = found.map(one => one.personId)
  const people = [...(await register.listCompared(work, ids)), ...(await register.listSummaries(work, ids))]
  const names = new Map(people.map(({ id, fullName }) => [id, fullName]))
  return (await namelessReplies(work, found)).map(reply => ({
    ...reply,
    ...optionalPersonName(names.get(reply.personId)),
  }))
}

const optionalPersonName = (personName: string | undefined) => (personName === undefined ? {} : { personName })

async function collectionReplies(work: Work, found: readonly Collection[]) {
  const nameOf = await actorNames(
    work,
    found.flatMap(({ collectedBy, decidedBy, handedUpBy }) => [collectedBy, decidedBy ?? [], handedUpBy ?? []].flat()),
  )
  const who = (id: string) => nameOf({ kind: isId(id) ? 'officer' : 'system', id })
  const versions = await staff.versionsOf(
    work,
    found.map(({ id }) => id),
  )
  return Promise.all(
    found.map(async ({ unitId, collectedBy, decidedBy, handedUpAt, handedUpBy, ...one }) => ({
      ...one,
      version: versions.get(one.id) ?? staff.untouched,
      collectedBy: who(collectedBy),
      ...(decidedBy && { decidedBy: who(decidedBy) }),
      ...(handedUpAt && { handedUpAt: handedUpAt.toISOString() }),
      ...(handedUpBy && { handedUpBy: who(handedUpBy) }),
      unit: await unitNameOf(work, unitId),
    })),
  )
}

async function collectionReply(work: Work, collection: Collection) {
  const [reply] = await collectionReplies(work, [collection])
  if (!reply) throw registerProblem('collection-unknown')
  return reply
}

async function personReply(work: Work, { household, ...person }: Person) {
  const { id, sex, birthDate, birthRegistrationCode } = person
  const record = { sex, birthYear: birthDate.y, birthRegistrationCode }
  const readers = await register.listReaders(work, id)
  const nameOf = await actorNames(work, [...readers.map(row => row.by_id), ...person.history.map(({ by }) => by.id)])
  return {
    ...person,
    ...(await summaryReply(work, person)),
    grade: 'whole' as const,
    oldNumbers: [...person.oldNumbers],
    phones: [...person.phones],
    kin: [...person.kin],
    ...(household && { household: { ...household, members: [...household.members] } }),
    changedAt: person.changedAt.toISOString(),
    numbers: person.numbers.map(held => ({ ...held, contradicts: findContradictions(held.number, record) })),
    residences: await Promise.all(
      person.residences.map(async ({ unitId, ...one }) => ({ ...one, unit: await unitNameOf(work, unitId) })),
    ),
    children: person.children.map(child => ({ ...child, birthDate: formatPartialDay(child.birthDate) })),
    history: person.history.map(change => ({ ...change, at: change.at.toISOString(), by: nameOf(change.by) })),
    corrections: await correctionReplies(
      work,
      await listCorrections(work, { which: 'of-person', personId: id, open: false }),
    ),
    readers: readers.map(row => ({
      at: row.at.toISOString(),
      by: nameOf({ kind: row.by_kind, id: row.by_id }),
      purpose: row.purpose,
      fields: row.fields,
    })),
  }
}

/** A person whom a case opens to be compared: what a review compares, and the corrections that were proposed here. */
async function comparedReply(
  work: Work,
  { id, birthDate, unitId, fullName, sex, lifeStatus, numberEnd }: ComparedPerson,
) {
  const nothing = { numbers: [], oldNumbers: [], residences: [], kin: [], children: [], phones: [], history: [] }
  return {
    ...nothing,
    id,
    fullName,
    sex,
    lifeStatus,
    birthDate: formatPartialDay(birthDate),
    grade: 'compared' as const,
    ...(numberEnd && { numberEnd }),
    ...(unitId && { permanentUnit: await unitNameOf(work, unitId) }),
    corrections: await correctionReplies(
      work,
      await listCorrections(work, { which: 'of-person', personId: id, open: false }),
    ),
    readers: [],
  }
}

/** Whoever would see the record that stays is told where the other one went. */
async function refuseMerged(work: Work, id: PersonId): Promise<void> {
  const survivor = await register.survivorOf(work, id)
  if (!survivor) return
  const seen = [...(await register.listSummaries(work, [survivor])), ...(await register.listCompared(work, [survivor]))]
  if (seen.length > 0) throw registerProblem('person-merged', { personId: survivor })
}

async function personOrCompared(work: Work, id: PersonId) {
  const [seen] = await register.listSummaries(work, [id])
  if (seen) return personReply(work, await register.openPerson(work, id))
  await refuseMerged(work, id)
  return comparedReply(work, await openings.getCompared(work, id))
}

function personRoutes(doors: Doors): void {
  serve(doors, contract.lookUpPerson, async (work, { body }) => {
    const found = await register.findByNumber(work, body.number)
    if (!found) throw registerProblem('number-unknown')
    const { cancelled, inScope, ...person } = found
    return { person: await summaryReply(work, person), cancelled, inScope }
  })

  serve(doors, contract.searchPersons, async (work, { body }) => {
    const born = body.born === undefined ? undefined : parsePartialDay(body.born)
    if (body.born !== undefined && !born) throw registerProblem('birth-date-unreadable')
    const unitId = body.unitId === undefined ? undefined : body.unitId
    const { people, more } = await register.searchPersons(work, { name: body.name, born, unitId })
    return { people: await summaryReplies(work, people), more }
  })

  serve(doors, contract.listPeople, async (work, { params, query }) => {
    const after = query.after === undefined ? undefined : personId(query.after)
    const { people, next } = await register.listPeopleOfUnit(work, asId<'unit'>(params.id), { after })
    return { people: await summaryReplies(work, people), ...(next && { next }) }
  })

  serve(doors, contract.showPerson, async (work, { params }) => personOrCompared(work, personId(params.id)))

  serve(doors, contract.printPersonSheet, async (work, { params, body }) => {
    const id = personId(params.id)
    await refuseMerged(work, id)
    await register.printSheet(work, id, body.why)
    return {}
  })
}

function correctionRoutes(doors: Doors): void {
  serve(doors, correctionContract.proposeCorrection, async (work, { params, body }) =>
    correctionReply(work, await register.proposeCorrection(work, { personId: personId(params.id), ...body })),
  )
  serve(doors, correctionContract.countCorrections, work => countCorrections(work))
  serve(doors, correctionContract.listCorrections, async (work, { query }) => ({
    corrections: await correctionReplies(
      work,
      await register.listCorrections(work, { which: query.which, open: query.state !== 'all' }),
    ),
  }))
  serve(doors, correctionContract.showCorrection, async (work, { params }) => {
    const [one] = await correctionReplies(work, [await register.getCorrection(work, correctionId(params.id))])
    if (!one) throw registerProblem('correction-unknown')
    return one
  })
  serve(doors, correctionContract.approveCorrection, async (work, { params }) => {
    const { newNumberOffered, ...approved } = await register.approveCorrection(work, correctionId(params.id))
    return { correction: await correctionReply(work, approved), newNumberOffered }
  })
  serve(doors, correctionContract.refuseCorrection, async (work, { params, body }) =>
    correctionReply(work, await register.refuseCorrection(work, correctionId(params.id), body)),
  )
  serve(doors, correctionContract.attestCorrection, async (work, { params, body }) => {
    await register.attestCorrection(work, correctionId(params.id), body)
    return {}
  })
  serve(doors, correctionContract.withdrawCorrection, async (work, { params, body }) =>
    correctionReply(work, await register.withdrawCorrection(work, correctionId(params.id), body)),
  )
}

function collectionRoutes(doors: Doors): void {
  serve(doors, collectionContract.collectPerson, async (work, { body }) => {
    const given = { ...body.given, residenceUnitId: body.given.residenceUnitId }
    return collectionReply(work, await register.collectPerson(work, { ...body, given }))
  })
  serve(doors, collectionContract.askNewNumber, async (work, { params, body }) =>
    collectionReply(work, await register.renewNumber(work, personId(params.id), body)),
  )
  serve(doors, collectionContract.listCollections, async (work, { query }) => ({
    collections: await collectionReplies(work, await register.listCollections(work, { open: query.state !== 'all' })),
  }))
  serve(doors, collectionContract.countCollections, async work => ({ waiting: await register.countCollections(work) }))
  serve(doors, collectionContract.establishNumber, async (work, { params }) => {
    const { number, ...established } = await register.establishNumber(work, collectionId(params.id))
    return { collection: await collectionReply(work, established), ...(number && { number }) }
  })
  serve(doors, collectionContract.mendCollection, async (work, { params, body }) =>
    collectionReply(work, await register.mendCollection(work, collectionId(params.id), body)),
  )
  serve(doors, collectionContract.refuseCollection, async (work, { params, body }) =>
    collectionReply(work, await register.refuseCollection(work, collectionId(params.id), body)),
  )
}

/** A case may be a school's, whose name is no unit's. */
async function unitOrSchoolNameOf(work: Work, id: Id<'unit' | 'school'>) {
  const unit = await units.findUnit(work, id as Id<'unit'>)
  return { id: id as Id<'unit'>, name: unit ? unit.name : (await units.getSchool(work, id as Id<'school'>)).name }
}

function openingRoutes(doors: Doors): void {
  serve(doors, openingContract.askOpening, async (work, { params, body }) => {
    const { id } = await openings.askOpening(work, personId(params.id), body)
    return { id }
  })
  serve(doors, openingContract.listOpenings, async work => {
    const found = await openings.listOpenings(work)
    const nameOf = await actorNames(
      work,
      found.map(({ openedBy }) => openedBy),
    )
    return {
      openings: await Promise.all(
        found.map(async ({ id, personId: whose, name, unitId, openedBy, until, reason = '', grade, owned }) => ({
          id,
          personId: whose,
          ...(name !== undefined && { name }),
          unit: await unitNameOf(work, unitId),
          askedBy: nameOf({ kind: 'officer', id: openedBy }),
          until,
          reason,
          accepted: grade === 'whole',
          owned,
        })),
      ),
    }
  })
  serve(doors, openingContract.acceptOpening, async (work, { params }) => {
    await openings.acceptOpening(work, openings.asOpeningId(params.id))
    return {}
  })
  serve(doors, openingContract.withdrawOpening, async (work, { params }) => {
    await openings.withdrawOpening(work, openings.asOpeningId(params.id))
    return {}
  })
  serve(doors, openingContract.listEndedCases, async work => {
    const found = await openings.listEndedCases(work)
    const nameOf = await actorNames(
      work,
      found.map(({ openedBy }) => openedBy),
    )
    return {
      ended: await Promise.all(
        found.map(async ({ unitId, openedBy, ...one }) => ({
          ...one,
          unit: await unitOrSchoolNameOf(work, unitId),
          openedBy: nameOf({ kind: isId(openedBy) ? 'officer' : 'system', id: openedBy }),
        })),
      ),
    }
  })
}

export function routes(doors: Doors): void {
  openingRoutes(doors)
  counterRoutes(doors)
  mergeRoutes(doors)
  movementRoutes(doors)
  guardianshipRoutes(doors)
  personRoutes(doors)
  correctionRoutes(doors)
  collectionRoutes(doors)
}

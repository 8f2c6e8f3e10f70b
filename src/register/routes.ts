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
import { listCorrections } from './corrections/corrections.ts'
import type { Collection, CollectionId } from './establishing/collection.ts'
import * as collectionContract from './establishing/contract.ts'
import type { Person, PersonId, PersonSummary } from './person.ts'
import { registerProblem } from './problems.ts'
import * as register from './register.ts'

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
  return ({ kind, id }: ActorRef) => {
    const name = names.get(id)
    return { kind, id, ...(name && { name }) }
  }
}

/** Corrections and collections are officers' deeds, and what rolls propose the house's own. */
async function withActorNames(work: Work, { by, decidedBy }: { by: string; decidedBy?: string | undefined }) {
  const nameOf = await actorNames(work, [by, decidedBy ?? ''])
  const who = (id: string) => nameOf({ kind: isId(id) ? 'officer' : 'system', id })
  return { by: who(by), ...(decidedBy && { decidedBy: who(decidedBy) }) }
}

async function correctionReply(
  work: Work,
  { unitId, decidesUnitId, proposedBy, decidedBy: decider, ...one }: Correction,
) {
  const { by, decidedBy } = await withActorNames(work, { by: proposedBy, decidedBy: decider })
  return {
    ...one,
    proposedBy: by,
    ...(decidedBy && { decidedBy }),
    changes: [...one.changes],
    unit: await unitNameOf(work, unitId),
    decidesUnit: await unitNameOf(work, decidesUnitId),
    due: dueStatusOf(one, work.today),
  }
}

/** A correction has its person's name only where the scope sees the person. */
async function correctionReplies(work: Work, found: readonly Correction[]) {
  const people = await register.listSummaries(
    work,
    found.map(one => one.personId),
  )
  const names = new Map(people.map(({ id, fullName }) => [id, fullName]))
  return Promise.all(
    found.map(async one => ({ ...(await correctionReply(work, one)), ...optionalPersonName(names.get(one.personId)) })),
  )
}

const optionalPersonName = (personName: string | undefined) => (personName === undefined ? {} : { personName })

async function collectionReply(work: Work, { unitId, collectedBy, decidedBy: decider, ...one }: Collection) {
  const { by, decidedBy } = await withActorNames(work, { by: collectedBy, decidedBy: decider })
  return { ...one, collectedBy: by, ...(decidedBy && { decidedBy }), unit: await unitNameOf(work, unitId) }
}

async function personReply(work: Work, { household, ...person }: Person) {
  const { id, sex, birthDate, birthRegistrationCode } = person
  const record = { sex, birthYear: birthDate.y, birthRegistrationCode }
  const readers = await register.listReaders(work, id)
  const nameOf = await actorNames(work, [...readers.map(row => row.by_id), ...person.history.map(({ by }) => by.id)])
  return {
    ...person,
    ...(await summaryReply(work, person)),
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

  serve(doors, contract.showPerson, async (work, { params }) =>
    personReply(work, await register.getPerson(work, personId(params.id))),
  )
}

function correctionRoutes(doors: Doors): void {
  serve(doors, correctionContract.proposeCorrection, async (work, { params, body }) =>
    correctionReply(work, await register.proposeCorrection(work, { personId: personId(params.id), ...body })),
  )
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
    collections: await Promise.all(
      (await register.listCollections(work, { open: query.state !== 'all' })).map(one => collectionReply(work, one)),
    ),
  }))
  serve(doors, collectionContract.establishNumber, async (work, { params }) => {
    const { number, ...established } = await register.establishNumber(work, collectionId(params.id))
    return { collection: await collectionReply(work, established), number }
  })
  serve(doors, collectionContract.refuseCollection, async (work, { params, body }) =>
    collectionReply(work, await register.refuseCollection(work, collectionId(params.id), body)),
  )
}

export function routes(doors: Doors): void {
  personRoutes(doors)
  correctionRoutes(doors)
  collectionRoutes(doors)
}

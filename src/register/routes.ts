import { contradictions } from '../names/numbers/numbers.ts'
import { formatPartialDay, parsePartialDay } from '../platform/day.ts'
import type { Doors } from '../platform/http/serve.ts'
import { serve } from '../platform/http/serve.ts'
import { asId, type Id, isId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import * as contract from './contract.ts'
import * as correctionContract from './corrections/contract.ts'
import { type Correction, type CorrectionId, dueOf } from './corrections/correction.ts'
import { listCorrections } from './corrections/corrections.ts'
import type { Collection, CollectionId } from './establishing/collection.ts'
import * as collectionContract from './establishing/contract.ts'
import type { Person, PersonId, PersonSummary } from './person.ts'
import { registerProblem } from './problems.ts'
import * as register from './register.ts'

const personId = (text: string): PersonId => asId<'person'>(text)
const correctionId = (text: string): CorrectionId => asId<'correction'>(text)
const collectionId = (text: string): CollectionId => asId<'collection'>(text)

const placeOf = async (work: Work, id: Id<'unit'>) => ({ id, name: await units.nameOf(work, id) })

async function summary(work: Work, { permanentUnitId, birthDate, ...person }: PersonSummary) {
  return {
    ...person,
    birthDate: formatPartialDay(birthDate),
    ...(permanentUnitId && { permanentUnit: await placeOf(work, permanentUnitId) }),
  }
}

const summaries = (work: Work, people: readonly PersonSummary[]) =>
  Promise.all(people.map(person => summary(work, person)))

type Answering = { readonly kind: string; readonly id: string }

/** The names of the responsible actors, fetched once for all of them. */
async function naming(work: Work, ids: readonly string[]) {
  const names = await staff.namesOf(work, ids.filter(isId))
  return ({ kind, id }: Answering) => {
    const name = names.get(id)
    return { kind, id, ...(name && { name }) }
  }
}

/** Corrections and collections are officers' deeds, and what rolls propose the house's own. */
async function answered(work: Work, { by, decidedBy }: { by: string; decidedBy?: string | undefined }) {
  const nameOf = await naming(work, [by, decidedBy ?? ''])
  const who = (id: string) => nameOf({ kind: isId(id) ? 'officer' : 'system', id })
  return { by: who(by), ...(decidedBy && { decidedBy: who(decidedBy) }) }
}

async function correction(work: Work, { unitId, decidesUnitId, proposedBy, decidedBy: decider, ...one }: Correction) {
  const { by, decidedBy } = await answered(work, { by: proposedBy, decidedBy: decider })
  return {
    ...one,
    proposedBy: by,
    ...(decidedBy && { decidedBy }),
    changes: [...one.changes],
    unit: await placeOf(work, unitId),
    decidesUnit: await placeOf(work, decidesUnitId),
    due: dueOf(one, work.today),
  }
}

/** A correction has its person's name only where the scope sees the person. */
async function corrections(work: Work, found: readonly Correction[]) {
  const people = await register.summariesOf(
    work,
    found.map(one => one.personId),
  )
  const names = new Map(people.map(({ id, fullName }) => [id, fullName]))
  return Promise.all(found.map(async one => ({ ...(await correction(work, one)), ...named(names.get(one.personId)) })))
}

const named = (personName: string | undefined) => (personName === undefined ? {} : { personName })

async function collection(work: Work, { unitId, collectedBy, decidedBy: decider, ...one }: Collection) {
  const { by, decidedBy } = await answered(work, { by: collectedBy, decidedBy: decider })
  return { ...one, collectedBy: by, ...(decidedBy && { decidedBy }), unit: await placeOf(work, unitId) }
}

async function whole(work: Work, { household, ...person }: Person) {
  const { id, sex, birthDate, birthRegistrationCode } = person
  const record = { sex, birthYear: birthDate.y, birthRegistrationCode }
  const readers = await register.readersOf(work, id)
  const nameOf = await naming(work, [...readers.map(row => row.by_id), ...person.history.map(({ by }) => by.id)])
  return {
    ...person,
    ...(await summary(work, person)),
    oldNumbers: [...person.oldNumbers],
    phones: [...person.phones],
    kin: [...person.kin],
    ...(household && { household: { ...household, members: [...household.members] } }),
    changedAt: person.changedAt.toISOString(),
    numbers: person.numbers.map(held => ({ ...held, contradicts: contradictions(held.number, record) })),
    residences: await Promise.all(
      person.residences.map(async ({ unitId, ...one }) => ({ ...one, unit: await placeOf(work, unitId) })),
    ),
    children: person.children.map(child => ({ ...child, birthDate: formatPartialDay(child.birthDate) })),
    history: person.history.map(change => ({ ...change, at: change.at.toISOString(), by: nameOf(change.by) })),
    corrections: await corrections(
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

function persons(doors: Doors): void {
  serve(doors, contract.lookUpPerson, async (work, { body }) => {
    const found = await register.findByNumber(work, body.number)
    if (!found) throw registerProblem('number-unknown')
    const { cancelled, inScope, ...person } = found
    return { person: await summary(work, person), cancelled, inScope }
  })

  serve(doors, contract.searchPersons, async (work, { body }) => {
    const born = body.born === undefined ? undefined : parsePartialDay(body.born)
    if (body.born !== undefined && !born) throw registerProblem('birth-date-unreadable')
    const unitId = body.unitId === undefined ? undefined : asId<'unit'>(body.unitId)
    const { people, more } = await register.search(work, { name: body.name, born, unitId })
    return { people: await summaries(work, people), more }
  })

  serve(doors, contract.listPeople, async (work, { params, query }) => {
    const after = query.after === undefined ? undefined : personId(query.after)
    const { people, next } = await register.peopleOf(work, asId<'unit'>(params.id), { after })
    return { people: await summaries(work, people), ...(next && { next }) }
  })

  serve(doors, contract.showPerson, async (work, { params }) =>
    whole(work, await register.getPerson(work, personId(params.id))),
  )
}

function correcting(doors: Doors): void {
  serve(doors, correctionContract.proposeCorrection, async (work, { params, body }) =>
    correction(work, await register.propose(work, { personId: personId(params.id), ...body })),
  )
  serve(doors, correctionContract.listCorrections, async (work, { query }) => ({
    corrections: await corrections(
      work,
      await register.listCorrections(work, { which: query.which, open: query.state !== 'all' }),
    ),
  }))
  serve(doors, correctionContract.showCorrection, async (work, { params }) => {
    const [one] = await corrections(work, [await register.getCorrection(work, correctionId(params.id))])
    if (!one) throw registerProblem('correction-unknown')
    return one
  })
  serve(doors, correctionContract.approveCorrection, async (work, { params }) => {
    const { newNumberOffered, ...approved } = await register.approve(work, correctionId(params.id))
    return { correction: await correction(work, approved), newNumberOffered }
  })
  serve(doors, correctionContract.refuseCorrection, async (work, { params, body }) =>
    correction(work, await register.refuse(work, correctionId(params.id), body)),
  )
  serve(doors, correctionContract.attestCorrection, async (work, { params, body }) => {
    await register.attest(work, correctionId(params.id), body)
    return {}
  })
  serve(doors, correctionContract.withdrawCorrection, async (work, { params, body }) =>
    correction(work, await register.withdraw(work, correctionId(params.id), body)),
  )
}

function establishing(doors: Doors): void {
  serve(doors, collectionContract.collectPerson, async (work, { body }) => {
    const given = { ...body.given, residenceUnitId: asId<'unit'>(body.given.residenceUnitId) }
    return collection(work, await register.collect(work, { ...body, given }))
  })
  serve(doors, collectionContract.askNewNumber, async (work, { params, body }) =>
    collection(work, await register.renewNumber(work, personId(params.id), body)),
  )
  serve(doors, collectionContract.listCollections, async (work, { query }) => ({
    collections: await Promise.all(
      (await register.listCollections(work, { open: query.state !== 'all' })).map(one => collection(work, one)),
    ),
  }))
  serve(doors, collectionContract.establishNumber, async (work, { params }) => {
    const { number, ...established } = await register.establish(work, collectionId(params.id))
    return { collection: await collection(work, established), number }
  })
  serve(doors, collectionContract.refuseCollection, async (work, { params, body }) =>
    collection(work, await register.refuseCollection(work, collectionId(params.id), body)),
  )
}

export function routes(doors: Doors): void {
  persons(doors)
  correcting(doors)
  establishing(doors)
}

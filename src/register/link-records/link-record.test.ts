import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type APerson,
  aBirthCertificate,
  anOfficerOf,
  aPerson,
  commune,
  enter,
  enterAll,
  idOf,
} from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { Problem } from '../../platform/problem.ts'
import type { CorrectionField } from '../corrections/correction.ts'
import type { PersonColumn } from '../imports/row.ts'
import type { Person, PersonId } from '../person.ts'
import * as register from '../register.ts'

const house = await openHouse({ withUnits: true })
const [an, binh] = [await anOfficerOf(house, commune.haKhanh), await anOfficerOf(house, commune.haKhanh)]

type Row = { readonly person_id: PersonId; readonly changed_at: Date; readonly changed_in: string } & Record<
  string,
  unknown
>
const rows = () => house.owner<Row>('select * from register.link_record order by person_id')
const rowOf = async (id: PersonId) => (await rows()).find(({ person_id }) => person_id === id)

const form = { code: 'DC02', version: 'TT104/2020' }

async function correct(personId: PersonId, values: Partial<Record<CorrectionField, string>>): Promise<void> {
  const { id } = await house.as(an, work =>
    register.proposeCorrection(work, { personId, form, evidence: aBirthCertificate(), values }),
  )
  await house.as(binh, work => register.approveCorrection(work, id))
}

async function renew(personId: PersonId): Promise<void> {
  const asked = { reason: 'Sai giới tính', papers: 'Giấy khai sinh', form }
  const { id } = await house.as(an, work => register.renewNumber(work, personId, asked))
  await house.as(binh, work => register.establishNumber(work, id))
}

async function establish(
  name: string,
  birthDate: string,
  parents: { fatherNumber?: string; motherNumber?: string },
): Promise<void> {
  const given = {
    fullName: name,
    birthDate,
    sex: 'F' as const,
    birthRegistrationCode: '022',
    residenceUnitId: an.unitId,
    ...parents,
  }
  const collected = {
    given: { ...given, residenceKind: 'permanent' as const },
    papers: 'Giấy khai sinh',
    form,
    compared: 'somebody-else' as const,
  }
  const { id } = await house.as(an, work => register.collectPerson(work, collected))
  await house.as(binh, work => register.establishNumber(work, id))
}

/** What linkage reads, told by a person's page and not by the statement that keeps the row. */
function toldBy(person: Person) {
  const inForce = person.residences.filter(({ to }) => to === undefined)
  const unitIds = [...new Set(inForce.map(({ unitId }) => unitId as string))].sort()
  const cancelled = person.numbers.filter(({ state }) => state === 'cancelled').map(({ number }) => number)
  const kin = (of: string) => person.kin.find(({ relation }) => relation === of)
  return {
    person_id: person.id,
    permanent_unit_id: inForce.find(({ kind }) => kind === 'permanent')?.unitId ?? null,
    household_id: person.household?.id ?? null,
    unit_ids: unitIds.length > 0 ? unitIds : null,
    birth_y: person.birthDate.y,
    birth_m: person.birthDate.m ?? null,
    birth_d: person.birthDate.d ?? null,
    father_y: kin('father')?.birthYear ?? null,
    mother_y: kin('mother')?.birthYear ?? null,
    sex: person.sex,
    life_status: person.lifeStatus,
    full_name: person.fullName,
    number: person.numbers.find(({ state }) => state === 'in-force')?.number ?? null,
    cancelled: cancelled.length > 0 ? cancelled.sort() : null,
    old_number: [...person.oldNumbers].sort()[0] ?? null,
    phone: [...person.phones].sort()[0] ?? null,
    father_name: kin('father')?.name ?? null,
    mother_name: kin('mother')?.name ?? null,
  }
}

/** Each person has the row that their page and the derivation ask for; gives how many there are. */
async function holdsOfEveryone(): Promise<number> {
  const kept = await rows()
  const people = await house.owner<{ id: PersonId; tone: string }>(
    'select person_id as id, name_tone as tone from register.person order by 1',
  )
  assert.deepEqual(
    kept.map(({ person_id, name_tone }) => [person_id, name_tone]),
    people.map(({ id, tone }) => [id, tone]),
  )
  const told = await house.work(async work => {
    const persons: Person[] = []
    for (const { id } of people) persons.push(await register.getPerson(work, id))
    return persons.map(toldBy)
  })
  assert.deepEqual(
    kept.map(({ name_tone: _tone, changed_at: _at, changed_in: _in, ...row }) => row),
    told,
  )
  const apart = await house.owner(`
    select person_id from register.link_record_due d full join register.link_record l using (person_id)
    where to_jsonb(d) is distinct from to_jsonb(l) - 'changed_at' - 'changed_in'`)
  assert.deepEqual(apart, [])
  return kept.length
}

const oneOf = <T>(...values: T[]) => fc.constantFrom(...values)
const slots = 9
const slot = fc.nat({ max: slots - 1 })
const [names, days] = [
  oneOf('Nguyễn Văn An', 'NGUYỄN VĂN AN', 'Lê Thị Hoà', 'Lê Thị Hòa', 'Vũ Đức', 'Triệu Tài Phin', 'Ðặng Thuý'),
  oneOf('1980-02-01', '1979', '1981-07', '2005-03-15', '2006-12-31', '2009-01-01'),
]

/** A row of a later extract: what it says of a slot's person, and whether it brings a new number. */
const extract = fc.record({
  slot,
  name: names,
  bornOn: days,
  sex: oneOf('M', 'F'),
  commune: oneOf(commune.haKhanh, commune.haKhanh, commune.haPhong, ''),
  residence_kind: oneOf('permanent', 'permanent', 'temporary', 'current'),
  household_number: oneOf('', 'H1', 'H2'),
  father: fc.option(slot),
  mother: fc.option(slot),
  father_name: oneOf('', 'Nguyễn Văn Bình', 'Lê Minh'),
  old_number: oneOf('', '100123456', '100000001'),
  phone: oneOf('', '0912345678', '0987654321'),
  life_status: oneOf('', 'alive', 'missing'),
  renumbered: fc.integer({ min: 0, max: 4 }),
})
const correction: fc.Arbitrary<{ slot: number; values: Partial<Record<CorrectionField, string>> }> = fc.record({
  slot,
  values: fc.oneof(
    fc.record({ full_name: names }),
    fc.record({ birth_date: days }),
    fc.record({ sex: oneOf('M', 'F') }),
    fc.record({ life_status: oneOf('alive', 'dead', 'missing') }),
    fc.record({ father_name: oneOf('Nguyễn Văn Bình', 'Trần Quý') }),
    fc.record({ mother_name: oneOf('Lê Thị Hoà', 'Phạm Hiền'), ethnicity: oneOf('Kinh', 'Dao') }),
  ),
})
const event = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      import: fc.uniqueArray(extract, { minLength: 1, maxLength: 5, selector: one => one.slot }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ correct: correction }) },
  { weight: 1, arbitrary: fc.record({ renew: slot }) },
  {
    weight: 1,
    arbitrary: fc.record({
      establish: fc.record({ name: names, bornOn: oneOf('2010-05-05', '2011-06-06'), father: slot, mother: slot }),
    }),
  },
)

/** What the register refuses is part of life, and changes nothing. */
const unlessRefused = (step: Promise<unknown>) =>
  step.catch(error => {
    if (!(error instanceof Problem)) throw error
  })

test('after any run of imports, corrections, renewals and establishments each link record is current', async () => {
  let made = 0
  const freshNumber = () => `022205${String(800_000 + ++made)}`
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 2, maxLength: 7 }), async events => {
      // Parents may be on no file yet: a number is known before its person.
      const numbers = Array.from({ length: slots }, freshNumber)
      const asRow = ({
        slot: at,
        father,
        mother,
        renumbered,
        ...said
      }: typeof extract extends fc.Arbitrary<infer E> ? E : never) => {
        const former = numbers[at] ?? ''
        if (renumbered === 0) numbers[at] = freshNumber()
        const row: APerson = {
          ...said,
          person_number: numbers[at] ?? '',
          cancelled_numbers: former === numbers[at] ? '' : former,
          father_number: father === null ? '' : (numbers[father] ?? ''),
          mother_number: mother === null ? '' : (numbers[mother] ?? ''),
        }
        return aPerson(row)
      }
      const personAt = (at: number) => idOf(house, numbers[at] ?? '').catch(() => undefined)

      for (const one of events) {
        if ('import' in one) await enterAll(house, one.import.map(asRow))
        if ('correct' in one) {
          const id = await personAt(one.correct.slot)
          if (id) await unlessRefused(correct(id, one.correct.values))
        }
        if ('renew' in one) {
          const id = await personAt(one.renew)
          if (id) await unlessRefused(renew(id))
        }
        if ('establish' in one) {
          const { name, bornOn, father, mother } = one.establish
          await unlessRefused(
            establish(name, bornOn, { fatherNumber: numbers[father] ?? '', motherNumber: numbers[mother] ?? '' }),
          )
        }
      }
      await holdsOfEveryone()
    }),
    { numRuns: 10 },
  )
  assert.ok((await holdsOfEveryone()) > 15)
})

const file = () => [
  aPerson({ name: 'Lò Thị Mai', sex: 'F', bornOn: '1985-04-04' }),
  aPerson({
    name: 'Lò Văn Pản',
    bornOn: '2007-09-09',
    phone: '0912345670',
    household_number: 'H77',
    cancelled_numbers: '022207999001',
  }),
]

test('the same extract again, or a value that linkage does not read, changes no link record’s time', async () => {
  const people = file()
  await enterAll(house, people)
  const before = await rows()

  await enterAll(house, people)
  await enterAll(
    house,
    people.map(person => ({ ...person, religion: 'Không', hometown: 'Hạ Long', residence_address: 'Tổ 5' })),
  )
  await correct(await idOf(house, people[1]?.person_number ?? ''), { ethnicity: 'Thái' })

  assert.deepEqual(await rows(), before)
})

test('a corrected name changes the time of that person’s link record only', async () => {
  const [mother, child] = file().map((person, at) => ({ ...person, cancelled_numbers: '', phone: `098${at}111222` }))
  await enterAll(house, [mother, child] as Record<PersonColumn, string>[])
  const id = await idOf(house, child?.person_number ?? '')
  const before = await rows()

  await correct(id, { full_name: 'Lò Văn Páo' })

  const moved = (await rows()).filter(
    row => row.changed_at.getTime() !== before.find(old => old.person_id === row.person_id)?.changed_at.getTime(),
  )
  assert.deepEqual(
    moved.map(({ person_id, full_name, name_tone }) => [person_id, full_name, name_tone]),
    [[id, 'Lò Văn Páo', 'lò văn páo']],
  )
})

test('a parent’s corrected birth year reaches the child’s link record, from an officer or an extract', async () => {
  const father = aPerson({ name: 'Sùng A Páo', bornOn: '1980-01-01' })
  const fatherId = await enter(house, father)
  const childId = await enter(house, aPerson({ name: 'Sùng A Lử', father_number: father.person_number }))
  assert.equal((await rowOf(childId))?.['father_y'], 1980)

  await correct(fatherId, { birth_date: '1979-01-01' })
  assert.equal((await rowOf(childId))?.['father_y'], 1979)

  await enterAll(house, [{ ...father, birth_date: '1978-01-01' }])
  assert.equal((await rowOf(childId))?.['father_y'], 1978)
})

test('two concurrent works that change one link record leave it as the later one found it', async () => {
  const father = aPerson({ name: 'Giàng A Chu', bornOn: '1981-01-01' })
  const fatherId = await enter(house, father)
  const childId = await enter(house, aPerson({ name: 'Giàng A Sử', father_number: father.person_number }))
  const propose = (personId: PersonId, values: Partial<Record<CorrectionField, string>>) =>
    house.as(an, work => register.proposeCorrection(work, { personId, form, evidence: aBirthCertificate(), values }))
  const [ofFather, ofChild] = [
    await propose(fatherId, { birth_date: '1975-05-05' }),
    await propose(childId, { full_name: 'Giàng A Sở' }),
  ]

  const approved = Promise.withResolvers<void>()
  const first = house.as(binh, async work => {
    await register.approveCorrection(work, ofFather.id)
    await approved.promise
  })
  await new Promise(resolve => setTimeout(resolve, 300))
  const second = house.as(binh, work => register.approveCorrection(work, ofChild.id))
  await new Promise(resolve => setTimeout(resolve, 300))
  approved.resolve()
  await Promise.all([first, second])

  const row = await rowOf(childId)
  assert.deepEqual([row?.['father_y'], row?.['full_name']], [1975, 'Giàng A Sở'])
})

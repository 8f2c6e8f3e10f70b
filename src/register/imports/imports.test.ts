import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { aPerson, asPersonsCsv, commune, enter, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { fullNames } from '../../names/people.fixture.ts'
import { asDay } from '../../platform/day.ts'
import { foldName, nameFolder } from '../folded-name.ts'
import * as register from '../register.ts'
import { importPersons } from './imports.ts'

const house = await openHouse({ withUnits: true })
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-import-'))
after(() => rm(folder, { recursive: true, force: true }))

const tables = [
  'person',
  'number',
  'number_lookup',
  'residence',
  'person_scope',
  'household',
  'household_member',
  'kinship',
  'name_word',
  'history',
  'phone',
]

/** Everything that the register keeps of its people, as a hash a table. */
async function whole() {
  const hashes = tables.map(
    table => `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from register.${table} t`,
  )
  const rows = await house.owner<{ hash: string }>(hashes.join(' union all '))
  return rows.map(({ hash }) => hash)
}

const personOf = async (number: string) => {
  const id = await idOf(house, number)
  return house.work(work => register.getPerson(work, id))
}

test('an empty register imports a whole file, and its indexes are rebuilt afterwards', async () => {
  const before = await house.owner<{ name: string }>(
    "select indexname as name from pg_indexes where schemaname = 'register' order by 1",
  )
  const [mother, father] = [
    aPerson({ name: 'Trần Thị Hòa', sex: 'F', bornOn: '1980-02-01' }),
    aPerson({ name: 'Nguyễn Văn Bình', bornOn: '1978' }),
  ]
  const child = aPerson({
    name: 'Nguyễn Hoà An',
    mother_number: mother.person_number,
    father_number: father.person_number,
    father_name: 'Nguyễn Văn Bình',
    household_number: 'H1',
    old_number: '100123456',
    cancelled_numbers: '022205999999;022205999998',
    phone: '0123 456 7890',
  })

  const { rows, added, rejected } = await enterAll(house, [child, mother, father])

  assert.deepEqual({ rows, added, rejected }, { rows: 3, added: 3, rejected: 0 })
  const person = await personOf(child.person_number)
  assert.deepEqual([person.fullName, person.birthDate, person.sex], ['Nguyễn Hoà An', { y: 2005, m: 3, d: 15 }, 'M'])
  assert.deepEqual(
    person.numbers.map(({ number, state }) => [number, state]).sort(),
    [
      [child.person_number, 'in-force'],
      ['022205999998', 'cancelled'],
      ['022205999999', 'cancelled'],
    ].sort(),
  )
  assert.deepEqual(
    [person.oldNumbers, person.phones, person.household?.number],
    [['100123456'], ['+84834567890'], 'H1'],
  )
  assert.deepEqual(
    person.kin.map(({ relation, personId, birthYear }) => [relation, personId, birthYear]),
    [
      ['father', await idOf(house, father.person_number), 1978],
      ['mother', await idOf(house, mother.person_number), 1980],
    ],
  )
  assert.deepEqual(
    (await personOf(mother.person_number)).children.map(({ fullName }) => fullName),
    ['Nguyễn Hoà An'],
  )
  assert.deepEqual(
    await house.owner("select indexname as name from pg_indexes where schemaname = 'register' order by 1"),
    before,
  )
})

test('the same file again changes nothing', async () => {
  const people = [aPerson({ household_number: 'H2', phone: '0912345678' }), aPerson({ father_name: 'Lê Văn Cường' })]
  await enterAll(house, people)
  const before = await whole()

  const { added, changed, unchanged } = await enterAll(house, people)

  assert.deepEqual({ added, changed, unchanged }, { added: 0, changed: 0, unchanged: 2 })
  assert.deepEqual(await whole(), before)
})

test('a changed row is written with its history: the old value, the new one and the reason', async () => {
  const person = aPerson({ name: 'Phạm Thị Lan', sex: 'F', religion: 'Không', father_name: 'Phạm Văn Tư' })
  await enter(house, person)

  const { changed } = await enterAll(house, [
    { ...person, full_name: 'Phạm Thị Làn', religion: '', birth_date: '2006-03-15', father_name: 'Phạm Văn Tứ' },
  ])

  assert.equal(changed, 1)
  const now = await personOf(person.person_number)
  assert.deepEqual([now.fullName, now.birthDate.y, now.religion], ['Phạm Thị Làn', 2006, 'Không'])
  assert.deepEqual(now.history.map(({ field, old, new: value }) => [field, old, value]).sort(), [
    ['birth_date', '2005-03-15', '2006-03-15'],
    ['father_name', 'Phạm Văn Tư', 'Phạm Văn Tứ'],
    ['full_name', 'Phạm Thị Lan', 'Phạm Thị Làn'],
  ])
  assert.match(now.history[0]?.why ?? '', /^import [0-9a-f]{16}$/)
  const { people } = await house.work(work => register.searchPersons(work, { name: 'lan pham thi', born: { y: 2006 } }))
  assert.ok(people.some(({ id }) => id === now.id))
})

test('a person who moves has the new residence in force, and the old one ended', async () => {
  const person = aPerson({ commune: commune.haKhanh, residence_address: 'Tổ 1' })
  await enter(house, person)

  await enterAll(house, [
    { ...person, residence_unit: commune.haPhong, residence_address: 'Tổ 2', residence_from: '2023-03-01' },
  ])

  const { residences, permanentUnitId } = await personOf(person.person_number)
  const [now, before] = residences
  assert.deepEqual(
    [now?.address, now?.from, now?.to, before?.address, before?.to],
    ['Tổ 2', '2023-03-01', undefined, 'Tổ 1', '2023-03-01'],
  )
  assert.equal(permanentUnitId, now?.unitId)
})

test('a person known by a former number gets the new one, and the former is cancelled', async () => {
  const person = aPerson()
  await enter(house, person)
  const renumbered = { ...person, person_number: '022205888888', cancelled_numbers: person.person_number }

  const { added, changed } = await enterAll(house, [renumbered])

  assert.deepEqual({ added, changed }, { added: 0, changed: 1 })
  const { numbers } = await personOf(person.person_number)
  assert.deepEqual(
    numbers.map(({ number, state, supersededBy }) => [number, state, supersededBy]),
    [
      ['022205888888', 'in-force', undefined],
      [person.person_number, 'cancelled', '022205888888'],
    ],
  )
})

test('wrong rows go to a file with a reason each, and the right rows are imported', async () => {
  const right = aPerson()
  const wrong: Record<string, Record<string, string>> = {
    'number-missing': aPerson({ person_number: '' }),
    'number-malformed': aPerson({ person_number: '22205001234' }),
    'number-twice': { ...aPerson(), person_number: right.person_number },
    'name-missing': aPerson({ name: ' . ' }),
    'birth-date-impossible': aPerson({ birth_date: '2005-02-30' }),
    'birth-date-in-future': aPerson({ birth_date: '2023-04-21' }),
    'sex-unknown': aPerson({ sex: 'X', person_number: '022205777777' }),
    'residence-unit-unknown': aPerson({ commune: '99999' }),
    'old-number-malformed': aPerson({ old_number: '12345' }),
    'life-status-unknown': aPerson({ life_status: 'asleep' }),
  }
  const rejectedTo = join(folder, 'persons.rejected.csv')

  const result = await enterAll(house, [right, ...Object.values(wrong)], { rejectedTo })

  assert.equal(result.added, 1)
  assert.deepEqual(result.reasons, Object.fromEntries(Object.keys(wrong).map(reason => [reason, 1])))
  const lines = (await readFile(rejectedTo, 'utf8')).trim().split('\n')
  assert.equal(lines.length, 1 + Object.keys(wrong).length)
  assert.match(lines[0] ?? '', /line,reason,ly_do$/)
  await enterAll(house, [right], { rejectedTo })
  await assert.rejects(readFile(rejectedTo), /ENOENT/)
})

test('cells of rejected rows cannot run as formulas', async () => {
  const rejectedTo = join(folder, 'formula.rejected.csv')
  await enterAll(house, [aPerson({ name: '=1+1', sex: 'X', person_number: '022205666666' })], { rejectedTo })
  assert.match(await readFile(rejectedTo, 'utf8'), /,'=1\+1,/)
})

test('digits that contradict the record are counted as a warning, and the row is imported', async () => {
  const { added, warnings } = await enterAll(house, [
    aPerson({ person_number: '031105555555', sex: 'M', bornOn: '2005-03-15' }),
  ])
  assert.deepEqual(
    [added, warnings],
    [1, { 'number-contradicts-sex': 1, 'number-contradicts-birth-year': 1, 'number-contradicts-birth-place': 1 }],
  )
})

test('a dry run reports what would happen and changes nothing', async () => {
  const known = aPerson()
  await enter(house, known)
  const before = await whole()

  const { added, changed } = await enterAll(house, [{ ...known, full_name: 'Nguyễn Văn Ân' }, aPerson()], {
    dryRun: true,
  })

  assert.deepEqual([added, changed], [1, 1])
  assert.deepEqual(await whole(), before)
})

test('an import that is killed in the middle leaves the old state', async () => {
  const before = await whole()
  const people = Array.from({ length: 3000 }, () => aPerson())

  const dying = importPersons(house, asPersonsCsv(people), {
    onProgress: ({ step }) => {
      if (step === 'write') throw new Error('the machine is gone')
    },
  })

  await assert.rejects(dying, /machine is gone/)
  assert.deepEqual(await whole(), before)
})

test('a file that breaks off while it is read leaves the old state', async () => {
  const before = await whole()
  const dying = importPersons(house, asPersonsCsv([aPerson(), aPerson()]), {
    onProgress: () => {
      throw new Error('the disk is gone')
    },
  })
  await assert.rejects(dying, /disk is gone/)
  assert.deepEqual(await whole(), before)
})

test('unit codes are read as of the day of the file', async () => {
  const { reasons } = await enterAll(house, [aPerson({ commune: commune.haKhanh })], { asOf: asDay('2025-07-02') })
  assert.deepEqual(reasons, { 'residence-unit-unknown': 1 })
})

test('a missing required column is refused; others may come in any order or not at all', async () => {
  const header = ['sex', 'birth_date', 'full_name', 'person_number']
  const { added } = await importPersons(house, asPersonsCsv([aPerson()], header))
  assert.equal(added, 1)
  await assert.rejects(importPersons(house, asPersonsCsv([aPerson()], header.slice(1))), { code: 'csv-column-missing' })
})

test('a person who was imported before their parent is linked when the parent comes', async () => {
  const father = aPerson({ name: 'Đỗ Văn Hải', bornOn: '1979-01-01' })
  const child = aPerson({ father_number: father.person_number })
  await enter(house, child)
  await enter(house, father)
  assert.equal((await personOf(child.person_number)).kin[0]?.personId, await idOf(house, father.person_number))
})

test('a name folded word by word is the name folded whole', () => {
  const fold = nameFolder()
  for (const name of fullNames(500, 7)) assert.deepEqual(fold(name), foldName(name), name)
  fc.assert(
    fc.property(fc.constantFrom('', ' ', '  ', '\u0301', "'", '.', 'Đ', 'ß', '李'), fc.string(), (odd, rest) => {
      const name = `Nguyễn ${odd}${rest} Hoà`
      assert.deepEqual(fold(name), foldName(name))
    }),
  )
})

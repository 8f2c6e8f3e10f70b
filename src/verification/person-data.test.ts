import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { families, givens, middles } from '../names/people.fixture.ts'
import { formatPartialDay, isRealDate, type PartialDay } from '../platform/day.ts'
import { differingFields, type Identity } from './compare-identity.ts'
import { type CheckField, readCheckRequest } from './person-data.ts'

const names = fc
  .tuple(fc.constantFrom(...families), fc.constantFrom(...middles), fc.constantFrom(...givens))
  .map(([family, middle, given]) => `${family} ${middle} ${given}`)
const days: fc.Arbitrary<PartialDay> = fc
  .record({
    y: fc.integer({ min: 1930, max: 2020 }),
    m: fc.integer({ min: 1, max: 12 }),
    d: fc.integer({ min: 1, max: 31 }),
    known: fc.constantFrom(1, 2, 3, 3, 3),
  })
  .filter(({ y, m, d }) => isRealDate(y, m, d))
  .map(({ y, m, d, known }) => ({ y, ...(known > 1 && { m }), ...(known > 2 && { d }) }))
const persons: fc.Arbitrary<Identity> = fc.record({
  fullName: names,
  birth: days,
  sex: fc.constantFrom('M' as const, 'F' as const),
})

/** hoà → hòa and back: the tone on the other vowel of oa, oe, uy at the end of a word. */
const otherPlace: Readonly<Record<string, string>> = {
  òa: 'oà',
  óa: 'oá',
  ỏa: 'oả',
  õa: 'oã',
  ọa: 'oạ',
  òe: 'oè',
  óe: 'oé',
  ùy: 'uỳ',
  úy: 'uý',
  ủy: 'uỷ',
  ũy: 'uỹ',
  ụy: 'uỵ',
}
const moved = new Map([
  ...Object.entries(otherPlace),
  ...Object.entries(otherPlace).map(([from, to]): [string, string] => [to, from]),
])
const elsewhere = (name: string) =>
  name
    .split(' ')
    .map(word => (/^qu/i.test(word) ? word : word.slice(0, -2) + (moved.get(word.slice(-2)) ?? word.slice(-2))))
    .join(' ')

/** What counts for nothing in a name. */
const foldings: readonly ((name: string) => string)[] = [
  name => name.toUpperCase(),
  name => name.toLowerCase(),
  name => name.normalize('NFD'),
  name => name.normalize('NFKD'),
  name => `  ${name.replaceAll(' ', '   ')} `,
  name => name.replaceAll(' ', ' '),
  name => `${name}​`,
  elsewhere,
]
const noise = fc
  .array(fc.constantFrom(...foldings), { maxLength: 4 })
  .map(list => (name: string) => list.reduce((text, fold) => fold(text), name))

const dateForms: readonly ((day: PartialDay) => string)[] = [
  formatPartialDay,
  ({ y, m, d }) => [d, m, y].filter(part => part !== undefined).join('/'),
  ({ y, m, d }) =>
    [d, m, y]
      .filter(part => part !== undefined)
      .map(part => String(part).padStart(2, '0'))
      .join('.'),
]
const sexForms = { M: ['M', 'm', 'Nam', 'NAM', 'male'], F: ['F', 'Nữ', 'nữ', 'female'] } as const

const asked = (given: Record<string, unknown>) => {
  const read = readCheckRequest({ person_number: '022205000001', ...given })
  if ('wrong' in read) throw new Error(`${JSON.stringify(given)}: ${read.wrong.map(({ field }) => field).join()}`)
  return read
}

test('a person is confirmed under every folding that keeps them the same', () => {
  fc.assert(
    fc.property(persons, noise, fc.nat(2), fc.nat(4), fc.boolean(), (person, fold, form, sexForm, withSex) => {
      const forms = sexForms[person.sex]
      const said = {
        full_name: fold(person.fullName),
        birth_date: dateForms[form]?.(person.birth),
        ...(withSex && { sex: forms[sexForm % forms.length] }),
      }
      assert.deepEqual(differingFields(asked(said), person), [])
    }),
    { numRuns: 3000 },
  )
})

test('a comparison of two persons names exactly the fields in which they differ', () => {
  // One placement of the tone, by a table of this test's own.
  const bare = (name: string) =>
    name
      .split(' ')
      .map(word => (/^qu/i.test(word) ? word : word.slice(0, -2) + (otherPlace[word.slice(-2)] ?? word.slice(-2))))
      .join(' ')
      .toLowerCase()
  fc.assert(
    fc.property(persons, persons, noise, fc.boolean(), (one, other, fold, withSex) => {
      const said = {
        full_name: fold(one.fullName),
        birth_date: formatPartialDay(one.birth),
        ...(withSex && { sex: one.sex }),
      }
      const expected: CheckField[] = []
      if (bare(one.fullName) !== bare(other.fullName)) expected.push('full_name')
      if (formatPartialDay(one.birth) !== formatPartialDay(other.birth)) expected.push('birth_date')
      if (withSex && one.sex !== other.sex) expected.push('sex')
      assert.deepEqual(differingFields(asked(said), other), expected)
    }),
    { numRuns: 3000 },
  )
})

test('a letter, a mark, a word less or a day beside is a difference in that field alone', () => {
  const person: Identity = { fullName: 'Nguyễn Thị Thu Hà', birth: { y: 2005, m: 4, d: 3 }, sex: 'F' }
  const right = { full_name: person.fullName, birth_date: '2005-04-03', sex: 'F' }
  const cases: [Record<string, string>, CheckField[]][] = [
    [{ full_name: 'Nguyễn Thị Thu Hạ' }, ['full_name']],
    [{ full_name: 'Nguyen Thi Thu Ha' }, ['full_name']],
    [{ full_name: 'Nguyễn Thu Hà' }, ['full_name']],
    [{ full_name: 'Thu Hà Nguyễn Thị' }, ['full_name']],
    [{ birth_date: '2005-03-04' }, ['birth_date']],
    [{ birth_date: '03/04/2005' }, []],
    [{ birth_date: '2005-04' }, ['birth_date']],
    [{ sex: 'Nam' }, ['sex']],
    [{ full_name: 'Nguyễn Thị Thu Hạ', birth_date: '2005-04-04', sex: 'M' }, ['full_name', 'birth_date', 'sex']],
  ]
  for (const [said, expected] of cases)
    assert.deepEqual(differingFields(asked({ ...right, ...said }), person), expected, JSON.stringify(said))
})

test('an ambiguous or impossible date is refused, and so is a malformed name, number or sex', () => {
  const wrongOf = (given: Record<string, unknown>) => {
    const read = readCheckRequest({
      person_number: '022205000001',
      full_name: 'Lê An',
      birth_date: '2005-01-02',
      ...given,
    })
    return 'wrong' in read ? read.wrong.map(({ field }) => field) : []
  }
  for (const birth_date of [
    '01/02/05',
    '20050102',
    '36528',
    '05/13/2005',
    '31/02/2005',
    '2005-13-01',
    '2005-02-30',
    '',
    'hai',
    null,
    20050102,
    '0001-01-01',
  ])
    assert.deepEqual(wrongOf({ birth_date }), ['birth_date'], String(birth_date))
  for (const full_name of ['', '   ', '123', null, 5, ['Lê An'], 'x'.repeat(301)])
    assert.deepEqual(wrongOf({ full_name }), ['full_name'], String(full_name))
  for (const person_number of ['22205000001', '022205', '', null, 22205000001, '02220500000O'])
    assert.deepEqual(wrongOf({ person_number }), ['person_number'], String(person_number))
  for (const sex of ['x', 1, true]) assert.deepEqual(wrongOf({ sex }), ['sex'], String(sex))
  for (const sex of ['', null, undefined]) assert.deepEqual(wrongOf({ sex }), [])
})

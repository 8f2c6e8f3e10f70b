import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parsePartialDay } from '../../platform/day.ts'
import { fields } from '../comparing/comparing.ts'
import { frequenciesOf, nameCountsOf } from '../comparing/frequencies.ts'
import { typicalModel } from '../comparing/typical-model.ts'
import { type LinkRecord, type RawRecord, toLinkRecord } from '../person-record.ts'
import { aRegister, asRecords, toyDice } from '../toy-province.fixture.ts'
import { bestMatch, type MatchDecision, scorePair } from './decide.ts'

const register = asRecords(aRegister(toyDice(1), 4000, [2004, 2005, 2006]))
const frequencies = frequenciesOf(nameCountsOf(register))

const weightOf = (a: LinkRecord, b: LinkRecord) => scorePair(a, b, typicalModel, frequencies).weight
const decide = (row: LinkRecord, candidates: readonly LinkRecord[]): MatchDecision =>
  bestMatch(
    candidates.map(candidate => scorePair(row, candidate, typicalModel, frequencies)),
    row.number !== undefined,
    frequencies,
  )

const one = ({ birth, ...rest }: Omit<RawRecord, 'birth'> & { birth?: string }) =>
  toLinkRecord({ ...rest, birth: birth ? parsePartialDay(birth) : undefined })

// Few values, so that pairs agree, half agree and differ.
const someone: fc.Arbitrary<LinkRecord> = fc
  .record(
    {
      name: fc.constantFrom(
        'Nguyễn Thị Anh',
        'Nguyễn Thị Ánh',
        'Nguyen Thi Anh',
        'Nguyễn Anh',
        'Trần Văn An',
        'Trần Văn Anh',
        'Trần An Văn',
        'Nguyn Thj Anh',
        'Chìu Sủi Lìn',
        'Nguyễn Văn Lìn',
        'Sáng',
      ),
      birth: fc
        .constantFrom(
          '2005-03-07',
          '2005-07-03',
          '2005-03-08',
          '2005-03-21',
          '2005',
          '2005-03',
          '2006-03-07',
          '2005-01-01',
          '2004-11-30',
        )
        .map(parsePartialDay),
      sex: fc.constantFrom('M' as const, 'F' as const),
      number: fc.constantFrom('022205001234', '022205001243', '022205001235', '031305777777'),
      cancelledNumbers: fc.constantFrom([], ['031305777777']),
      communes: fc.constantFrom(['c1'], ['c2'], ['c1', 'c7']),
      districts: fc.constantFrom(['d1'], ['d2']),
      fatherName: fc.constantFrom('Nguyễn Văn Hùng', 'Nguyễn Văn Hưng', 'Trần Văn Hùng'),
      fatherYear: fc.constantFrom(1975, 1976, 1980),
      motherName: fc.constantFrom('Lê Thị Lan', 'Lê Lan'),
      phone: fc.constantFrom('+84912345678', '+84987654321'),
    },
    { requiredKeys: [] },
  )
  .map(raw => toLinkRecord({ id: 'x', ...raw }))

test('a pair weighs the same from either side', () => {
  fc.assert(
    fc.property(someone, someone, (a, b) => {
      assert.ok(Math.abs(weightOf(a, b) - weightOf(b, a)) < 1e-9)
    }),
  )
})

test('a row that agrees better in any field never weighs less', () => {
  const groups: readonly (readonly (keyof LinkRecord)[])[] = [
    ['name'],
    ['birth'],
    ['sex'],
    ['number', 'cancelledNumbers'],
    ['communes', 'districts'],
    ['father'],
    ['mother'],
    ['phone'],
  ]
  fc.assert(
    fc.property(someone, someone, fc.constantFrom(...groups), (row, person, keys) => {
      const hasThem = keys.every(
        key =>
          person[key] !== undefined &&
          (!Array.isArray(person[key]) || key === 'cancelledNumbers' || person[key].length > 0),
      )
      fc.pre(hasThem)
      const better = { ...row, ...Object.fromEntries(keys.map(key => [key, person[key]])) }
      assert.ok(weightOf(better, person) >= weightOf(row, person) - 1e-9)
    }),
    { numRuns: 2000 },
  )
})

test('a row with the right number is never not found, whatever else it says', () => {
  fc.assert(
    fc.property(someone, someone, fc.array(someone, { maxLength: 5 }), (row, person, others) => {
      const number = '022205424242'
      const rivals = others.map((other, i) => ({ ...other, id: `o${i}` }))
      const decision = decide({ ...row, number }, [...rivals, { ...person, id: 'holder', number }])
      assert.notEqual(decision.outcome, 'not-found')
      assert.ok(decision.candidates.some(({ candidate }) => candidate.id === 'holder'))
    }),
    { numRuns: 500 },
  )
})

test('the probabilities of a row’s candidates never exceed one', () => {
  fc.assert(
    fc.property(someone, fc.array(someone, { maxLength: 8 }), (row, people) => {
      const decision = decide(
        row,
        people.map((person, i) => ({ ...person, id: `p${i}` })),
      )
      assert.ok(decision.candidates.reduce((sum, { posterior }) => sum + posterior, 0) <= 1 + 1e-9)
    }),
  )
})

const home = {
  communes: ['c1'],
  districts: ['d1'],
  fatherName: 'Nguyễn Văn Hùng',
  fatherYear: 1975,
  motherName: 'Lê Thị Lan',
  motherYear: 1978,
  household: 'h1',
}
const elder = one({
  id: 'elder',
  name: 'Nguyễn Thị Hạnh',
  birth: '2003-10-20',
  sex: 'F',
  number: '022303000001',
  ...home,
})
const younger = one({
  id: 'younger',
  name: 'Nguyễn Minh Quân',
  birth: '2005-03-15',
  sex: 'M',
  number: '022205000002',
  ...home,
})
const namesake = one({
  id: 'namesake',
  name: 'Nguyễn Minh Quân',
  birth: '2005-09-02',
  sex: 'M',
  number: '022205000003',
  communes: ['c9'],
  districts: ['d3'],
})

test('a right number with the name or the date decides', () => {
  const number = '022205000002'
  assert.equal(
    decide(one({ id: 'r', number, name: 'nguyen minh quan' }), [younger, namesake]).best?.candidate.id,
    'younger',
  )
  assert.equal(decide(one({ id: 'r', number, name: 'nguyen minh quan' }), [younger, namesake]).outcome, 'matched')
  assert.equal(
    decide(one({ id: 'r', number, name: 'Nguyễn Minh Quân', birth: '2004-11-01' }), [younger]).outcome,
    'matched',
  )
  assert.equal(
    decide(one({ id: 'r', number, name: 'Bùi Gia Huy', birth: '2005-03-15', sex: 'M' }), [younger]).outcome,
    'matched',
  )
})

test('a sister’s number does not make a brother his sister', () => {
  const row = one({
    id: 'r',
    number: '022303000001',
    name: 'Nguyễn Minh Quân',
    birth: '2005-03-15',
    sex: 'M',
    communes: ['c1'],
    districts: ['d1'],
  })
  const decision = decide(row, [elder, younger, namesake])
  assert.equal(decision.outcome, 'matched')
  assert.equal(decision.best?.candidate.id, 'younger')
  assert.equal(decision.holder?.candidate.id, 'elder')

  const alone = decide(row, [elder])
  assert.equal(alone.outcome, 'review', 'the brother is not registered: the number alone links nobody')
})

test('a twin’s number does not make one twin the other', () => {
  const twin = one({
    id: 'twin',
    name: 'Nguyễn Minh Quang',
    birth: '2005-03-15',
    sex: 'M',
    number: '022205000009',
    ...home,
  })
  const row = one({ id: 'r', number: '022205000009', name: 'Nguyễn Hải Đăng', birth: '2005-03-15', sex: 'M' })
  const real = one({
    id: 'real',
    name: 'Nguyễn Hải Đăng',
    birth: '2005-03-15',
    sex: 'M',
    number: '022205000010',
    ...home,
  })
  const decision = decide(row, [twin, real])
  assert.notEqual(decision.outcome === 'matched' && decision.best?.candidate.id, 'twin')
  assert.equal(decision.best?.candidate.id, 'real')
})

test('two people with equal name and date are never told apart by a guess', () => {
  const other = one({
    id: 'other',
    name: 'Nguyễn Minh Quân',
    birth: '2005-03-15',
    sex: 'M',
    number: '022205000004',
    communes: ['c5'],
    districts: ['d2'],
  })
  const row = one({ id: 'r', name: 'Nguyễn Minh Quân', birth: '2005-03-15', sex: 'M' })
  assert.equal(decide(row, [younger, other]).outcome, 'review')
  assert.equal(
    decide({ ...row, communes: ['c1'], districts: ['d1'], ...pick(younger, 'father', 'mother') }, [younger, other]).best
      ?.candidate.id,
    'younger',
  )
  assert.equal(
    decide({ ...row, communes: ['c1'], districts: ['d1'], ...pick(younger, 'father', 'mother') }, [younger, other])
      .outcome,
    'matched',
  )
})

test('a namesake of the same year is another person', () => {
  for (const birth of ['2005', '2005-09-28', '2005-01-01', '2005-09-12', '2005-09']) {
    const row = one({ id: 'r', name: 'Nguyễn Minh Quân', birth, sex: 'M', communes: ['c9'], districts: ['d3'] })
    assert.notEqual(decide(row, [namesake]).outcome, 'matched', birth)
  }
})

test('a partly known date links only at the model’s certainty, and never beside an unknown number', () => {
  const row = one({
    id: 'r',
    name: 'Nguyễn Minh Quân',
    birth: '2005-09',
    sex: 'M',
    communes: ['c9'],
    districts: ['d3'],
  })
  const outcomeOf = (asked: LinkRecord, bare?: number) =>
    bestMatch([scorePair(asked, namesake, typicalModel, frequencies)], asked.number !== undefined, frequencies, {
      bands: { risk: 0.02, alike: 0.05, ...(bare !== undefined && { bare }) },
    }).outcome
  assert.equal(outcomeOf(row), 'review')
  assert.equal(outcomeOf(row, 0.5), 'matched')
  assert.equal(outcomeOf({ ...row, number: '022205999998' }, 0.5), 'review')
})

test('a namesake’s number goes to review when another person has the date', () => {
  const row = one({
    id: 'r',
    number: '022205000003',
    name: 'Nguyễn Minh Quân',
    birth: '2005-03-15',
    sex: 'M',
    communes: ['c1'],
    districts: ['d1'],
  })
  assert.equal(decide(row, [younger, namesake]).outcome, 'review')
})

test('a namesake of the same day with other parents is linked only by a nearly equal number', () => {
  const row = {
    id: 'r',
    name: 'Nguyễn Minh Quân',
    birth: '2005-03-15',
    fatherName: 'Đỗ Hữu Phước',
    motherName: 'Mạc Thị Nhàn',
  }
  const { communes, districts } = younger
  assert.equal(decide(one({ ...row, communes, districts, number: '079205771342' }), [younger]).outcome, 'review')
  assert.equal(decide(one({ ...row, communes: ['c9'], districts: ['d3'] }), [younger]).outcome, 'review')
  assert.equal(decide(one({ ...row, communes, districts }), [younger]).outcome, 'review')
  const nearly = `${younger.number?.slice(0, 11)}${(Number(younger.number?.at(-1)) + 1) % 10}`
  assert.equal(decide(one({ ...row, communes, districts, number: nearly }), [younger]).outcome, 'matched')
})

test('another middle name is another person, unless the number is nearly theirs', () => {
  const row = {
    id: 'r',
    name: 'Nguyễn Văn Quân',
    birth: '2005-03-15',
    sex: 'M',
    communes: ['c1'],
    districts: ['d1'],
  } as const
  assert.notEqual(decide(one(row), [younger]).outcome, 'matched')
})

test('a twin’s number on a row with the other twin’s exact name goes to review', () => {
  const parents = { birth: '2005-03-15', sex: 'M', fatherName: 'Hoàng Văn Lử', motherName: 'Chìu Thị Hai' } as const
  const senh = one({ ...parents, id: 'senh', name: 'Hoàng A Tài Sềnh', number: '022205000811' })
  const sinh = one({ ...parents, id: 'sinh', name: 'Hoàng A Tài Sính', number: '022205000812' })
  const row = one({ ...parents, id: 'r', name: 'Hoàng A Tài Sềnh', number: '022205000812' })
  assert.equal(decide(row, [senh, sinh]).outcome, 'review')
  assert.equal(
    decide(one({ ...parents, id: 'r', name: 'Hoàng A Tài Sinh', number: '022205000812' }), [senh, sinh]).best?.candidate
      .id,
    'sinh',
  )
})

test('the words of a name change places in a list, and no twin has the same ones', () => {
  const anDung = one({
    id: 'd',
    name: 'Nguyễn Anh Dũng',
    birth: '2005-03-15',
    sex: 'M',
    fatherName: 'Nguyễn Văn Hùng',
    motherName: 'Vũ Thị Lành',
  })
  const row = one({
    id: 'r',
    name: 'Nguyễn Dũng Anh',
    birth: '2005-03-15',
    sex: 'M',
    fatherName: 'Nguyễn Văn Hùng',
    motherName: 'Vũ Thị Lành',
  })
  assert.equal(decide(row, [anDung]).outcome, 'matched')
})

test('no candidates give no match', () => {
  assert.deepEqual(decide(one({ id: 'r', name: 'Nguyễn Minh Quân' }), []), {
    outcome: 'not-found',
    probability: 0,
    margin: 0,
    candidates: [],
  })
})

test('each field of a scored pair has its weight', () => {
  const { weights, weight } = scorePair(younger, younger, typicalModel, frequencies)
  assert.equal(weights.length, fields.length)
  assert.ok(weight > 40)
})

function pick<K extends keyof LinkRecord>(record: LinkRecord, ...keys: K[]): Partial<LinkRecord> {
  return Object.fromEntries(keys.map(key => [key, record[key]]))
}

test('shared parents and commune do not make a brother and a sister one person', () => {
  const row = one({ id: 'r', name: 'Nguyễn Gia Bảo', birth: '2006-11-28', sex: 'M', ...home })
  const decision = decide(row, [elder, younger])
  assert.equal(decision.outcome, 'not-found')
  assert.ok(decision.probability < 0.001)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { makeNumber } from '../../names/numbers/numbers.ts'
import { asDay } from '../../platform/day.ts'
import { asId } from '../../platform/ids.ts'
import { builtInLaw } from '../../platform/law.ts'
import { defectsAgainst, defectsWithoutPerson, type RegisterFacts } from '../find-defects.ts'
import { rollDefects } from '../roll.ts'
import type { RollRow } from '../row.ts'
import { currentDefects, evidenceOf, proposedCorrection, valuesKeyOf } from './evidence.ts'
import { followUpLastDay } from './last-day.ts'
import { followUpOwnerOf, opensFollowUp, ownerRules, papersDecide } from './owner-rule.ts'

const given = {
  name: '',
  birth: '',
  number: '',
  sex: '',
  residence: '',
  father: '',
  fatherYear: '',
  mother: '',
  motherYear: '',
  phone: '',
  oldNumber: '',
  read: {},
}

const aRow = (said: Partial<RollRow> = {}): RollRow => ({
  rollId: asId<'roll'>('01900000-0000-7000-8000-000000000001'),
  place: 1,
  id: '01900000-0000-7000-8000-000000000002',
  schoolId: asId<'school'>('01900000-0000-7000-8000-000000000003'),
  sheet: '9A',
  sheetRow: 2,
  name: 'Nguyễn Văn An',
  sortKey: '',
  birth: { y: 2005, m: 3, d: 7 },
  birthUnreadable: false,
  sex: 'M',
  numberKind: 'number',
  number: '022205000001',
  given: { ...given, number: '022205000001' } as RollRow['given'],
  lineHash: '',
  outcome: 'matched',
  personId: asId<'person'>('01900000-0000-7000-8000-000000000004'),
  reasons: [],
  defects: [],
  ...said,
})

const someone = (said: Partial<RegisterFacts> = {}): RegisterFacts => ({
  personId: asId<'person'>('01900000-0000-7000-8000-000000000004'),
  fullName: 'Nguyễn Văn An',
  birth: { y: 2005, m: 3, d: 7 },
  sex: 'M',
  number: '022205000001',
  cancelled: [],
  isDead: false,
  permanentCommunes: ['01900000-0000-7000-8000-000000000005'],
  communes: ['01900000-0000-7000-8000-000000000005'],
  ...said,
})

const ownerFor = (defect: Parameters<typeof evidenceOf>[0], row: RollRow, person?: RegisterFacts) =>
  followUpOwnerOf(defect, evidenceOf(defect, row, person))

test('number digits speak against the side that they contradict, the roll or the register', () => {
  assert.equal(ownerFor('sex-differs', aRow(), someone({ sex: 'F' })), 'ward')
  assert.equal(ownerFor('sex-differs', aRow({ sex: 'F' }), someone()), 'school')
  assert.equal(ownerFor('birth-date-differs', aRow(), someone({ birth: { y: 2006, m: 3, d: 7 } })), 'ward')
  assert.equal(ownerFor('birth-date-differs', aRow({ birth: { y: 2006, m: 3, d: 7 } }), someone()), 'school')
  assert.equal(
    evidenceOf('birth-date-differs', aRow({ birth: { y: 2005, m: 4, d: 7 } }), someone()),
    'silent',
    'digits tell years, no days',
  )
})

test('an incomplete birth date is asked of the side that has the whole one: school, ward or family', () => {
  const [whole, part] = [{ y: 2005, m: 3, d: 7 }, { y: 2005 }]
  assert.equal(ownerFor('birth-date-partial', aRow({ birth: part }), someone({ birth: whole })), 'school')
  assert.equal(ownerFor('birth-date-partial', aRow({ birth: whole }), someone({ birth: part })), 'ward')
  assert.equal(ownerFor('birth-date-partial', aRow({ birth: part }), someone({ birth: part })), 'family')
})

test('a pupil not in the register goes to the family, or to the school while a number must be checked', () => {
  const stranger = { outcome: 'not-found', personId: undefined } as const
  assert.equal(ownerFor('not-in-register', aRow({ ...stranger, numberKind: 'missing', number: undefined })), 'family')
  assert.equal(ownerFor('not-in-register', aRow(stranger)), 'school')
})

test('each defect has somebody who acts; of a residence that blocks nothing it is the ward', () => {
  assert.deepEqual(
    rollDefects.filter(defect => !opensFollowUp(defect)),
    ['foreigner'],
  )
  assert.deepEqual(ownerRules['residence-differs'].stops, [])
  assert.equal(ownerFor('residence-differs', aRow(), someone()), 'ward')
  const row = aRow({
    defects: ['residence-differs', 'sex-differs'],
    communeId: asId<'unit'>('01900000-0000-7000-8000-000000000005'),
  })
  assert.deepEqual(currentDefects(row, someone({ sex: 'F' })), ['sex-differs'])
  assert.deepEqual(currentDefects(row, someone()), [], 'the register has been corrected meanwhile')
})

test('the school cannot insist on a defect that papers cannot settle', () => {
  assert.deepEqual(
    rollDefects.filter(defect => !papersDecide(defect)),
    [
      'number-missing',
      'number-malformed',
      'number-cut',
      'number-lost-zero',
      'residence-differs',
      'text-legacy-encoded',
      'text-too-long',
      'cells-broken',
      'status-unclear',
      'duplicate-in-roll',
      'duplicate-across-schools',
      'foreigner',
    ],
  )
})

test('a proposed name keeps the register’s tone placement where nothing else differs', () => {
  const row = aRow({ name: 'NGUYỄN THANH THUỲ ANH' })
  assert.deepEqual(proposedCorrection('name-marks-differ', row, someone({ fullName: 'Nguyễn Thành Thùy Anh' })), {
    field: 'full_name',
    value: 'Nguyễn Thanh Thùy Anh',
  })
})

const sexes = fc.constantFrom('M', 'F') as fc.Arbitrary<'M' | 'F'>
const births = fc.oneof(
  fc.record({
    y: fc.integer({ min: 2004, max: 2008 }),
    m: fc.integer({ min: 1, max: 12 }),
    d: fc.integer({ min: 1, max: 28 }),
  }),
  fc.record({ y: fc.integer({ min: 2004, max: 2008 }) }),
)
const names = fc.constantFrom('Nguyễn Văn An', 'Nguyễn Văn Ân', 'Trần Thị Bình', 'NGUYỄN VĂN AN', '')
const numbers = fc
  .tuple(sexes, fc.integer({ min: 2004, max: 2008 }))
  .map(([sex, birthYear]) => makeNumber({ prefix: '022', sex, birthYear, random: () => 0.5 }))

test('each blocking defect has one owner, and no proposal to the ward repeats the register’s value', () => {
  const rows = fc.record({
    name: names,
    birth: births,
    sex: sexes,
    number: numbers,
    outcome: fc.constantFrom('matched', 'not-found'),
  })
  const people = fc.record({
    fullName: names.filter(name => name !== ''),
    birth: births,
    sex: sexes,
    number: numbers,
    isDead: fc.boolean(),
  })
  fc.assert(
    fc.property(rows, people, (said, known) => {
      const isMatched = said.outcome === 'matched'
      const person = isMatched ? someone(known) : undefined
      const plain = aRow({ ...said, outcome: isMatched ? 'matched' : 'not-found', personId: person?.personId })
      const row = { ...plain, defects: person ? defectsAgainst(plain, person) : defectsWithoutPerson(plain) }
      for (const defect of currentDefects(row, person)) {
        const owner = followUpOwnerOf(defect, evidenceOf(defect, row, person))
        assert.ok(['school', 'ward', 'family'].includes(owner))
        if (!person) assert.notEqual(owner, 'ward', 'nobody’s record cannot be corrected')
        const proposal = owner === 'ward' && person ? proposedCorrection(defect, row, person) : undefined
        if (proposal?.field === 'sex') assert.notEqual(proposal.value, person?.sex)
        if (proposal?.field === 'full_name') assert.notEqual(proposal.value, person?.fullName)
        assert.equal(valuesKeyOf(defect, row, person), valuesKeyOf(defect, { ...row }, person && { ...person }))
      }
    }),
  )
})

test('an answer holds for two values, and no more once either changes', () => {
  const about = (row: RollRow, person: RegisterFacts) => valuesKeyOf('name-differs', row, person)
  const first = about(aRow(), someone({ fullName: 'Trần Văn An' }))
  assert.notEqual(about(aRow({ name: 'Nguyễn Văn Ân' }), someone({ fullName: 'Trần Văn An' })), first)
  assert.notEqual(about(aRow(), someone({ fullName: 'Trần Văn Ân' })), first)
  assert.equal(about(aRow({ place: 7, class: '9B' }), someone({ fullName: 'Trần Văn An' })), first)
})

test('every rule of the table names a side, and papers never leave a follow-up with the school', () => {
  for (const [defect, rule] of Object.entries(ownerRules))
    if (rule.papers) assert.notEqual(rule.papers, 'school', defect)
})

test('the last day is three working days before the team comes, and never before the follow-up was made', () => {
  const made = asDay('2023-04-20')
  assert.equal(followUpLastDay('name-differs', made, undefined, builtInLaw), '2023-05-09')
  assert.equal(followUpLastDay('name-differs', made, asDay('2023-05-09'), builtInLaw), '2023-05-04')
  assert.equal(followUpLastDay('name-differs', made, asDay('2023-04-22'), builtInLaw), made)
  assert.equal(followUpLastDay('deceased', made, asDay('2023-06-01'), builtInLaw), '2023-04-24')
})

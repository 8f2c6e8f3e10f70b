import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { asDay, type Day, dayOf } from '../platform/day.ts'
import type { CardContent } from './content.ts'
import { type MrzLines, nameLine, readMrz, writeMrz } from './mrz.ts'

type Holder = Pick<CardContent, 'number' | 'fullName' | 'birthDate' | 'sex'>
const an: Holder = { number: '022205001234', fullName: 'NGUYỄN VĂN AN', birthDate: { y: 2005, m: 3, d: 15 }, sex: 'M' }
const lin: Holder = { number: '022308004321', fullName: 'CHÌU SỦI LÌN', birthDate: { y: 2008, m: 12, d: 1 }, sex: 'F' }

const ofAn: MrzLines = [
  'IDVNM2050012347022205001234<<5',
  '0503154M3003150VNM<<<<<<<<<<<2',
  'NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<',
]
const ofLin: MrzLines = [
  'IDVNM3080043211022308004321<<9',
  '0812010F3312016VNM<<<<<<<<<<<4',
  'CHIU<<SUI<LIN<<<<<<<<<<<<<<<<<',
]

test('the zone is written as in the two invented cards of domain.md', () => {
  assert.deepEqual(writeMrz(an, asDay('2030-03-15')), ofAn)
  assert.deepEqual(writeMrz(lin, asDay('2033-12-01')), ofLin)
})

test('a card without term has the placeholder days, which an option can replace', () => {
  assert.equal(writeMrz(an, undefined)[1].slice(8, 15), '9912315')
  assert.equal(writeMrz(an, undefined, { withoutTerm: '991230' })[1].slice(8, 14), '991230')
  const reading = readMrz(writeMrz(an, undefined).join('\n'))
  assert.ok(reading.kind === 'mrz' && reading.expiresOn === undefined)
})

test('unknown parts of a birth are written as fillers, and read back as unknown', () => {
  const old = { ...an, number: '022063001234' }
  for (const [birthDate, text] of [
    [{ y: 1963 }, '63<<<<'],
    [{ y: 1963, m: 7 }, '6307<<'],
  ] as const) {
    const lines = writeMrz({ ...old, birthDate }, undefined)
    assert.equal(lines[1].slice(0, 6), text)
    const reading = readMrz(lines.join('\n'))
    assert.deepEqual(reading.kind === 'mrz' && reading.birthDate, birthDate)
  }
})

test('the century of a birth is taken from the number, also where a correction crossed a century', () => {
  for (const [number, y] of [
    ['022099001234', 1999],
    ['022299001234', 2099],
    ['022099001234', 2000],
    ['022200001234', 1999],
  ] as const) {
    const reading = readMrz(writeMrz({ ...an, number, birthDate: { y, m: 1, d: 2 } }, undefined).join('\n'))
    assert.deepEqual(reading.kind === 'mrz' && reading.birthDate, { y, m: 1, d: 2 }, `${number} ${y}`)
  }
})

test('names lose their marks and apostrophes, Đ is D, hyphens split words, and one word stands alone', () => {
  const lines = [
    ['Đỗ Thị Hồng Nhung', 'DO<<THI<HONG<NHUNG'],
    ['Tằng A Tài', 'TANG<<A<TAI'],
    ["H'Hen Niê", 'HHEN<<NIE'],
    ['Y Moan Ênuôl', 'Y<<MOAN<ENUOL'],
    ['K’Brểu', 'KBREU'],
    ['Ka Să Ha-Kôi', 'KA<<SA<HA<KOI'],
    ['Điểu Ƀrang', 'DIEU<<BRANG'],
    ['Lê\u0302 Thi\u0323', 'LE<<THI'],
  ] as const
  for (const [name, line] of lines) assert.equal(nameLine(name), line.padEnd(30, '<'), name)
  assert.throws(() => nameLine('Nguyễn 王'), { code: 'card-text-unprintable' })
  assert.throws(() => nameLine(' - '), { code: 'card-field-needed' })
})

test('a name that is too long ends in a letter at the thirtieth place', () => {
  const lines = [
    ['Nguyễn Hoàng Phương Thảo Nguyên Khánh', 'NGUYEN<<HOANG<PHUONG<THAO<NGUY'],
    // "Bá" would end at the twenty-ninth place: it gives a letter, so that the next word shows that it is there.
    ['Nguyễn Hoàng Phương Thanh Bá Khánh', 'NGUYEN<<HOANG<PHUONG<THANH<B<K'],
    ['Nguyễn Hoàng Phương Thảo Minh', 'NGUYEN<<HOANG<PHUONG<THAO<MINH'],
    ['Abcdefghijklmnopqrstuvwxyzabcdefgh Xa', 'ABCDEFGHIJKLMNOPQRSTUVWXYZA<<X'],
    ['Abcdefghijklmnopqrstuvwxyzabcdefgh', 'ABCDEFGHIJKLMNOPQRSTUVWXYZABCD'],
  ] as const
  for (const [name, line] of lines) assert.equal(nameLine(name), line, name)
})

const word = fc.string({
  unit: fc.constantFrom(...'aàảãáạăằâầbcdđeêềghiklmnoôơờpqrstuưứvxy'),
  minLength: 1,
  maxLength: 9,
})
const longAgo = fc.record({
  y: fc.integer({ min: 1900, max: 2030 }),
  m: fc.integer({ min: 1, max: 12 }),
  d: fc.integer({ min: 1, max: 28 }),
})
const birth = fc.oneof(
  longAgo,
  longAgo.map(({ y, m }) => ({ y, m })),
  longAgo.map(({ y }) => ({ y })),
)
const holder = fc
  .record({
    words: fc.array(word, { minLength: 1, maxLength: 7 }),
    birthDate: birth,
    sex: fc.constantFrom('M' as const, 'F' as const),
    last: fc.nat(999_999),
  })
  .map(({ words, birthDate: { ...birthDate }, sex, last }): Holder => {
    const century = 2 * (Math.floor(birthDate.y / 100) - 19) + (sex === 'F' ? 1 : 0)
    const number = `022${century}${String(birthDate.y % 100).padStart(2, '0')}${String(last).padStart(6, '0')}`
    return { number, fullName: words.join(' '), birthDate, sex }
  })
const term: fc.Arbitrary<Day | undefined> = fc
  .option(
    fc.record({
      y: fc.integer({ min: 2021, max: 2098 }),
      m: fc.integer({ min: 1, max: 12 }),
      d: fc.integer({ min: 1, max: 28 }),
    }),
    { nil: undefined },
  )
  .map(day => day && dayOf(day.y, day.m, day.d))

test('a zone is read back as it was written, for any holder', () => {
  fc.assert(
    fc.property(holder, term, (who, expiresOn) => {
      const lines = writeMrz(who, expiresOn)
      assert.deepEqual(
        lines.map(line => line.length),
        [30, 30, 30],
      )
      const { kind, family, others, mayBeCut, ...read } = {
        family: '',
        others: [] as readonly string[],
        mayBeCut: false,
        ...readMrz(lines.join('\r\n')),
      }
      assert.equal(kind, 'mrz')
      const { fullName: _, ...known } = who
      assert.deepEqual(read, { ...known, expiresOn })
      assert.equal(
        [family, ...others].join('<').slice(0, mayBeCut ? 8 : 30),
        lines[2]
          .replace(/<+$/, '')
          .replace('<<', '<')
          .slice(0, mayBeCut ? 8 : 30),
      )
    }),
  )
})

test('a check digit detects every change of a sign that it covers', () => {
  // Line 1 from the number on, line 2 all but the sex and the state: what the check digits cover, and they themselves.
  const covered = [
    ...Array.from({ length: 25 }, (_, at) => [0, at + 5]),
    ...Array.from({ length: 30 }, (_, at) => [1, at]),
  ].filter(([line = 0, at = 0]) => !(line === 1 && [7, 15, 16, 17].includes(at)))
  fc.assert(
    fc.property(
      holder,
      term,
      fc.constantFrom(...covered),
      fc.constantFrom(...'0123456789<ABKMU'),
      (who, expiresOn, [line = 0, at = 0], sign) => {
        const lines = writeMrz(who, expiresOn).map(text => [...text])
        fc.pre(lines[line]?.[at] !== sign)
        lines[line]![at] = sign
        assert.notEqual(readMrz(lines.map(letters => letters.join('')).join('\n')).kind, 'mrz')
      },
    ),
    { numRuns: 2000 },
  )
})

test('a zone with mistakes names the wrong fields, and any other text is reported as no zone', () => {
  const [one, other, name] = ofAn
  assert.deepEqual(readMrz([one, other.replace('0503154', '0503164'), name].join('\n')), {
    kind: 'mistaken',
    fields: ['birth', 'composite'],
  })
  assert.deepEqual(readMrz([one.replace('2205001234', '2205001243'), other, name].join('\n')), {
    kind: 'mistaken',
    fields: ['document-number', 'number', 'composite'],
  })
  assert.deepEqual(readMrz('P<VNMNGUYEN<<VAN<AN'), { kind: 'other' })
  assert.deepEqual(readMrz(''), { kind: 'other' })
})

test('a number that has not twelve digits is refused', () => {
  assert.throws(() => writeMrz({ ...an, number: '22205001234' }, undefined), { code: 'card-number-malformed' })
})

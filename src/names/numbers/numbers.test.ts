import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromRoot } from '../../platform/root.ts'
import { numberPrefixes } from './number-prefix.ts'
import { findContradictions, formatNumber, makeNumber, parseNumber } from './numbers.ts'

const aBirth = fc.record({
  prefix: fc.constantFrom(...numberPrefixes.keys()),
  sex: fc.constantFrom('M' as const, 'F' as const),
  birthYear: fc.integer({ min: 1900, max: 2399 }),
  serial: fc.integer({ min: 0, max: 999_999 }),
})
type Birth = { prefix: string; sex: 'M' | 'F'; birthYear: number; serial: number }
const compose = ({ serial, ...birth }: Birth) => makeNumber({ ...birth, random: () => serial / 1_000_000 + 1e-9 })

test('the prefixes are those of the official table', () => {
  const lines = readFileSync(fromRoot('db/reference/number-prefixes.csv'), 'utf8').trim().split(/\r?\n/).slice(1)
  const official = lines.map(line => /^(\d{3}),(?:"([^"]*)"|([^",]*)),(province|country),/.exec(line))
  assert.ok(official.every(found => found !== null))
  assert.deepEqual(
    [...numberPrefixes].map(([prefix, { name, kind }]) => `${prefix} ${name} ${kind}`),
    official.map(found => `${found?.[1]} ${found?.[2] ?? found?.[3]} ${found?.[4]}`),
  )
  assert.equal([...numberPrefixes.values()].filter(({ kind }) => kind === 'province').length, 63)
  assert.equal([...numberPrefixes.values()].filter(({ kind }) => kind === 'country').length, 195)
})

test('twelve digits tell place, century, sex and year of birth', () => {
  const number = '022205001234'
  assert.deepEqual(parseNumber(number), {
    kind: 'number',
    number,
    prefix: '022',
    knownPrefix: true,
    century: 21,
    sex: 'M',
    yearOfBirth: 2005,
  })
  const older = parseNumber('001184012345')
  assert.ok(older.kind === 'number' && older.sex === 'F' && older.yearOfBirth === 1984 && older.century === 20)
})

test('people born abroad have a known prefix, gaps in the table are only unknown', () => {
  const abroad = parseNumber('279305001234')
  assert.ok(abroad.kind === 'number' && abroad.knownPrefix)
  const gap = parseNumber('003205001234')
  assert.ok(gap.kind === 'number' && !gap.knownPrefix)
})

test('a number made by the rule reads back as what it was made from', () => {
  fc.assert(
    fc.property(aBirth, birth => {
      const reading = parseNumber(compose(birth))
      assert.ok(reading.kind === 'number' && reading.knownPrefix)
      assert.deepEqual([reading.prefix, reading.sex, reading.yearOfBirth], [birth.prefix, birth.sex, birth.birthYear])
      assert.equal(Number(reading.number.slice(6)), birth.serial)
      assert.deepEqual(
        findContradictions(reading.number, {
          sex: birth.sex,
          birthYear: birth.birthYear,
          birthRegistrationCode: birth.prefix,
        }),
        [],
      )
    }),
  )
  assert.throws(() => makeNumber({ prefix: '022', sex: 'M', birthYear: 1899, random: () => 0 }), RangeError)
})

test('a number reads the same however it is grouped or typed', () => {
  fc.assert(
    fc.property(aBirth.map(compose), number => {
      const fullWidth = number.replace(/\d/g, digit => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
      for (const form of [
        formatNumber(number),
        `'${number}`,
        ` ${number}\u00a0`,
        number.replace(/(\d{3})/g, '$1.').slice(0, -1),
        number.replace(/^(\d{6})/, '$1-'),
        fullWidth,
      ])
        assert.deepEqual(parseNumber(form), parseNumber(number), form)
    }),
  )
  assert.equal(formatNumber('022205001234'), '022 2 05 001234')
})

test('a number without its leading zero is reported, with the zero as a suggestion', () => {
  const lost = { kind: 'lost-zero', number: '022205001234', knownPrefix: true }
  for (const cell of ['22205001234', 22205001234, '22205001234.0', '22,205,001,234'])
    assert.deepEqual(parseNumber(cell), lost)
  fc.assert(
    fc.property(aBirth.filter(({ prefix }) => /^0[1-9]/.test(prefix)).map(compose), number => {
      const reading = parseNumber(Number(number))
      assert.ok(reading.kind === 'lost-zero' && reading.number === number)
    }),
  )
})

test('two lost zeros are not a lost zero, but a suggestion is given', () => {
  assert.deepEqual(parseNumber(1205001234), { kind: 'malformed', why: 'length', suggestion: '001205001234' })
})

test('other identity papers are told apart from the number', () => {
  const cells: [string, ReturnType<typeof parseNumber>][] = [
    ['100123456', { kind: 'old-number', number: '100123456' }],
    ['   100123456', { kind: 'old-number', number: '100123456' }],
    ['B1234567', { kind: 'passport', text: 'B1234567' }],
    ['TS2304A00012', { kind: 'exam-code', text: 'TS2304A00012' }],
    ['22000123202300012345', { kind: 'ministry-id', text: '22000123202300012345' }],
    ['2.2205E+10', { kind: 'scientific' }],
    ['2,22E+10', { kind: 'scientific' }],
    ['O22205OO1234', { kind: 'malformed', why: 'letter-for-digit', suggestion: '022205001234' }],
    ['022205001234/100123456', { kind: 'malformed', why: 'several' }],
    ['0222050012345', { kind: 'malformed', why: 'length' }],
    ['chưa làm', { kind: 'malformed', why: 'characters' }],
  ]
  for (const [cell, reading] of cells) assert.deepEqual(parseNumber(cell), reading, cell)
})

test('nothing, a dash or a word for nothing is a missing number', () => {
  for (const cell of ['', ' ', '-', '0', 'không', 'KHÔNG CÓ', 'chưa có', 'x', '#N/A', null, undefined])
    assert.equal(parseNumber(cell).kind, 'missing', String(cell))
})

test('each digit group that contradicts the record is reported', () => {
  const number = '022205001234'
  assert.deepEqual(findContradictions(number, { sex: 'F', birthYear: 2006, birthRegistrationCode: '001' }), [
    'sex',
    'birth-year',
    'birth-place',
  ])
  assert.deepEqual(findContradictions(number, { sex: 'M', birthYear: 1905 }), ['birth-year'])
  assert.deepEqual(findContradictions(number, {}), [])
  assert.deepEqual(findContradictions('22205001234', { sex: 'F' }), [])
})

test('whatever stands in a cell, reading it never throws', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.double()), cell => void parseNumber(cell)))
})

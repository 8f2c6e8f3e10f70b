import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { byCodePage, dropped, onVietnameseLayout, questioned, through, underCapsLock } from './card-qr.fixture.ts'
import { type QrCard, readCardQr } from './card-qr.ts'
import { makeNumber } from './numbers/numbers.ts'
import { families, givens, middles } from './people.fixture.ts'
import { isSyllable } from './syllable.ts'

const line = '022205001234|101234567|Nguyễn Văn Đạt|15032005|Nam|Tổ 5, Khu 3, Hồng Hà, Hạ Long, Quảng Ninh|20042023'

const card: QrCard = {
  number: '022205001234',
  oldNumber: '101234567',
  name: 'Nguyễn Văn Đạt',
  birth: '2005-03-15' as QrCard['birth'],
  sex: 'M',
  address: 'Tổ 5, Khu 3, Hồng Hà, Hạ Long, Quảng Ninh',
  issuedOn: '2023-04-20' as QrCard['issuedOn'],
}

test("a card's line is read, with the stroke of Enter and with the fields that newer cards add", () => {
  assert.deepEqual(readCardQr(line), { kind: 'card', ...card })
  assert.deepEqual(readCardQr(`${line}\r\n`), { kind: 'card', ...card })
  assert.deepEqual(readCardQr(`${line}|||`), { kind: 'card', ...card })
  const { oldNumber: _, ...without } = card
  assert.deepEqual(readCardQr(line.replace('101234567', '')), { kind: 'card', ...without })
})

test('a number, a name, an address or a roll row is not a card line', () => {
  for (const text of [
    '022205001234',
    '',
    'Nguyễn Văn Đạt',
    'a|b|c|d|e|f|g',
    'Tổ 5, Khu 3, Hồng Hà, Hạ Long, Quảng Ninh, 2023|x',
    'x'.repeat(5000),
  ])
    assert.deepEqual(readCardQr(text), { kind: 'other' }, text.slice(0, 40))
})

test('text garbled by VNI keys is recognised by letters made of digits after a vowel', () => {
  const typed = through('vni-keys', line.replace('Khu 3', 'Lô A1'))
  assert.match(typed, /Lô Á,/)
  const { name: _, address: __, ...certain } = card
  assert.deepEqual(readCardQr(typed), { kind: 'garbled', by: 'vni', repaired: certain })
})

test('text garbled by Telex is recognised by marks in words that are not Vietnamese', () => {
  const typed = through('telex', line.replace('Khu 3', 'Vinhomes'))
  assert.match(typed, /Vinhomé/)
  const { name: _, address: __, ...certain } = card
  assert.deepEqual(readCardQr(typed), { kind: 'garbled', by: 'telex', repaired: certain })
})

test('UTF-8 typed through a code page is restored; lost letters are left out', () => {
  assert.deepEqual(readCardQr(byCodePage(line)), { kind: 'garbled', by: 'code-page', repaired: card })
  const { name: _, address: __, ...certain } = card
  assert.deepEqual(readCardQr(questioned(line)), { kind: 'garbled', by: 'code-page', repaired: certain })
  // Three letters with marks at the beginning of a word, and none in any other.
  const duong = line.replace('Nguyễn Văn Đạt', 'Đường Minh An').replace(/Tổ.*Ninh/, 'CT2 Vinhomes')
  assert.equal(readCardQr(questioned(duong)).kind, 'garbled')
  assert.deepEqual(readCardQr(dropped(line)), { kind: 'garbled', by: 'code-page', repaired: certain })
  assert.deepEqual(readCardQr(dropped(line.replace('Nam|', 'Nữ|'))), {
    kind: 'garbled',
    by: 'code-page',
    repaired: { ...certain, sex: 'F' },
  })
})

test('Caps Lock is undone, for scanners that type letters by key or by code', () => {
  for (const also of ['plain', 'marked'] as const)
    assert.deepEqual(readCardQr(underCapsLock(line, also)), { kind: 'garbled', by: 'capslock', repaired: card })
})

test("the digits of Windows' Vietnamese keyboard, and another sign for the upright stroke, are read back", () => {
  const typed = onVietnameseLayout(line)
  const { address: _, ...certain } = card
  const read = readCardQr(typed)
  assert.equal(read.kind === 'garbled' && read.by, 'layout')
  assert.equal(read.kind === 'garbled' && read.repaired.number, certain.number)
  assert.deepEqual(readCardQr(line.replaceAll('|', '~')), { kind: 'garbled', by: 'layout', repaired: card })
})

const names = fc
  .record({
    family: fc.constantFrom(...families),
    middle: fc.constantFrom(...middles),
    given: fc.constantFrom(...givens),
  })
  .map(({ family, middle, given }) => `${family} ${middle} ${given}`)

const places = [
  'Tổ 5',
  'Khu 3',
  'Lô A1',
  'Số nhà 12A3',
  'Ngõ E6',
  'Thôn Nà Bắp',
  'Hồng Hà',
  'Hạ Long',
  'Quảng Ninh',
  'CT2 Vinhomes',
  'Green Bay',
  'Đắk Lắk',
  'Krông Pắc',
  'TDP 4',
  "Xã Ea H'leo",
  'Bản Pờ Ly Ngài',
  'Khu A',
  'Đ. Lê Lợi',
]

const days = fc.record({
  y: fc.integer({ min: 1930, max: 2022 }),
  m: fc.integer({ min: 1, max: 12 }),
  d: fc.integer({ min: 1, max: 28 }),
})
const two = (n: number) => String(n).padStart(2, '0')

const cards = fc
  .record({
    name: names,
    born: days,
    issued: days,
    sex: fc.constantFrom('M' as const, 'F' as const),
    old: fc.constantFrom<string>('', '101234567'),
    random: fc.double({ min: 0, max: 0.999, noNaN: true }),
    address: fc.array(fc.constantFrom(...places), { minLength: 2, maxLength: 5 }).map(parts => parts.join(', ')),
  })
  .map(({ name, born, issued, sex, old, random, address }) => ({
    number: makeNumber({ prefix: '022', sex, birthYear: born.y, random: () => random }),
    ...(old && { oldNumber: old }),
    name,
    birth: `${born.y}-${two(born.m)}-${two(born.d)}`,
    sex,
    address,
    issuedOn: `${issued.y}-${two(issued.m)}-${two(issued.d)}`,
  }))

type Made = typeof cards extends fc.Arbitrary<infer One> ? One : never

const inLine = (day: string) => day.split('-').reverse().join('')
const lineOf = ({ number, oldNumber = '', name, birth, sex, address, issuedOn }: Made) =>
  [number, oldNumber, name, inLine(birth), sex === 'M' ? 'Nam' : 'Nữ', address, inLine(issuedOn)].join('|')

const keyboards: Readonly<Record<string, (text: string) => string>> = {
  telex: text => through('telex', text),
  vni: text => through('vni-keys', text),
  'code page': byCodePage,
  'telex on a code page': text => through('telex', byCodePage(text)),
  'vni on a code page': text => through('vni-keys', byCodePage(text)),
  'question marks': questioned,
  dropped,
  'caps lock': text => underCapsLock(text, 'plain'),
  'caps lock on marks': text => underCapsLock(text, 'marked'),
  layout: onVietnameseLayout,
  stroke: text => text.replaceAll('|', '~'),
}

/** What a keyboard made into another Vietnamese word, or left without a trace, nobody can know from the line. */
const isBeyondKnowing = (typed: string, original: string) => {
  const before = new Set(original.split(/[\s,|]+/))
  return typed
    .split(/[\s,|]+/)
    .every(
      word =>
        before.has(word) ||
        isSyllable(word.toLowerCase()) ||
        /^[A-Za-z.']*$/.test(word) ||
        /^[a-z]+[âêô][a-z]+$/i.test(word),
    )
}

for (const [keyboard, type] of Object.entries(keyboards))
  test(`no field of a card typed through ${keyboard} is read wrong, and garbling is reported`, () => {
    fc.assert(
      fc.property(cards, made => {
        const typed = type(lineOf(made))
        const read = readCardQr(typed)
        if (typed === lineOf(made))
          return assert.deepEqual({ ...read, address: made.address }, { kind: 'card', ...made })
        if (isBeyondKnowing(typed, lineOf(made)) && read.kind === 'card') {
          const { number, birth, sex, issuedOn } = made
          return assert.deepEqual(
            [read.number, read.birth, read.sex, read.issuedOn],
            [number, birth, sex, issuedOn],
            typed,
          )
        }
        assert.equal(read.kind, 'garbled', typed)
        if (read.kind !== 'garbled') return
        assert.equal(read.repaired.number, made.number)
        for (const [field, value] of Object.entries(read.repaired))
          assert.equal(value, Object.entries(made).find(([name]) => name === field)?.[1], `${field}: ${typed}`)
      }),
      { numRuns: 2000 },
    )
  })

test('reading never throws', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => void readCardQr(text)))
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { maxLength: 9 }),
      parts => void readCardQr(`022205001234|${parts.join('|')}`),
    ),
  )
})

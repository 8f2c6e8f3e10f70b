import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { numberKind } from '../linkage/file-columns/numbers.ts'
import { readBirthDate } from './dates/dates.ts'
import { longestWritten } from './law.ts'
import { readLegacyColumn } from './legacy/column.ts'
import { formerDecodeMojibake } from './legacy/former-mojibake.fixture.ts'
import { decodeMojibake } from './legacy/mojibake.ts'
import { cleanName } from './name.ts'
import { keysOf, readName } from './names.ts'
import { fullNames } from './people.fixture.ts'

/** A name is read in some milliseconds of processor time; an attack took minutes. */
const soon = 400

function millisecondsOf(step: () => unknown): number {
  const begun = process.threadCpuUsage()
  step()
  const { user, system } = process.threadCpuUsage(begun)
  return (user + system) / 1000
}

const hostileNames: readonly (readonly [what: string, name: string])[] = [
  ['letters before a sign of another script, as UTF-8 misread', `${'a'.repeat(40)}Ð¶`],
  ['the same at full length', `${'a'.repeat(280)}Ð¶`],
  ['a word of lead bytes whose second half was lost', `${'Ã'.repeat(40)}A`],
  ['many words of such lead bytes', `${'á»á»á» '.repeat(42)}Ã¡`],
  ['signs before a letter', `a${'.'.repeat(290)}a`],
  ['blanks before a letter', `a${' '.repeat(290)}a`],
  ['raw keystrokes with many stops', `nguyeen${'.'.repeat(280)}a`],
  ['combining marks', `a${'\u0301'.repeat(290)}`],
]

for (const [what, name] of hostileNames)
  test(`a name is read at once, whatever it is: ${what}`, () => {
    assert.ok(millisecondsOf(() => [readName(name), keysOf(name)]) < soon)
    assert.ok(millisecondsOf(() => readLegacyColumn([name, name, name])) < soon)
  })

test('a name of a million characters is refused whole, and nothing of it is decoded or cut', () => {
  const name = `Nguyá»…n ${'Ã'.repeat(1_000_000)}`
  assert.ok(millisecondsOf(() => readName(name)) < soon)
  assert.deepEqual(readName(name), { name, legacy: undefined, plausible: false })
  assert.equal(readName('a'.repeat(longestWritten.name + 1)).plausible, false)
  assert.equal(readName('Nguyá»…n VÄƒn An').name, 'Nguyễn Văn An')
})

test('a number of dashes or zeros before a letter is compared at once', () => {
  const fold = numberKind.reader(() => [])
  for (const sign of ['-', '0', '.', 'x', '?', 'null', 'không'])
    assert.ok(millisecondsOf(() => fold(`${sign.repeat(5000)}é`)) < soon, sign)
})

test('a birth date with thousands of blanks or stops is read at once', () => {
  for (const text of [`1${' '.repeat(20_000)}x`, `2005-01-01 ${'0.'.repeat(20_000)}\n`, `${'.'.repeat(20_000)}1`])
    assert.ok(millisecondsOf(() => readBirthDate(text)) < soon)
})

test('a column of sixty thousand doubtful names is read in time that grows with its length alone', () => {
  const column = Array.from({ length: 60_000 }, () => 'Hoà')
  assert.ok(millisecondsOf(() => readLegacyColumn(column)) < 20 * soon)
})

const wordsOfNames = fullNames(300, 7).flatMap(name => name.split(' '))
const misread = (word: string) => Buffer.from(word, 'utf8').toString('latin1')
/** Words of names as they are, misread, or with the second half of a letter lost. */
const aWord = fc
  .tuple(fc.constantFrom(...wordsOfNames), fc.constantFrom('', 'misread', 'lost'))
  .map(([word, how]) =>
    how === '' ? word : how === 'misread' ? misread(word) : misread(word).replace(/[\x80-\xa0]/, ''),
  )
const aName = fc.array(aWord, { minLength: 1, maxLength: 5 }).map(words => words.join(' '))

test('misread names are decoded as they were before the expressions took linear time', () => {
  fc.assert(
    fc.property(aName, name => {
      assert.equal(decodeMojibake(name), formerDecodeMojibake(name))
    }),
    { numRuns: 2000 },
  )
})

test('names are trimmed as they were before the expressions took linear time', () => {
  const edge = fc.string({ unit: fc.constantFrom(' ', '.', ',', ';', ':', "'", '"', '\u00a0'), maxLength: 6 })
  fc.assert(
    fc.property(edge, aName, edge, (before, name, after) => {
      const written = `${before}${name}${after}`
      const inner = cleanName(`x${written}x`).slice(1, -1)
      assert.equal(cleanName(written), inner.replace(/^[\s.,;:'"]+|[\s.,;:"]+$/g, ''))
    }),
  )
})

test('numbers are folded as they were before the expressions took linear time', () => {
  const piece = fc.constantFrom('0', '-', '?', 'x', '.', 'null', 'N/A', 'không', 'khong', '1', '22', 'é')
  const fold = numberKind.reader(() => [])
  const formerZeros = /^(?:0|[-?x.]+|null|n\/a|không|khong)*$/i
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), pieces => {
      const text = pieces.join('')
      if (formerZeros.test(text)) assert.equal(fold(text), '')
      else assert.notEqual(fold(text), '')
    }),
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toByteRows } from '../../platform/csv/byte-rows.ts'
import { Cells, CodeList, Dictionary, TextList } from './distinct-texts.ts'

test('each text has one code, from 1 in the order of arrival, and is read back as it was', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom('An', 'Ân', 'Ấn')), {
        maxLength: 3000,
      }),
      texts => {
        const dictionary = new Dictionary()
        const known = new Map<string, number>([['', 0]])
        for (const text of texts) {
          if (!known.has(text)) known.set(text, known.size)
          assert.equal(dictionary.codeOf(text), known.get(text))
        }
        for (const [text, code] of known)
          assert.deepEqual([dictionary.codeOf(text), dictionary.textOf(code)], [code, text])
        assert.deepEqual([...dictionary.texts()], [...known.keys()].slice(1))
        assert.equal(dictionary.size, known.size - 1)
      },
    ),
    { numRuns: 50 },
  )
  assert.deepEqual([...new Dictionary().texts()], [])
})

test('two texts of one hash are two texts', () => {
  const dictionary = new Dictionary()
  assert.deepEqual([dictionary.codeOf('r032vu'), dictionary.codeOf('r0auea'), dictionary.codeOf('r032vu')], [1, 2, 1])
  assert.deepEqual(codesOf(new Dictionary(), ['r032vu', 'r0auea', 'r032vu', 'r0auea']), [1, 2, 1, 2])
})

/** Of texts that are looked up together. */
function codesOf(dictionary: Dictionary, texts: readonly string[]): number[] {
  const cells = new Cells()
  cells.take(
    toByteRows(
      texts.map(text => ['beside', text]),
      [...texts.keys()],
    ),
    1,
  )
  dictionary.codesOf(cells)
  return [...cells.codes.subarray(0, cells.count)]
}

test('cells that are looked up together have the codes that each has by itself', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', 'An', 'Ân', 'Ấn', 'An Bình'))
  fc.assert(
    fc.property(fc.array(fc.array(text, { maxLength: 3000 }), { maxLength: 4 }), batches => {
      const [together, alone] = [new Dictionary(), new Dictionary()]
      for (const texts of batches)
        assert.deepEqual(
          codesOf(together, texts),
          texts.map(one => alone.codeOf(one)),
        )
      assert.deepEqual([...together.texts()], [...alone.texts()])
    }),
    { numRuns: 30 },
  )
})

test('texts that are shared are read by other threads, and are the same', () => {
  const dictionary = new Dictionary()
  for (const text of ['An', 'Ấn', '😀']) dictionary.codeOf(text)
  const shared = dictionary.toShared()
  assert.ok(shared.bytes.buffer instanceof SharedArrayBuffer && !Buffer.isBuffer(shared.bytes))
  assert.deepEqual([...new TextList(shared).texts()], ['An', 'Ấn', '😀'])
})

test('a list of codes grows as long as it must', () => {
  const list = new CodeList()
  for (let code = 0; code < 10_000; code += 4) list.push(Int32Array.of(code, code + 1, code + 2, code + 3))
  assert.deepEqual([...list.take()], [...Array(10_000).keys()])
})

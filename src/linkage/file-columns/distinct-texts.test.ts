import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CodeList, Dictionary } from './distinct-texts.ts'

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
          assert.deepEqual([dictionary.find(text), dictionary.textOf(code)], [code, text])
        assert.deepEqual([...dictionary.texts()], [...known.keys()].slice(1))
      },
    ),
    { numRuns: 50 },
  )
  assert.equal(new Dictionary().find('Voòng'), 0)
})

test('two texts of one hash are two texts', () => {
  const dictionary = new Dictionary()
  assert.deepEqual([dictionary.codeOf('r032vu'), dictionary.codeOf('r0auea'), dictionary.find('r032vu')], [1, 2, 1])
})

test('a list of codes grows as long as it must', () => {
  const list = new CodeList()
  for (let code = 0; code < 10_000; code++) list.push(code)
  assert.deepEqual([...list.take()], [...Array(10_000).keys()])
})

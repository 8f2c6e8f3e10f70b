import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeTone, toneOf } from '../letter.ts'
import { syllables } from '../people.fixture.ts'
import { composeStrokes, decomposeToStrokes } from './keystroke.ts'

const tones = {
  telex: ['', 'f', 'r', 'x', 's', 'j'],
  'vni-keys': ['', '2', '3', '4', '1', '5'],
  viqr: ['', '`', '?', '~', "'", '.'],
} as const
const shapes = {
  telex: { â: 'aa', ê: 'ee', ô: 'oo', ă: 'aw', ơ: 'ow', ư: 'uw', đ: 'dd' },
  'vni-keys': { â: 'a6', ê: 'e6', ô: 'o6', ă: 'a8', ơ: 'o7', ư: 'u7', đ: 'd9' },
  viqr: { â: 'a^', ê: 'e^', ô: 'o^', ă: 'a(', ơ: 'o+', ư: 'u+', đ: 'dd' },
} as const

test('keystrokes give every syllable, with the tone at the word’s end or after its vowel', () => {
  for (const method of ['telex', 'vni-keys', 'viqr'] as const)
    for (const syllable of syllables.filter(
      one => !/oo/.test(Array.from(one, letter => toneOf(letter).plain).join('')),
    )) {
      let [atEnd, behind, tone] = ['', '', 0]
      for (const letter of syllable) {
        const { plain, tone: own } = toneOf(letter)
        const keys = Object.entries(shapes[method]).find(([shape]) => shape === plain)?.[1] ?? plain
        atEnd += keys
        behind += keys + tones[method][own]
        if (own > 0) tone = own
      }
      assert.equal(composeStrokes(atEnd + tones[method][tone], method), placeTone(syllable))
      assert.equal(composeStrokes(behind, method), placeTone(syllable))
    }
})

test('words in capitals stay capitals, and text that is no keystrokes stays unchanged', () => {
  assert.equal(decomposeToStrokes('NGUYEENX Vawn an, M45', 'telex'), 'NGUYỄN Văn an, M45')
  assert.equal(composeStrokes('hoass', 'telex'), undefined, 'the second s takes the tone back')
})

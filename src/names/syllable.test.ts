import assert from 'node:assert/strict'
import { test } from 'node:test'
import { syllables } from './people.fixture.ts'
import { isSyllable } from './syllable.ts'

test('words of everyday names are syllables, in either tone placement', () => {
  const words =
    'nguyễn hoà hòa thúy thuý khoẻ quý quốc quyết giếng gìn gì giá đặng thuở khuỷu ngoéo xoòng voòng nghĩa ghi kỳ ' +
    'lý ỷ yến uyên ưng huỳnh'
  for (const word of words.split(' ')) assert.ok(isSyllable(word), word)
})

test('words that Vietnamese spelling has not are none', () => {
  const words = "tap càc hôảng gía qúy niê mlô ksơr françois loïc seán zoé hoang1 áó h'hen"
  for (const word of words.split(' ')) assert.ok(!isSyllable(word), word)
})

test('every syllable that the tests make is one', () => {
  assert.ok(syllables.length > 15_000)
  for (const syllable of syllables) assert.ok(isSyllable(syllable), syllable)
})

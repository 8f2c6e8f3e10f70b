import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { asDay } from '../day.ts'
import { textIn } from '../pages/html.ts'
import { fromRoot } from '../root.ts'
import { levelText, withDatedTerms } from './dated-terms.ts'

const before = { day: asDay('2024-06-30') }
const after = { day: asDay('2024-07-01') }

test('a level of an account has a nought from 2024-07-01 on', () => {
  assert.equal(levelText(2, 'vi', before), 'mức độ 2')
  assert.equal(levelText(2, 'vi', after), 'mức độ 02')
  assert.equal(levelText(2, 'en', after), 'level 2')
  assert.equal(withDatedTerms('mức độ [[level-nought]]1', before), 'mức độ 1')
  assert.equal(withDatedTerms('mức độ [[level-nought]]1', after), 'mức độ 01')
})

test('the card is called by the law of the day, as a sentence, a beginning or a heading needs it', () => {
  assert.equal(withDatedTerms('mang [[card]]', before), 'mang thẻ căn cước công dân')
  assert.equal(withDatedTerms('mang [[card]]', after), 'mang thẻ căn cước')
  assert.equal(withDatedTerms('[[Chip-card]] còn hạn', before), 'Thẻ căn cước công dân gắn chíp còn hạn')
  assert.equal(withDatedTerms('[[Chip-card]] còn hạn', after), 'Thẻ căn cước còn hạn')
  assert.equal(withDatedTerms('THÔNG TIN [[IDENTITY]]', before), 'THÔNG TIN CĂN CƯỚC CÔNG DÂN')
})

test('an authority withholds a card, and a card is exchanged, in the words of the law of the day', () => {
  assert.equal(withDatedTerms('thẻ bị [[withhold]]', before), 'thẻ bị tạm giữ')
  assert.equal(withDatedTerms('thẻ bị [[withhold]]', after), 'thẻ bị giữ')
  assert.equal(withDatedTerms('[[changed-appearance]]', before), 'thay đổi đặc điểm nhận dạng')
  assert.equal(withDatedTerms('[[changed-appearance]]', after), 'thay đổi nhân dạng')
  assert.equal(withDatedTerms('[[changed-sex]]', before), 'xác định lại giới tính')
  assert.equal(withDatedTerms('[[changed-sex]]', after), 'xác định lại giới tính hoặc chuyển đổi giới tính')
})

test('a text without a term stays as it is, and one that names an unknown term is a fault', () => {
  assert.equal(textIn(['không đổi', 'unchanged'], 'vi', after), 'không đổi')
  assert.throws(() => withDatedTerms('[[cards]]', after), /no dated term is called cards/)
})

test('every term that a text names is one', () => {
  const unknown: string[] = []
  for (const folder of ['src', 'web'])
    for (const name of readdirSync(fromRoot(folder), { recursive: true, encoding: 'utf8' })) {
      if (!/(words|problems|templates)[\w-]*\.ts$/.test(name)) continue
      for (const [written] of readFileSync(fromRoot(`${folder}/${name}`), 'utf8').matchAll(/\[\[[A-Za-z][\w-]*\]\]/g))
        try {
          withDatedTerms(written, after)
        } catch {
          unknown.push(`${folder}/${name}: ${written}`)
        }
    }
  assert.deepEqual(unknown, [])
})

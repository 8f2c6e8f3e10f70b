import assert from 'node:assert/strict'
import { test } from 'node:test'
import { metrics } from '../../../src/campaign/cohorts/contract.ts'
import { type Language, textIn } from '../../../src/platform/pages/html.ts'
import { setFormatsLanguage } from '../../parts/formats.ts'
import { fillText } from '../base/fill-text.ts'
import type { Say, Texts } from '../base/language.tsx'
import { texts } from '../words.ts'
import type { Effect } from './activity.ts'
import { effectTexts } from './effect-texts.ts'

const sayIn =
  (language: Language): Say =>
  (key, values = {}) =>
    fillText(textIn((texts as Texts)[key], language) ?? key, values)

const nothing = { lacking: 0, gained: 0 }
const effect: Effect = {
  metric: 'account-received',
  from: '2023-04-10',
  to: '2023-04-10',
  days: 10,
  seen: 1,
  here: { before: { lacking: 1240, gained: 12 }, after: { lacking: 1228, gained: 1 } },
  alongside: { activities: 0, sessions: 1 },
}
const told = (language: Language, more: Partial<Effect> = {}) => {
  setFormatsLanguage(language)
  return effectTexts(sayIn(language), { ...effect, ...more })
}

test('the sentence of an effect quotes each figure by its own name, in both languages', () => {
  for (const metric of metrics)
    for (const language of ['vi', 'en'] as const) {
      const { sentence } = told(language, { metric })
      assert.ok(sentence.includes(`“${sayIn(language)(`metric-${metric}`)}”`), sentence)
    }
  assert.equal(
    told('vi').sentence,
    'Chưa thể nói nhờ hoạt động này mà chỉ tiêu “Tài khoản: đã thu nhận” tăng nhanh hơn.',
  )
  const change = { before: { lacking: 500, gained: 5 }, after: { lacking: 400, gained: 8 } }
  assert.equal(
    told('en', { elsewhere: { places: 9, slower: 9, change } }).sentence,
    'After this activity, the figure “Accounts received” grew faster than at most other places.',
  )
})

test('the lines below it take one or many, and say nothing of what did not happen', () => {
  assert.deepEqual(told('en').lines, [
    'In 1 day from then on: 1 of 1,228 people who lacked it have it (0.0%).',
    'In 1 day before: 12 of 1,240 people (0.9%).',
    'Too few places or people to compare with where nothing was done.',
    'Also in these days: 1 session of a team, which may be the cause.',
  ])
  const many = told('vi', { alongside: { activities: 2, sessions: 3 } }).lines
  assert.equal(many[0], '1 ngày từ hôm đó: 1 trên 1.228 người còn thiếu đã có (0,0%).')
  assert.equal(
    many.at(-1),
    'Cùng thời gian còn có 3 đợt cấp lưu động và 2 hoạt động khác: kết quả có thể do các việc đó.',
  )
  const none = { alongside: { activities: 0, sessions: 0 }, here: { before: nothing, after: nothing } }
  assert.deepEqual(told('en', none).lines.slice(0, 2), [
    'In 1 day from then on: 0 of 0 people who lacked it have it (–).',
    'In 1 day before: 0 of 0 people (–).',
  ])
  assert.equal(told('en', none).lines.length, 3)
  assert.equal(told('vi', { seen: 10 }).window, 'Tính từ 10/04/2023 đến hết 10/04/2023.')
})

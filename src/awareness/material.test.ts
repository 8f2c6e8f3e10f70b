import assert from 'node:assert/strict'
import { test } from 'node:test'
import { breachesOf } from '../outreach/law.ts'
import { asDay } from '../platform/day.ts'
import { audiences } from './activity.ts'
import { materialKinds } from './contract.ts'
import { type MaterialFacts, writeMaterial } from './material.ts'

const facts: MaterialFacts = {
  place: 'phường Hồng Hà',
  police: 'Công an phường Hồng Hà',
  age: 14,
  safeDays: [
    {
      what: 'card',
      officeOn: asDay('2023-06-15'),
      workingDays: 7,
      deadline: 'thi tốt nghiệp',
      by: asDay('2023-06-26'),
    },
    {
      what: 'account',
      officeOn: asDay('2023-05-03'),
      workingDays: 7,
      deadline: 'đăng ký dự thi',
      by: asDay('2023-05-12'),
    },
  ],
  sessions: [
    {
      kind: 'card-and-account',
      day: asDay('2023-04-20'),
      startsAt: '13:30',
      endsAt: '17:00',
      site: 'Nhà đa năng, THPT Cửa Lục',
    },
  ],
  hours: {
    morningFrom: '07:30',
    morningTo: '11:30',
    afternoonFrom: '13:30',
    afternoonTo: '17:00',
    saturday: 'morning',
  },
  isFirstFree: true,
  hotline: '1900.0368',
}
const of = { language: 'vi' as const, day: asDay('2023-04-18') }
const write = (kind: Parameters<typeof writeMaterial>[0], audience: Parameters<typeof writeMaterial>[1]) =>
  writeMaterial(kind, audience, facts, of)

test('a leaflet says until when, why, where, what to bring and what it costs, by the law of the day', () => {
  const { text, title } = write('leaflet', 'parents')
  assert.equal(title, 'Làm thẻ căn cước công dân gắn chíp và tài khoản định danh điện tử')
  for (const said of [
    'Tài khoản: đăng ký chậm nhất ngày 03/05/2023. Luật cho 7 ngày làm việc; mốc “đăng ký dự thi” là ngày 12/05/2023.',
    '13:30 đến 17:00 ngày 20/04/2023, Nhà đa năng, THPT Cửa Lục: làm thẻ và đăng ký tài khoản.',
    'Công an phường Hồng Hà: giờ làm việc 07:30–11:30 và 13:30–17:00, từ thứ Hai đến thứ Sáu, sáng thứ Bảy.',
    'Giấy khai sinh bản chính',
    'không mất phí',
    '1900.0368',
  ])
    assert.ok(text.includes(said), said)
  assert.ok(text.indexOf('03/05') < text.indexOf('15/06'), 'the soonest day first')
})

test('a text for loudspeakers has days and hours as they are read aloud, and the days once more at its end', () => {
  const { text, seconds } = write('loudspeaker', 'residents')
  assert.match(text, /13 giờ 30 đến 17 giờ ngày 20 tháng 4/)
  assert.doesNotMatch(text, /\d\/\d|\d:\d|–|^- /m)
  assert.match(text.split('Xin nhắc lại')[1] ?? '', /ngày 3 tháng 5/)
  assert.ok(seconds > 40 && seconds < 240, `${seconds}`)
})

test('no material holds a link, a threat or a request for a code; each fits its audience and names nobody', () => {
  for (const language of ['vi', 'en'] as const)
    for (const kind of materialKinds)
      for (const audience of audiences) {
        const { text } = writeMaterial(kind, audience, facts, { ...of, language })
        assert.deepEqual(breachesOf(text.replaceAll('1900.0368', '')), [], `${kind} ${audience} ${language}`)
        assert.doesNotMatch(text, /[{}]|\[\[/)
      }
  assert.doesNotMatch(write('letter', 'teachers').text, /khai sinh/)
})

test('without a session and a deadline a leaflet still says where the police are', () => {
  const { parts } = writeMaterial('leaflet', 'residents', { ...facts, sessions: [], safeDays: [] }, of)
  assert.equal(parts.filter(({ items }) => items).length, 2)
  assert.match(parts.find(({ items }) => items)?.items?.[0] ?? '', /^Công an phường Hồng Hà/)
})

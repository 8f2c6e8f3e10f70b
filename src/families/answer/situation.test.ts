import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applicationStates } from '../../enrolment/application.ts'
import type * as enrolment from '../../enrolment/enrolment.ts'
import { asDay } from '../../platform/day.ts'
import type { Language } from '../../platform/pages/html.ts'
import { sayDay, situationOf } from './situation.ts'

type Card = enrolment.ReceiptView['card']
const unit = 'Công an phường Hà Khánh'

const view = (card: Card, since: string, more: Partial<enrolment.ReceiptView> = {}): enrolment.ReceiptView => ({
  code: '0A1B-2C3D',
  unit,
  takenOn: asDay('2023-04-20'),
  card,
  since: asDay(since),
  limit: {
    from: asDay('2023-04-20'),
    dueOn: asDay('2023-05-04'),
    law: {
      rule: 'enrolment.working-days',
      article: 'Art. 25(4)',
      source: 'LCCCD',
      verifiedOn: null,
      confidence: 'high',
    },
  },
  steps: [],
  account: 'none',
  ...more,
})
const awaited = (by?: string): Partial<enrolment.ReceiptView> => ({
  awaited: { who: 'you', unit, ...(by && { by: asDay(by) }) },
  reason: 'portrait-unusable',
})
const told = (one: enrolment.ReceiptView, today: string, language: Language) => {
  const { text, limit, passed } = situationOf(one, asDay(today), language)
  return [text, limit, passed].filter(Boolean).join(' | ')
}

/** What is told of a state on a day: the words are true that day, and no other day’s. 18 April 2023 is a Tuesday. */
const table: readonly (readonly [one: enrolment.ReceiptView, today: string, vi: string, en: string])[] = [
  [
    view('sent-to-centre', '2023-04-18'),
    '2023-04-20',
    'Hồ sơ ở trung tâm từ thứ Ba 18/04 | Hạn theo luật: 7 ngày làm việc, hết 04/05.',
    'At the centre since Tuesday 18 April | By law: 7 working days end on 4 May.',
  ],
  [
    view('sent-to-centre', '2023-04-20'),
    '2023-04-20',
    'Hồ sơ ở trung tâm từ hôm nay | Hạn theo luật: 7 ngày làm việc, hết 04/05.',
    'At the centre since today | By law: 7 working days end on 4 May.',
  ],
  [
    view('sent-to-centre', '2023-04-18'),
    '2023-05-03',
    'Hồ sơ ở trung tâm từ 18/04 | Hạn theo luật: 7 ngày làm việc, hết ngày mai.',
    'At the centre since 18 April | By law: 7 working days end tomorrow.',
  ],
  [
    view('sent-to-centre', '2023-04-18'),
    '2023-05-04',
    'Hồ sơ ở trung tâm từ 18/04 | Hạn theo luật: 7 ngày làm việc, hết hôm nay.',
    'At the centre since 18 April | By law: 7 working days end today.',
  ],
  [
    view('sent-to-centre', '2023-04-18'),
    '2023-05-05',
    `Hồ sơ ở trung tâm từ 18/04 | Hạn theo luật (7 ngày làm việc) đã hết hôm qua, quá 1 ngày làm việc. Hỏi ${unit}, ` +
      'nêu mã giấy hẹn 0A1B-2C3D.',
    `At the centre since 18 April | The law’s 7 working days ended yesterday, 1 working day ago. Ask ${unit} and ` +
      'name the receipt 0A1B-2C3D.',
  ],
  [
    view('approved', '2023-05-09'),
    '2023-05-10',
    'Đã duyệt, chờ in thẻ từ hôm qua | Hạn theo luật (7 ngày làm việc) đã hết thứ Năm 04/05, quá 4 ngày làm việc. ' +
      `Hỏi ${unit}, nêu mã giấy hẹn 0A1B-2C3D.`,
    'Approved; the card waits to be made since yesterday | The law’s 7 working days ended on Thursday 4 May, 4 ' +
      `working days ago. Ask ${unit} and name the receipt 0A1B-2C3D.`,
  ],
  [
    view('returned', '2023-04-25', awaited('2023-04-27')),
    '2023-04-26',
    `Hồ sơ được trả lại từ hôm qua để bổ sung, mời đến ${unit}. Ảnh không dùng được: cần chụp lại. Bổ sung trước hết ` +
      'ngày mai',
    `The application was sent back, yesterday: please come to ${unit}. The portrait cannot be used: it must be taken ` +
      'again. By the end of tomorrow',
  ],
  [
    view('returned', '2023-04-25', awaited('2023-04-27')),
    '2023-05-10',
    `Hồ sơ được trả lại từ 25/04 để bổ sung, mời đến ${unit}. Ảnh không dùng được: cần chụp lại. Ngày hẹn bổ sung là ` +
      '27/04. Vẫn bổ sung được, càng sớm càng tốt',
    `The application was sent back, 25 April: please come to ${unit}. The portrait cannot be used: it must be taken ` +
      'again. It was asked for by 27 April. It can still be given, the sooner the better',
  ],
  [
    view('at-unit', '2023-05-02', { awaited: { who: 'you', unit } }),
    '2023-05-20',
    `Thẻ đã về ${unit} từ 02/05, mời đến nhận trong giờ làm việc`,
    `The card has been at ${unit} since 2 May: please collect it in working hours`,
  ],
  [
    view('lost-in-transit', '2023-05-02'),
    '2023-05-03',
    'Thẻ thất lạc khi vận chuyển, biết từ hôm qua. Thẻ được in lại, không phải nộp lại hồ sơ | Hạn theo luật: 7 ngày ' +
      'làm việc, hết ngày mai.',
    'The card was lost on its way, known since yesterday. It is made again; nothing need be handed in again | By ' +
      'law: 7 working days end tomorrow.',
  ],
  [
    view('refused', '2022-12-30', { limit: undefined }),
    '2023-04-20',
    `Hồ sơ không được giải quyết, 30/12/2022. Lý do ghi trong văn bản thông báo của ${unit}`,
    `The application was refused, 30 December 2022. The reason is in the written notice of ${unit}`,
  ],
]

test('where an application stands is told in words that are true on the day, in both languages', () => {
  for (const [one, today, vi, en] of table) {
    assert.equal(told(one, today, 'vi'), vi)
    assert.equal(told(one, today, 'en'), en)
  }
})

test('every state of an application has words of its own, and no limit is told where nobody’s clock runs', () => {
  const texts = new Set<string>()
  for (const state of [...applicationStates, 'held', 'arrived'] as const) {
    const { text, limit, passed } = situationOf(view(state, '2023-04-20'), asDay('2023-05-20'), 'vi')
    assert.doesNotMatch(text, /[{}]|^at-/, state)
    texts.add(text)
    assert.equal(limit, undefined, state)
    const isOver = ['returned', 'recapture', 'at-unit', 'dispatched', 'handed-over', 'refused', 'cancelled'].includes(
      state,
    )
    if (isOver) assert.equal(passed, undefined, state)
  }
  assert.equal(texts.size, applicationStates.length + 2)
})

test('a day is told by its weekday when it is near, and with its year when that is another', () => {
  const today = asDay('2023-04-20')
  const days = ['2023-04-19', '2023-04-20', '2023-04-21', '2023-04-22', '2023-04-27', '2022-12-30']
  assert.deepEqual(
    days.map(day => sayDay(asDay(day), today, 'vi')),
    ['hôm qua', 'hôm nay', 'ngày mai', 'thứ Bảy 22/04', '27/04', '30/12/2022'],
  )
})

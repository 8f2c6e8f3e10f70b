import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay } from '../../platform/day.ts'
import type { LinkSheet, LinkSheetRow, NextEvent } from './link-sheet.ts'
import { messageOf } from './message.ts'

const day = asDay('2023-04-20')
const pupil = (name: string, more: Partial<LinkSheetRow> = {}): LinkSheetRow => ({
  ...{ row: name, name, numberInClass: 1, lacking: ['card'], asked: [], unknown: false, result: undefined },
  ...{ next: { is: 'other' }, isNoticeLost: false, isComing: false },
  ...more,
})
const [an, binh] = ['Đoàn Thị Thu An', 'Lục Văn Bình']
const session = (site: string): NextEvent => ({
  ...{ is: 'session', day, startsAt: '13:30', what: 'card-and-account' },
  site,
})
/** A class whose free texts hide names: where a session is, what the teacher noted, what has to be put right. */
const sheetOf = (site: string, namesInMessage = false): LinkSheet => ({
  ...{ day, school: 'Trường THPT Hà Khánh', class: '12A1', holder: 'Cô Trâm', until: day, all: 3, complete: 0 },
  ...{ accountBy: undefined, namesInMessage, canUndo: false },
  groups: [
    {
      next: session(site),
      rows: [pupil(an, { result: { outcome: 'other', note: `${binh} biết nhà em ${an}` } as never })],
    },
    {
      next: { is: 'other' },
      rows: [pupil(binh, { asked: [{ owner: 'family', what: { vi: `giấy của ${binh}`, en: binh } } as never] })],
    },
  ],
})

test('the text for the group of a class tells a place that names no pupil as it is', () => {
  assert.equal(
    messageOf('vi', sheetOf('Nhà văn hóa khu An Bình')),
    'Chiều nay 20/04, 13:30, Nhà văn hóa khu An Bình: 1 em làm thẻ và tài khoản. ' +
      '1 em chưa làm thẻ hoặc tài khoản, xin liên hệ giáo viên.',
  )
})

test('no name of a pupil comes into it by a free text, in whatever marks, unless the school says so', () => {
  const hidden = [`Nhà em ${an}`, 'NHA EM DOAN THI THU AN, tổ 3', 'nhà bà nội cháu Thu  An (khu 2)', `Nhà ông ${binh}`]
  for (const site of hidden)
    for (const language of ['vi', 'en'] as const) {
      const text = messageOf(language, sheetOf(site))
      assert.doesNotMatch(text, /thu\s+an|văn bình|van binh/i, text)
      assert.match(text, language === 'vi' ? /nơi ghi trong giấy mời/ : /place of the invitation/)
    }
  const allowed = messageOf('vi', sheetOf(`Nhà em ${an}`, true))
  assert.match(allowed, /Nhà em Đoàn Thị Thu An: .*\(Đoàn Thị Thu An\)/)
})

import { asDay } from '../platform/day.ts'
import { newId } from '../platform/ids.ts'
import type { OutgoingMessage } from './outreach.ts'
import type { TemplateMessage } from './templates/every-message.ts'

/** What tests say to people who do not exist. */

export const someone = 'Nguyễn Thị Quỳnh Hương'
export const mailbox = 'quynh.huong@example.vn'
export const phone = '0912 345 123'

export const reason = {
  vi: 'Ảnh chân dung bị mờ, cần chụp lại',
  en: 'The portrait is blurred and has to be taken again',
}

const openHours = { vi: '07:30–11:30 và 13:30–17:00, thứ Hai đến thứ Sáu', en: '07:30–11:30 and 13:30–17:00, weekdays' }
const sessionWhat = { vi: 'làm thẻ và đăng ký tài khoản', en: 'a card and an account' }
const sessionHours = { vi: '13:30 đến 17:00', en: '13:30 to 17:00' }
const visitCode = { vi: '0A1B-2C3D', en: '0A1B-2C3D' }
const sessionBring = { vi: 'giấy khai sinh, điện thoại đang dùng', en: 'your birth certificate and your phone' }
const sessionNext = {
  vi: 'Đến Nhà văn hóa phường Hà Khánh 07:30 đến 11:30 ngày 22/04/2023',
  en: 'Come to the hall of Hà Khánh, 07:30 to 11:30 on 22 April 2023',
}

const person = someone
const receipt = 'HN-0193-000127'
const unit = 'Công an phường Hà Khánh'
const counter = 'Bộ phận tiếp nhận, Công an TP Hạ Long'
const page = '/bien-nhan/0190c3f2-6f1e-7c3a-9d2b-5e4f6a7b8c9d'
const day = asDay('2023-05-04')
const appointment = {
  ...{ person, ticket: { vi: 'A 017', en: 'A 017' }, at: { vi: '09:20', en: '09:20' } },
  ...{ on: day, site: counter },
}

/** Each template once, as it is used on an ordinary day. */
export const ordinary: readonly TemplateMessage[] = [
  { template: 'application-received', facts: { person, receipt, unit, page } },
  { template: 'application-returned', facts: { person, receipt, reason, unit, by: day, page } },
  {
    template: 'application-refused',
    facts: {
      person,
      receipt,
      reason: { vi: 'Người đề nghị chưa đủ 14 tuổi', en: 'The applicant is not yet fourteen' },
      form: 'CC03',
      unit,
      page,
    },
  },
  { template: 'card-at-unit', facts: { person, receipt, place: unit, from: day, hours: openHours, page } },
  { template: 'card-dispatched-to-school', facts: { person, receipt, school: 'Trường THPT Hòn Gai', from: day, page } },
  { template: 'card-handed-over', facts: { person, receipt, on: day, unit, page } },
  ...(['appointment-booked', 'appointment-moved', 'appointment-reminder'] as const).map(template => ({
    template,
    facts: { ...appointment, code: visitCode },
  })),
  { template: 'appointment-cancelled', facts: appointment },
  {
    template: 'appointment-place-closed',
    facts: {
      person,
      on: day,
      site: counter,
      next: {
        vi: 'giờ mới là 09:20 ngày 05/05/2023, số A 017.',
        en: 'the new hour is 09:20 on 5 May 2023, ticket A 017.',
      },
    },
  },
  { template: 'account-approved', facts: { person, by: day, days: 7, page } },
  {
    template: 'account-not-possible',
    facts: {
      person,
      reason: {
        vi: 'Số điện thoại này đang gắn với tài khoản của người khác',
        en: 'This phone belongs to another account',
      },
      remedy: { vi: 'Đăng ký lại bằng số của chính mình', en: 'Register again with your own number' },
      unit,
      page,
    },
  },
  { template: 'developer-sign-in', facts: { page, minutes: 15 } },
  { template: 'officer-link', facts: { link: '/new-password#abcd-efgh-jkmn-pqrs-tuvw', minutes: 60 } },
  { template: 'officer-code', facts: { code: '04190712', minutes: 10 } },
  {
    template: 'officer-changed',
    facts: {
      on: day,
      what: { vi: 'số điện thoại trên hồ sơ đã được thay', en: 'the phone on your record was changed' },
    },
  },
  {
    template: 'data-request-acknowledged',
    facts: { what: { vi: 'Xóa dữ liệu', en: 'Erase my data' }, unit, by: day, page },
  },
  {
    template: 'data-request-extended',
    facts: { what: { vi: 'Xóa dữ liệu', en: 'Erase my data' }, unit, by: day, page },
  },
  { template: 'data-request-answered', facts: { what: { vi: 'Xóa dữ liệu', en: 'Erase my data' }, unit, page } },
  { template: 'counter-consent', facts: { code: '123456', unit: 'Công an phường Hà Khánh', minutes: 10 } },
  {
    template: 'account-code',
    facts: {
      code: '041907',
      purpose: { vi: 'kích hoạt tài khoản định danh điện tử', en: 'activate your account' },
      minutes: 5,
    },
  },
  { template: 'account-changed', facts: { on: day, what: { vi: 'đã đặt mã 6 số mới', en: 'a new number was set' } } },
  {
    template: 'account-slip',
    facts: { on: day, what: { vi: 'công an vừa in phiếu giấy', en: 'a slip was printed' }, page },
  },
  { template: 'guesses-stopped', facts: { on: day, party: { vi: 'Công ty Hỏi Thử', en: 'Trying Company' }, page } },
  { template: 'account-raised', facts: { person, by: day, days: 7, page } },
  { template: 'account-activation-lapsed', facts: { person, days: 7, page } },
  {
    template: 'need-reminder',
    facts: {
      person,
      what: { vi: 'làm thẻ', en: 'apply for a card' },
      when: { vi: 'trong tuần', en: 'soon' },
      unit,
      page,
    },
  },
  {
    template: 'session-invitation',
    facts: {
      person,
      what: sessionWhat,
      hours: sessionHours,
      day,
      place: 'Trường THPT Hòn Gai',
      bring: sessionBring,
      unit,
      contact: { vi: 'giáo viên chủ nhiệm hoặc công an xã, phường', en: 'the homeroom teacher or the commune police' },
      code: visitCode,
    },
  },
  {
    template: 'session-moved',
    facts: { person, what: sessionWhat, hours: sessionHours, day, place: 'Trường THPT Hòn Gai', unit },
  },
  { template: 'session-cancelled', facts: { person, what: sessionWhat, day, next: sessionNext, unit } },
  {
    template: 'session-tomorrow',
    facts: {
      person,
      what: sessionWhat,
      hours: sessionHours,
      day,
      place: 'Trường THPT Hòn Gai',
      bring: sessionBring,
      code: visitCode,
    },
  },
  { template: 'session-missed', facts: { person, what: sessionWhat, day, next: sessionNext, unit } },
  { template: 'account-supplement', facts: { person, missing: reason, by: day, unit, page } },
  { template: 'account-refused', facts: { person, reason, remedy: reason, unit, page } },
  { template: 'account-lowered', facts: { person, reason, unit, page } },
  { template: 'account-locked', facts: { person, reason, on: day, answerDays: 2, page } },
  { template: 'account-unlocked', facts: { person, on: day, page } },
  { template: 'account-unlock-refused', facts: { person, reason, unit, page } },
  { template: 'account-phone-changed', facts: { person, on: day, unit, page } },
  { template: 'records-merged', facts: { person, on: day, unit, page } },
  { template: 'records-parted', facts: { person, on: day, unit, page } },
]

const returned: TemplateMessage = {
  template: 'application-returned',
  facts: { person, receipt, reason, unit, by: day, page },
}

/** A returned application, told by e-mail in Vietnamese, unless told otherwise. */
export const aSending = (
  given: Partial<Pick<OutgoingMessage, 'language' | 'to' | 'about' | 'key'>> = {},
  said: TemplateMessage = returned,
): OutgoingMessage => ({
  ...said,
  language: 'vi',
  to: { kind: 'email', address: mailbox },
  about: { kind: 'application', id: newId(), personId: newId() },
  ...given,
})

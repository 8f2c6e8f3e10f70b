import type { Language } from '../../platform/pages/html.ts'
import type { RecipientKind } from '../recipient.ts'
import { withoutMarks } from './phone-text.ts'

/**
 * How whoever gets a reminder or an invitation refuses further ones (../law.ts): the last sentence of what may be
 * refused, and of nothing else. It has no link, and asks for no answer where the gateway cannot hear one.
 */

type Lines = {
  /** On a phone whose gateway hears what is written to `{number}`. */
  readonly text: string
  readonly phone: string
  readonly letter: string
}

const lines: Readonly<Record<Language, Lines>> = {
  vi: {
    text: 'Từ chối tin nhắc: soạn TC gửi {number}.',
    phone: 'Từ chối tin nhắc: báo công an xã, phường hoặc ở trang Công dân.',
    letter:
      'Nếu không muốn nhận thư nhắc, thư mời nữa, ông/bà chọn ở trang Công dân, mục Tài khoản, hoặc báo công an xã, ' +
      'phường nơi cư trú.',
  },
  en: {
    text: 'To refuse reminders, text TC to {number}.',
    phone: 'To refuse reminders, tell the commune police or choose so on the citizens’ page.',
    letter:
      'If you want no more reminders and invitations, choose so on the citizens’ page under Account, or tell the ' +
      'commune police where you live.',
  },
}

export function refusalLine(language: Language, kind: RecipientKind, number: string | undefined): string {
  const { text, phone, letter } = lines[language]
  if (kind !== 'phone') return letter
  return withoutMarks(number === undefined ? phone : text.replace('{number}', number))
}

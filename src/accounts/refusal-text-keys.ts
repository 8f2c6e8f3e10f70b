import { isRefusal, type RefusalCode } from './refusal-code.ts'
import { noticeText } from './words-notice.ts'

/** The reason and remedy that a holder reads, in both languages. */
export function refusalTextKeys(code: string) {
  const known: RefusalCode = isRefusal(code) ? code : 'other'
  const [vi, en] = [noticeText('vi'), noticeText('en')]
  return {
    reason: { vi: vi(`refused-${known}`), en: en(`refused-${known}`) },
    remedy: { vi: vi(`remedy-${known}`), en: en(`remedy-${known}`) },
  }
}

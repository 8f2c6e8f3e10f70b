import { isRefusal, type RefusalCode } from './refusal-code.ts'
import { say } from './words-notice.ts'

/** The reason and remedy that a holder reads, in both languages. */
export function refusalWords(code: string) {
  const known: RefusalCode = isRefusal(code) ? code : 'other'
  const [vi, en] = [say('vi'), say('en')]
  return {
    reason: { vi: vi(`refused-${known}`), en: en(`refused-${known}`) },
    remedy: { vi: vi(`remedy-${known}`), en: en(`remedy-${known}`) },
  }
}

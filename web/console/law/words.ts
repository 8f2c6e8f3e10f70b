/** What the law's time limits say on pages. */
export const lawWords = {
  'last-safe-title': ['Ngày cuối còn kịp, theo thời hạn luật định', 'Last safe days, by the time limits of the law'],
  'last-safe-card': [
    'Có thẻ vào {by}: nộp hồ sơ chậm nhất {day} ({n} ngày làm việc).',
    'A card in hand on {by}: apply by {day} ({n} working {n|day|days}).',
  ],
  'last-safe-account': [
    'Có tài khoản vào {by}: đề nghị chậm nhất {day} ({n} ngày làm việc).',
    'An account by {by}: ask for it by {day} ({n} working {n|day|days}).',
  ],
  'last-safe-office': ['Tại nơi tiếp nhận: {day}, vì sau đó là ngày nghỉ.', 'At a counter: {day}; then come days off.'],
  'last-safe-over': ['Ngày này đã qua.', 'This day is over.'],
} as const

type LawWords = typeof lawWords
declare module '../base/language.tsx' {
  interface Texts extends LawWords {}
}

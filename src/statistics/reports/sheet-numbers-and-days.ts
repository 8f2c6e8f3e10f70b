import { asDay, dayAt } from '../../platform/day.ts'
import type { Language } from '../../platform/pages/html.ts'
import { dayIn, numberIn, separators } from '../../platform/terms/numbers-and-days.ts'

/** How a sheet writes numbers, shares, days and names of units, on paper and in a file alike. Pure. */

export const numberText = numberIn

/** A pace that may lie below ten a day keeps one decimal, cut off. */
export function paceText(n: number, language: Language): string {
  const tenths = Math.floor(Math.abs(n) * 10)
  if (tenths >= 100 || tenths % 10 === 0) return numberText(n, language)
  return `${n < 0 ? '-' : ''}${Math.floor(tenths / 10)}${separators[language].decimal}${tenths % 10}`
}

export const dayText = (day: string, language: Language) => dayIn(asDay(day), language)

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** An instant in the province's zone: its day, and HH:mm. */
export const momentText = (at: Date, language: Language) => ({
  day: dayText(dayAt(at), language),
  time: clock.format(at),
})

/** Per cent in thousandths, cut off: 120,000 of 723,000 gives 16597, where rounding would give 16598. */
const thousandths = (done: number, of: number) => Math.floor((done * 100_000) / of)

/** Per cent with three places, as a number. */
export const exactPercent = (done: number, of: number) => thousandths(done, of) / 1000

/** The same in words: 16,597, in English 16.597. */
export function percentText(percent: number, language: Language): string {
  const parts = Math.round(percent * 1000)
  const { decimal } = separators[language]
  return `${numberText(parts / 1000, language)}${decimal}${String(parts % 1000).padStart(3, '0')}`
}
export const exactPercentText = (done: number, of: number, language: Language) =>
  percentText(exactPercent(done, of), language)

const levelNames = /^(Tỉnh|Thành phố|Thị xã|Huyện|Quận|Phường|Xã|Thị trấn|Đặc khu)\s+(\S.*)$/u

/** "Thành phố Hạ Long": its kind and its name proper; undefined for a name without a kind. */
export function nameParts(name: string): { readonly kind: string; readonly proper: string } | undefined {
  const found = levelNames.exec(name)
  return found?.[1] && found[2] ? { kind: found[1].toLocaleLowerCase('vi'), proper: found[2] } : undefined
}

/** "Toàn tỉnh" where the name has its kind, else the name itself. */
export function wholeText(template: string, name: string, language: Language): string {
  const parts = nameParts(name)
  if (language === 'vi' && !parts) return name
  return fillSheetText(template, { level: parts?.kind ?? '', name })
}

export const fillSheetText = (text: string, values: Readonly<Record<string, string>>) =>
  text.replace(/\{([\w-]+)\}/g, (whole, key: string) => values[key] ?? whole)

/** A calendar day, 'YYYY-MM-DD': a birthday has no hour and no time zone. Days compare as strings. */
export type Day = string & { readonly __kind: 'Day' }

/**
 * A day of which the month or the day of the month may be unknown, as old papers give it. `d` never stands without `m`.
 */
export type PartialDay = { readonly y: number; readonly m?: number; readonly d?: number }

/** The province's zone, in which a day begins and ends (domain.md 9.11). */
const zone = 'Asia/Ho_Chi_Minh'

const isLeap = (y: number) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** How many days the month has; month 1 to 12. */
export const daysInMonth = (y: number, m: number) => (m === 2 && isLeap(y) ? 29 : (monthLengths[m - 1] ?? 0))

const twoDigits = (n: number) => String(n).padStart(2, '0')

/** Whether the calendar has this day. */
export const isRealDate = (y: number, m: number, d: number) =>
  Number.isInteger(y) && y >= 1 && y <= 9999 && m >= 1 && m <= 12 && d >= 1 && d <= daysInMonth(y, m)

/** Reads 'YYYY-MM-DD'; anything else, and days the calendar has not, give undefined. */
export function parseDay(text: string): Day | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!found) return undefined
  return isRealDate(Number(found[1]), Number(found[2]), Number(found[3])) ? (text as Day) : undefined
}

/** The same for values that must be days: literals, columns of type date. Throws a RangeError. */
export function asDay(text: string): Day {
  const day = parseDay(text)
  if (!day) throw new RangeError(`not a calendar day: ${text}`)
  return day
}

export const dayOf = (y: number, m: number, d: number): Day =>
  asDay(`${String(y).padStart(4, '0')}-${twoDigits(m)}-${twoDigits(d)}`)

/** Made once: to make one takes longer than most statements. */
const inZone = new Intl.DateTimeFormat('en-CA', { timeZone: zone })

/** Since 1911 the day begins here with an hour of UTC's: what was said in the same quarter is said again. */
const quarter = 15 * 60_000
let said: { readonly quarter: number; readonly day: Day } | undefined

/** The province's day at an instant. */
export function dayAt(instant: Date): Day {
  const at = Math.floor(instant.getTime() / quarter)
  if (said?.quarter !== at) said = { quarter: at, day: inZone.format(instant) as Day }
  return said.day
}

/** The instant at which a day of the province begins: seven hours before UTC's, the whole year. */
export const beginOf = (day: Day): Date => new Date(`${day}T00:00:00+07:00`)

export const yearOf = (day: Day) => Number(day.slice(0, 4))

/**
 * Full years between two days, as ages are counted; someone born on 29 February is a year older on 1 March in common
 * years.
 */
export function yearsBetween(from: Day, to: Day): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  return to.slice(5) < from.slice(5) ? years - 1 : years
}

const asUtc = (day: Day) => Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)))

export const addDays = (day: Day, days: number): Day =>
  new Date(asUtc(day) + days * 86_400_000).toISOString().slice(0, 10) as Day
export const dayBefore = (day: Day): Day => addDays(day, -1)
export const dayAfter = (day: Day): Day => addDays(day, 1)
/** The days from one to another, both included; none where the other is earlier. */
export const daysFrom = (from: Day, to: Day): Day[] => {
  const days: Day[] = []
  for (let day = from; day <= to; day = dayAfter(day)) days.push(day)
  return days
}
export const daysBetween = (from: Day, to: Day) => Math.round((asUtc(to) - asUtc(from)) / 86_400_000)

/** Monday 1 to Sunday 7. */
export const weekday = (day: Day) => new Date(asUtc(day)).getUTCDay() || 7

/**
 * What someone born on 29 February has as birthday in common years; no source settles it, so it is configured
 * (domain.md 2.3).
 */
export type LeapBirthday = 'february-28' | 'march-1'

/** The day on which someone born on `bornOn` completes `years` years. */
export function birthday(bornOn: Day, years: number, leap: LeapBirthday = 'march-1'): Day {
  const y = yearOf(bornOn) + years
  if (bornOn.slice(5) !== '02-29' || isLeap(y)) return `${String(y).padStart(4, '0')}${bornOn.slice(4)}` as Day
  return leap === 'march-1' ? dayOf(y, 3, 1) : dayOf(y, 2, 28)
}

/** The latest birth of a person who has an age on a day. The configured rule decides for 29 February. */
export function bornBy(day: Day, age: number, leap: LeapBirthday = 'march-1'): Day {
  const year = yearOf(day) - age
  const birthdays = [
    dayOf(year, Number(day.slice(5, 7)), Math.min(Number(day.slice(8)), daysInMonth(year, Number(day.slice(5, 7))))),
  ]
  const leapDay = parseDay(`${year}-02-29`)
  if (leapDay && birthday(leapDay, age, leap) <= day && day.slice(5) <= '03-01') birthdays.push(leapDay)
  return birthdays.sort().at(-1) as Day
}

/** Reads 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'. */
export function parsePartialDay(text: string): PartialDay | undefined {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text)
  if (!found) return undefined
  const [y, m, d] = [Number(found[1]), found[2] && Number(found[2]), found[3] && Number(found[3])]
  if (y < 1) return undefined
  if (!m) return found[2] === undefined ? { y } : undefined
  if (m > 12) return undefined
  if (!d) return found[3] === undefined ? { y, m } : undefined
  return isRealDate(y, m, d) ? { y, m, d } : undefined
}

/** Parts that are null in the database are absent; a day never stands without its month. */
export const partialDay = (y: number, m?: number | null, d?: number | null): PartialDay => ({
  y,
  ...(m && { m }),
  ...(m && d && { d }),
})

export function formatPartialDay({ y, m, d }: PartialDay): string {
  return [String(y).padStart(4, '0'), m && twoDigits(m), d && twoDigits(d)].filter(Boolean).join('-')
}

/** The latest day that a partial one leaves open. */
export const latestDay = ({ y, m, d }: PartialDay): Day =>
  m && d ? dayOf(y, m, d) : dayOf(y, m ?? 12, daysInMonth(y, m ?? 12))

/** The whole day, where nothing is missing. */
export const wholeDay = ({ y, m, d }: PartialDay): Day | undefined => (m && d ? dayOf(y, m, d) : undefined)

/** dd/MM/yyyy, as forms and lists write a day; of a part of a day (2005-03) that part. */
export const slashedDay = (day: string): string => day.split('-').reverse().join('/')

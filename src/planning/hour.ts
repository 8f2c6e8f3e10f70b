/** A time of a day, 'HH:MM', in the province's zone. Times of one day compare as strings. */
export type Hour = string & { readonly __kind: 'Hour' }

const hourShape = /^([01]\d|2[0-3]):([0-5]\d)(?::\d{2})?$/

/** Reads 'HH:MM', or 'HH:MM:SS' as the database gives it; anything else is undefined. */
export const parseHour = (text: string): Hour | undefined =>
  hourShape.test(text) ? (text.slice(0, 5) as Hour) : undefined

export function asHour(text: string): Hour {
  const hour = parseHour(text)
  if (!hour) throw new RangeError(`not a time of day: ${text}`)
  return hour
}

/** Minutes since midnight. */
export const minutesOf = (hour: Hour): number => Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3, 5))

const hourParts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** The time of day at an instant, in the province. */
export const hourAt = (instant: Date): Hour => asHour(hourParts.format(instant))

/** A stretch of a day, in minutes since midnight; the end is not included. */
export type MinuteSpan = { readonly from: number; readonly to: number }

/** How many minutes two stretches share. */
export const sharedMinutes = (a: MinuteSpan, b: MinuteSpan): number =>
  Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from))

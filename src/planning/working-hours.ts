import { type Day, weekday } from '../platform/day.ts'
import { type MinuteSpan, minutesOf } from './hour.ts'
import type { WorkingHours } from './law.ts'

export type { WorkingHours } from './law.ts'

/**
 * The stretches that are worked on a day, in order; on a holiday, which the caller knows, none; on a Saturday that is
 * made up those of a weekday.
 */
export function workedSpans(hours: WorkingHours, day: Day, saturday?: 'made-up' | undefined): readonly MinuteSpan[] {
  const at = saturday === 'made-up' ? 1 : weekday(day)
  const morning = { from: minutesOf(hours.morningFrom), to: minutesOf(hours.morningTo) }
  const afternoon = { from: minutesOf(hours.afternoonFrom), to: minutesOf(hours.afternoonTo) }
  if (at <= 5) return [morning, afternoon]
  return at === 6 && hours.saturday === 'morning' ? [morning] : []
}

/**
 * The break between two worked stretches, where a stretch of work reaches over all of it: nobody works through it then.
 */
function breaksWithin(spans: readonly MinuteSpan[], { from, to }: MinuteSpan): MinuteSpan[] {
  const gaps = spans.slice(1).map((span, at) => ({ from: spans[at]?.to ?? span.from, to: span.from }))
  return gaps.filter(gap => from < gap.from && gap.to < to)
}

/**
 * What of a stretch lies outside of the worked ones. A midday break inside of it is a break; work that begins or ends
 * in it is not.
 */
export function spansOutside(spans: readonly MinuteSpan[], stretch: MinuteSpan): MinuteSpan[] {
  const inside = [...spans, ...breaksWithin(spans, stretch)].sort((a, b) => a.from - b.from)
  const left: MinuteSpan[] = []
  let at = stretch.from
  for (const span of inside) {
    if (span.from > at) left.push({ from: at, to: Math.min(span.from, stretch.to) })
    at = Math.max(at, span.to)
  }
  if (at < stretch.to) left.push({ from: at, to: stretch.to })
  return left.filter(({ from, to }) => from < to)
}

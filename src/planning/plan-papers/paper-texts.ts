import { asDay, slashedDay, weekday } from '../../platform/day.ts'
import { types } from '../../platform/pdf/letter-sizes.ts'
import { drawFoot, drawHeading } from '../../platform/pdf/parts.ts'
import {
  finishPaper,
  type HorizontalSpan,
  type PdfPaper,
  wholeWidth,
  writeAt,
  writeText,
} from '../../platform/pdf/pdf.ts'
import { fillPlaceholders } from '../../platform/pdf/text.ts'
import * as units from '../../units/units.ts'
import { sayOnPlanPaper } from './words.ts'

/** What the papers of a plan have in common: who made them and when, their head and foot, days and times in words. */

export const say = sayOnPlanPaper('vi')

export type PaperMarks = {
  readonly planId: string
  readonly unit: units.Letterhead
  readonly printedAt: Date
  readonly isDemonstration: boolean
}

export const filled = (word: Parameters<typeof say>[0], facts: Readonly<Record<string, string | number>>): string =>
  fillPlaceholders(say(word), Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, String(value)])))

const numbers = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 })
export const numberText = (value: number): string => numbers.format(value)

/** '12 giờ 30 phút'. */
export function timeText(minutes: number): string {
  const [h, m] = [Math.floor(minutes / 60), Math.round(minutes % 60)]
  if (h === 0) return filled('time-minutes', { m })
  return m === 0 ? filled('time-hours', { h: numberText(h) }) : filled('time-both', { h: numberText(h), m })
}

export const weekdayName = (day: string): string => say(`weekday-${weekday(asDay(day)) as 1 | 2 | 3 | 4 | 5 | 6 | 7}`)

/** 'Thứ Hai 24/04'. */
export const shortDay = (day: string): string => {
  const named = weekdayName(day)
  return `${named.charAt(0).toUpperCase()}${named.slice(1)} ${slashedDay(day).slice(0, 5)}`
}

/** Days as a list reads best: '21/04–24/04, 26/04'. */
export function daysText(days: readonly string[]): string {
  const spans: [string, string][] = []
  for (const day of days.toSorted()) {
    const last = spans.at(-1)
    if (last && isNext(last[1], day)) last[1] = day
    else spans.push([day, day])
  }
  const short = (day: string) => slashedDay(day).slice(0, 5)
  return spans.map(([from, to]) => (from === to ? short(from) : `${short(from)}–${short(to)}`)).join(', ')
}

const dayLength = 86_400_000
const isNext = (day: string, next: string): boolean => Date.parse(next) - Date.parse(day) === dayLength

export function drawPlanHeading(paper: PdfPaper, { unit }: PaperMarks): void {
  drawHeading(paper, units.letterheadLines(unit), [
    { text: say('state'), isStrong: true },
    { text: say('motto'), isStrong: true },
  ])
}

export const centred = (paper: PdfPaper): HorizontalSpan => ({ ...wholeWidth(paper), align: 'centre' })

/** The number at the left, place and day at the right. */
export function drawNumberAndDay(paper: PdfPaper, { unit }: PaperMarks, day: string): void {
  const [y = '', m = '', d = ''] = day.split('-')
  const whole = wholeWidth(paper)
  writeAt(paper, say('number'), types.text, whole, paper.y)
  const end = filled('place-day', { town: unit.town, d, m, y })
  paper.y = writeAt(paper, end, types.note, { ...whole, align: 'right' }, paper.y) + 12
}

export function writeSection(paper: PdfPaper, title: string, prose?: string): void {
  paper.y += 6
  writeText(paper, title, types.section)
  if (prose) writeText(paper, prose, types.text)
}

export function finishPlanPaper(paper: PdfPaper, { planId, isDemonstration }: PaperMarks): Promise<Buffer> {
  const of = filled('made-of', { id: planId })
  const mark = isDemonstration ? `${of} · ${say('demonstration')}` : of
  return finishPaper(paper, (page, pages) => drawFoot(paper, mark, filled('page', { n: page, of: pages })))
}

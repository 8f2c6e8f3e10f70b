import { type Day, dayAt, type PartialDay, slashedDay } from '../../platform/day.ts'
import type { Asking, LawRows } from '../../platform/law.ts'
import { types } from '../../platform/pdf/letter-sizes.ts'
import { drawFoot, drawHeading } from '../../platform/pdf/parts.ts'
import { drawQr, mm, type PdfPaper, writeAt } from '../../platform/pdf/pdf.ts'
import { fillPlaceholders } from '../../platform/pdf/text.ts'
import * as units from '../../units/units.ts'
import { paperTextIn } from './words.ts'

/** What all papers of an application have: the unit, the form and the application. */
export type PaperHead = {
  readonly unit: { readonly above?: string | undefined; readonly name: string }
  /** Of the circular in force on the day; the same code meant another form before (domain.md 2D). */
  readonly form: { readonly code: string; readonly version: string }
  /** `url` is in the QR code. It names the application and no person. */
  readonly application: { readonly code: string; readonly url: string }
  /** The commune, before the day of the paper. */
  readonly town: string
  readonly on: Day
  readonly printedAt: Date
  readonly isDemonstration: boolean
  /** The rows of law of the house that draws it. */
  readonly lawRows?: LawRows | undefined
}

export const paperText = paperTextIn('vi')
export const paperTextInEnglish = paperTextIn('en')
/** The same with the terms of a paper's own day. */
export const paperTextOn = (day: Day, { lawRows }: Asking) => paperTextIn('vi', { day, lawRows })
const twoDigits = (n: number) => String(n).padStart(2, '0')

export const dayText = slashedDay
/** dd/MM/yyyy; a partly known birth date shows what is known. */
export const birthText = ({ y, m, d }: PartialDay) =>
  [m && d && twoDigits(d), m && twoDigits(m), String(y).padStart(4, '0')].filter(Boolean).join('/')

const clockFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** The heading, and above it at the right edge the form with its circular. */
export function drawPaperTop(paper: PdfPaper, { unit, form }: PaperHead): void {
  const { left: x, right } = paper
  writeAt(
    paper,
    fillPlaceholders(paperText('form'), form),
    types.small,
    { x, width: right - x, align: 'right' },
    paper.top - 16,
  )
  drawHeading(paper, units.letterheadLines(unit), [
    { text: paperText('country'), isStrong: true },
    { text: paperText('motto'), isStrong: true },
  ])
}

export function dayLine({ town, on }: PaperHead): string {
  const [y = '', m = '', d = ''] = on.split('-')
  return fillPlaceholders(paperText('day-line'), { place: town, d, m, y })
}

/** The code of the application, to be scanned. */
export const drawApplicationCode = (
  paper: PdfPaper,
  { application }: PaperHead,
  x: number,
  y: number,
  size = 24 * mm,
) => drawQr(paper, application.url, x, y, size)

export function drawPaperFoot(
  paper: PdfPaper,
  { application, printedAt, isDemonstration }: PaperHead,
  page: number,
  pages: number,
): void {
  const printed = fillPlaceholders(paperText('printed'), {
    time: clockFormat.format(printedAt),
    day: dayText(dayAt(printedAt)),
  })
  const left = [
    `${paperText('application-code')}: ${application.code}`,
    printed,
    ...(isDemonstration ? [paperText('demonstration')] : []),
  ].join(' · ')
  drawFoot(paper, left, fillPlaceholders(paperText('page'), { n: String(page), of: String(pages) }))
}

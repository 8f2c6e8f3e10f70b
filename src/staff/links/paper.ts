import { dayAt, slashedDay } from '../../platform/day.ts'
import {
  drawQr,
  drawRule,
  finishPaper,
  mm,
  openPaper,
  type PdfTextStyle,
  sheets,
  wholeWidth,
  writeAt,
  writeFitted,
} from '../../platform/pdf/pdf.ts'
import { fillPlaceholders } from '../../platform/pdf/text.ts'
import { linkText } from './words.ts'

export type LinkOnPaper = {
  readonly name: string
  readonly login: string
  readonly unit: string
  readonly secret: string
  /** The address that the QR code leads to. */
  readonly page: string
  readonly expiresAt: Date
  readonly printedAt: Date
  readonly isDemonstration: boolean
}

const types = {
  title: { face: 'bold', size: 15, leading: 22 },
  name: { face: 'semibold', size: 13, leading: 19 },
  label: { face: 'regular', size: 9, leading: 13 },
  text: { face: 'regular', size: 10, leading: 15 },
  strong: { face: 'semibold', size: 10.5, leading: 16 },
  address: { face: 'semibold', size: 10.5, leading: 16, ligatures: 'none' },
  code: { face: 'bold', size: 15, leading: 22, ligatures: 'none' },
} as const satisfies Record<string, PdfTextStyle>

const text = linkText('vi')

/** An hour of the province. */
const timeOf = (instant: Date) =>
  new Intl.DateTimeFormat('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' }).format(instant)

/** A5: whose it is, until when, how it is used, and the link. Throws paper-text-too-long, paper-text-unprintable. */
export function drawLinkPaper(link: LinkOnPaper): Promise<Buffer> {
  const paper = openPaper({ title: text('paper-title'), at: link.printedAt, size: sheets.a5, margin: 14 })
  const span = wholeWidth(paper)
  const mark = link.isDemonstration ? ` · ${text('demonstration')}` : ''
  let y = writeAt(paper, `${link.unit.toUpperCase()}${mark}`, types.label, span, paper.top)
  y = writeAt(paper, text('paper-title'), types.title, span, y + 2)
  drawRule(paper, y + 2, 1.2, span)
  y = writeAt(paper, text('officer'), types.label, span, y + 10)
  y = writeFitted(paper, `${link.name} (${link.login})`, types.name, span, y)
  const until = { time: timeOf(link.expiresAt), day: slashedDay(dayAt(link.expiresAt)) }
  y = writeAt(paper, fillPlaceholders(text('good-until'), until), types.strong, span, y + 2)
  for (const key of ['how-1', 'how-2', 'how-3'] as const) y = writeAt(paper, text(key), types.text, span, y + 3)
  const side = 42 * mm
  drawQr(paper, link.page, span.x + (span.width - side) / 2, y + 8, side)
  const centred = { ...span, align: 'centre' } as const
  y = writeFitted(paper, link.secret, types.code, centred, y + side + 14)
  writeFitted(
    paper,
    link.page.slice(0, link.page.lastIndexOf('/')).replace(/^https?:\/\//, ''),
    types.address,
    centred,
    y,
  )
  return finishPaper(paper)
}

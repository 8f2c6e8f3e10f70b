import { type Day, slashedDay } from '../../platform/day.ts'
import {
  drawQr,
  drawRule,
  finishPaper,
  type HorizontalSpan,
  mm,
  newPage,
  openPaper,
  type PdfPaper,
  type PdfTextStyle,
  sheets,
  wholeWidth,
  writeAt,
  writeFitted,
} from '../../platform/pdf/pdf.ts'
import { fillPlaceholders } from '../../platform/pdf/text.ts'
import { slipTextIn } from './words.ts'

/**
 * The content of a slip: a name and four digits to hand it out by and, inside the fold, the secret, which opens the
 * account together with what its holder knows.
 */
export type SlipOnPaper = {
  readonly name: string
  readonly lastFour: string
  readonly secret: string
  readonly lastOn: Day
}

export type SlipSheet = {
  readonly slips: readonly SlipOnPaper[]
  readonly unit: string
  /** The installation's own page, to which the QR code leads. */
  readonly origin: string
  readonly printedAt: Date
  readonly isDemonstration: boolean
}

const slipTypes = {
  title: { face: 'bold', size: 13, leading: 19 },
  name: { face: 'semibold', size: 13, leading: 19 },
  label: { face: 'regular', size: 8.5, leading: 12.5 },
  text: { face: 'regular', size: 9.5, leading: 14 },
  strong: { face: 'semibold', size: 10, leading: 14.5 },
  code: { face: 'bold', size: 15, leading: 22 },
  address: { face: 'semibold', size: 9, leading: 13 },
} as const satisfies Record<string, PdfTextStyle>

const perPage = 3
const thirdOfPage = 99 * mm
const slipText = slipTextIn('vi')
/** The fold and the cut as dashed lines. */
function drawDashes({ doc }: PdfPaper, from: readonly [number, number], to: readonly [number, number]): void {
  doc
    .save()
    .moveTo(...from)
    .lineTo(...to)
    .lineWidth(0.6)
    .dash(4, { space: 3 })
    .stroke('#000000')
    .restore()
}

/** The outer part: whose slip it is and how to use it. It opens nothing. */
function drawOutside(
  paper: PdfPaper,
  slip: SlipOnPaper,
  { unit, isDemonstration }: SlipSheet,
  span: HorizontalSpan,
  top: number,
): void {
  const mark = isDemonstration ? ` · ${slipText('demonstration')}` : ''
  let y = writeAt(paper, `${unit.toUpperCase()}${mark}`, slipTypes.label, span, top)
  y = writeAt(paper, slipText('title'), slipTypes.title, span, y + 2)
  drawRule(paper, y + 2, 1.2, span)
  y = writeAt(paper, slipText('holder'), slipTypes.label, span, y + 8)
  y = writeFitted(paper, slip.name, slipTypes.name, span, y)
  y = writeAt(paper, fillPlaceholders(slipText('last-four'), { digits: slip.lastFour }), slipTypes.strong, span, y + 2)
  y = writeAt(
    paper,
    fillPlaceholders(slipText('good-until'), { day: slashedDay(slip.lastOn) }),
    slipTypes.strong,
    span,
    y,
  )
  for (const key of ['how-1', 'how-2', 'how-3'] as const) y = writeAt(paper, slipText(key), slipTypes.text, span, y + 3)
  writeAt(paper, slipText('nobody'), slipTypes.label, span, y + 6)
}

/** Groups of four in two lines, as large as they can be read easily. */
const linesOfSecret = (secret: string): string[] => {
  const groups = secret.split('-')
  const [upper, lower] = [groups.slice(0, 4), groups.slice(4)]
  return lower.length > 0 ? [`${upper.join('-')}-`, lower.join('-')] : [upper.join('-')]
}

/** The secret part; the cover is folded over it. */
function drawInside(paper: PdfPaper, { secret }: SlipOnPaper, origin: string, span: HorizontalSpan, top: number): void {
  const centred = { ...span, align: 'centre' } as const
  let y = writeAt(paper, slipText('inside'), slipTypes.label, centred, top)
  const side = 40 * mm
  drawQr(paper, `${origin}/activate/slip#${secret}`, span.x + (span.width - side) / 2, y + 2, side)
  y = writeAt(paper, slipText('or-type'), slipTypes.label, centred, y + side + 4)
  for (const line of linesOfSecret(secret)) y = writeFitted(paper, line, slipTypes.code, centred, y)
  writeFitted(paper, `${origin.replace(/^https?:\/\//, '')}/activate/slip`, slipTypes.address, centred, y)
}

/** The cover is folded over the code and glued; its hatching keeps the code from showing through the paper. */
function drawCover(paper: PdfPaper, span: HorizontalSpan, top: number, bottom: number): void {
  const y = writeAt(paper, slipText('seal'), slipTypes.label, { ...span, align: 'centre' }, top)
  const { doc } = paper
  const [upper, height] = [y + 4, bottom - y - 4]
  doc.save().rect(span.x, upper, span.width, height).clip().lineWidth(0.7)
  for (let at = -height; at < span.width; at += 3.2)
    doc
      .moveTo(span.x + at, upper + height)
      .lineTo(span.x + at + height, upper)
      .moveTo(span.x + at, upper)
      .lineTo(span.x + at + height, upper + height)
  doc.stroke('#000000').restore()
}

/** Widths of the three parts, in millimetres; the cover is as wide as what it covers. */
const partWidths = { outside: 84, inside: 53, cover: 53 } as const
const inset = 3 * mm

function drawSlip(paper: PdfPaper, slip: SlipOnPaper, sheet: SlipSheet, position: number): void {
  const { x } = wholeWidth(paper)
  const [top, bottom] = [position * thirdOfPage + 9 * mm, (position + 1) * thirdOfPage - 8 * mm]
  const folds = [x + partWidths.outside * mm, x + (partWidths.outside + partWidths.inside) * mm] as const
  drawOutside(paper, slip, sheet, { x, width: partWidths.outside * mm - inset }, top)
  drawInside(paper, slip, sheet.origin, { x: folds[0] + inset, width: partWidths.inside * mm - 2 * inset }, top)
  drawCover(paper, { x: folds[1] + inset, width: partWidths.cover * mm - inset }, top, bottom)
  for (const fold of folds) drawDashes(paper, [fold, top - 4], [fold, bottom])
}

/**
 * A4, three slips a page, each to be cut off, folded along the dashes and glued. Throws paper-text-too-long,
 * paper-text-unprintable.
 */
export function drawSlipSheet(sheet: SlipSheet): Promise<Buffer> {
  const paper = openPaper({ title: slipText('title'), at: sheet.printedAt, size: sheets.a4, margin: 10 })
  const { x, width } = wholeWidth(paper)
  for (const [at, slip] of sheet.slips.entries()) {
    const place = at % perPage
    if (at > 0 && place === 0) newPage(paper)
    drawSlip(paper, slip, sheet, place)
    if (place < perPage - 1)
      drawDashes(paper, [0, (place + 1) * thirdOfPage], [x * 2 + width, (place + 1) * thirdOfPage])
  }
  return finishPaper(paper)
}

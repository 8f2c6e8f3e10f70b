import type { Day } from '../../platform/day.ts'
import {
  drawFrame,
  drawQr,
  drawRule,
  finishPaper,
  mm,
  openPaper,
  type PdfTextStyle,
  wholeWidth,
  writeAt,
  writeFitted,
} from '../../platform/pdf/pdf.ts'
import { paperProblem } from '../../platform/pdf/problems.ts'
import { fillPlaceholders } from '../../platform/pdf/text.ts'
import { printedDay } from '../printed-face/front.ts'
import { sayOnPaper } from '../words-paper.ts'

/**
 * The label on a box of cards: its destination and its seal, and nothing of the holders. The console prints it from its
 * own page too (box-label-paper-page.tsx).
 */
export type BoxLabelContent = {
  /** Printed in full and in the QR code. */
  readonly code: string
  readonly from: string
  readonly to: string
  readonly count: number
  readonly sealNumber: string
  readonly packedOn: Day
  readonly printedAt: Date
  readonly isDemonstration: boolean
}

const labelTypes = {
  label: { face: 'regular', size: 9, leading: 13 },
  title: { face: 'semibold', size: 12, leading: 17 },
  code: { face: 'bold', size: 26, leading: 36 },
  place: { face: 'semibold', size: 15, leading: 21.5 },
  figure: { face: 'bold', size: 22, leading: 30 },
  note: { face: 'regular', size: 8, leading: 11.5 },
} as const satisfies Record<string, PdfTextStyle>

/**
 * The label of a box, 100 × 150 mm. Refuses text that does not fit (paper-text-too-long) or has no glyph
 * (paper-text-unprintable).
 */
export function boxLabelPdf({
  code,
  from,
  to,
  count,
  sealNumber,
  packedOn,
  printedAt,
  isDemonstration,
}: BoxLabelContent): Promise<Buffer> {
  const say = sayOnPaper('vi')
  const paper = openPaper({ title: `${say('box')} ${code}`, at: printedAt, size: [100, 150], margin: 6 })
  const whole = wholeWidth(paper)
  const field = (label: Parameters<typeof say>[0], text: string, type: PdfTextStyle, span = whole) => {
    const under = writeAt(paper, say(label), labelTypes.label, span, paper.y)
    return writeFitted(paper, text, type, span, under)
  }

  drawFrame(
    paper,
    { x: paper.left - 4, y: paper.top - 4, width: whole.width + 8, height: paper.bottom - paper.top + 8 },
    1.2,
  )
  const qr = 46 * mm
  const beside = { x: paper.left + qr + 6, width: whole.width - qr - 6 }
  drawQr(paper, code, paper.left - 6, paper.y - 6, qr)
  let y = writeAt(paper, say('box'), labelTypes.title, beside, paper.y)
  if (isDemonstration) y = writeAt(paper, say('demonstration'), labelTypes.note, beside, y)
  y = writeAt(paper, say('count'), labelTypes.label, beside, y + 10)
  y = writeFitted(paper, fillPlaceholders(say('cards'), { n: String(count) }), labelTypes.figure, beside, y)

  paper.y += qr - 12
  paper.y = field('box-code', code, labelTypes.code) + 2
  drawRule(paper, paper.y, 1.2, whole)
  paper.y = writeAt(paper, say('from'), labelTypes.label, whole, paper.y + 5)
  paper.y = writeAt(paper, from, labelTypes.title, whole, paper.y) + 4
  drawRule(paper, paper.y, 0.5, whole)
  paper.y = writeAt(paper, say('to'), labelTypes.label, whole, paper.y + 5)
  paper.y = writeAt(paper, to, labelTypes.place, whole, paper.y) + 4
  drawRule(paper, paper.y, 1.2, whole)

  paper.y += 5
  const half = whole.width / 2
  field('seal', sealNumber, labelTypes.place, { x: paper.left, width: half + 16 })
  paper.y = field('packed', printedDay(packedOn), labelTypes.place, { x: paper.left + half + 24, width: half - 24 }) + 3
  paper.y = writeAt(paper, say('seal-check'), labelTypes.note, whole, paper.y)
  if (paper.y > paper.bottom + 1) throw paperProblem('paper-text-too-long', { letters: [...from, ...to].length })
  return finishPaper(paper)
}

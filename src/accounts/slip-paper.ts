import type { Day } from '../platform/day.ts'
import {
  drawQr,
  finishPaper,
  mm,
  newPage,
  openPaper,
  type Paper,
  rule,
  type Span,
  sheets,
  type Type,
  wholeWidth,
  writeAt,
  writeFitted,
} from '../platform/paper.ts'
import { filled } from '../platform/paper-text.ts'
import { sayOnSlip } from './words-slip.ts'

/** What stands on a slip: a name and four digits to hand it out by, and, inside the fold, what opens the account together with what its holder knows. */
export type SlipOnPaper = {
  readonly name: string
  readonly lastFour: string
  readonly secret: string
  readonly lastOn: Day
}

export type SlipSheet = {
  readonly slips: readonly SlipOnPaper[]
  readonly unit: string
  /** Where the QR leads: the house's own page. */
  readonly origin: string
  readonly printedAt: Date
  readonly isDemonstration: boolean
}

// biome-ignore format: a table is read as a table
const types = {
  title:  { face: 'bold',     size: 13,  leading: 19 },
  name:   { face: 'semibold', size: 13,  leading: 19 },
  label:  { face: 'regular',  size: 8.5, leading: 12.5 },
  text:   { face: 'regular',  size: 9.5, leading: 14 },
  strong: { face: 'semibold', size: 10,  leading: 14.5 },
  code:   { face: 'bold',     size: 17,  leading: 25 },
} as const satisfies Record<string, Type>

const perPage = 3
const say = sayOnSlip('vi')
const written = (day: Day) => day.split('-').reverse().join('/')

/** The fold and the cut, in dashes. */
function dashes({ doc }: Paper, from: readonly [number, number], to: readonly [number, number]): void {
  doc.save().moveTo(...from).lineTo(...to).lineWidth(0.6).dash(4, { space: 3 }).stroke('#000000').restore()
} // biome-ignore format: one chain

/** The outer half: whose it is, how it is used. Nothing here opens anything. */
function outside(paper: Paper, slip: SlipOnPaper, { unit, isDemonstration }: SlipSheet, span: Span, top: number): void {
  let y = writeAt(paper, unit.toUpperCase(), types.label, span, top)
  y = writeAt(paper, `${say('title')}${isDemonstration ? ` · ${say('demonstration')}` : ''}`, types.title, span, y + 2)
  rule(paper, y + 2, 1.2, span)
  y = writeAt(paper, say('holder'), types.label, span, y + 8)
  y = writeFitted(paper, slip.name, types.name, span, y)
  y = writeAt(paper, filled(say('last-four'), { digits: slip.lastFour }), types.strong, span, y + 2)
  y = writeAt(paper, filled(say('good-until'), { day: written(slip.lastOn) }), types.strong, span, y)
  for (const key of ['how-1', 'how-2', 'how-3'] as const) y = writeAt(paper, say(key), types.text, span, y + 3)
  writeAt(paper, say('nobody'), types.label, span, y + 6)
}

/** The inner half, folded over and sealed. */
function inside(paper: Paper, { secret }: SlipOnPaper, origin: string, span: Span, top: number): void {
  const centred = { ...span, align: 'centre' } as const
  let y = writeAt(paper, say('inside'), types.label, centred, top)
  const side = 40 * mm
  drawQr(paper, `${origin}/activate/slip/${secret}`, span.x + (span.width - side) / 2, y + 2, side)
  y = writeAt(paper, say('or-type'), types.label, centred, y + side + 4)
  y = writeFitted(paper, secret, types.code, centred, y)
  y = writeFitted(paper, `${origin.replace(/^https?:\/\//, '')}/activate/slip`, types.strong, centred, y)
  writeAt(paper, say('seal'), types.label, centred, y + 4)
}

/** A4, three slips a page, each to be cut off, folded along the dashes and sealed. Throws paper-text-too-long, paper-text-unprintable. */
export function slipSheet(sheet: SlipSheet): Promise<Buffer> {
  const paper = openPaper({ title: say('title'), at: sheet.printedAt, size: sheets.a4, margin: 10 })
  const { x, width } = wholeWidth(paper)
  const third = 99 * mm
  const half = width / 2
  for (const [at, slip] of sheet.slips.entries()) {
    const place = at % perPage
    if (at > 0 && place === 0) newPage(paper)
    const top = place * third + 9 * mm
    outside(paper, slip, sheet, { x, width: half - 14 }, top)
    dashes(paper, [x + half, top - 4], [x + half, place * third + third - 8 * mm])
    inside(paper, slip, sheet.origin, { x: x + half + 14, width: half - 14 }, top)
    if (place < perPage - 1) dashes(paper, [0, (place + 1) * third], [x * 2 + width, (place + 1) * third])
  }
  return finishPaper(paper)
}

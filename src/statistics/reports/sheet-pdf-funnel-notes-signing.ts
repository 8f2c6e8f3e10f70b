import type { Language } from '../../platform/pages/html.ts'
import { qrcode } from '../../platform/pages/qr-path.ts'
import type { QuickSheet } from '../contract.ts'
import {
  drawLines,
  drawRule,
  drawRuler,
  type HorizontalSpan,
  heightOf,
  page,
  pageWidth,
  type SheetLine,
  type SheetPen,
  type SheetType,
  wrap,
  writeFigure,
  writeFitted,
  writeText,
} from './sheet-drawing.ts'
import type { SheetPaper } from './sheet-notes.ts'
import { numberText } from './sheet-numbers-and-days.ts'
import { fillSentence, methodOf, notesOf, stepsOf } from './sheet-sentence.ts'
import { isStepWord, saySheet, sayStep } from './words.ts'

type Say = ReturnType<typeof saySheet>
type TurnPage = () => void

const body: SheetType = { face: 'regular', size: 9, leading: 13 }
const head: SheetType = { face: 'bold', size: 9.5, leading: 16 }
const small: SheetType = { face: 'regular', size: 8, leading: 11.5 }
const smallStrong: SheetType = { ...small, face: 'bold' }

/** What must stand together goes to the next page where this one has no room. */
function keepOnOnePage(pen: SheetPen, height: number, turn: TurnPage): void {
  if (pen.y + height > page.bottom) turn()
}

const stepHeight = 15.5
const gutter = 20
const funnelWidth = 222

/** Left, how many came to each step; right, what to note. Without steps the notes have the whole width. */
export function drawFunnelAndNotes(
  pen: SheetPen,
  sheet: QuickSheet,
  paper: SheetPaper,
  language: Language,
  turn: TurnPage,
): void {
  const say = saySheet(language)
  const steps = stepsOf(sheet.metric, paper.funnel)
  const beside = funnelWidth + gutter
  const notes =
    steps.length > 0 ? { x: page.left + beside, width: pageWidth - beside } : { x: page.left, width: pageWidth }
  const items = notesOf(sheet, paper, language).map(text => wrap(pen, [{ text, type: body }], notes.width - bullet))

  const funnelHeight = steps.length > 0 ? head.leading + stepHeight * (steps.length + 1) : 0
  const notesHeight = head.leading + items.reduce((sum, lines) => sum + heightOf(lines) + 2, 0)
  // Notes longer than half a page flow on by themselves.
  keepOnOnePage(pen, Math.min(Math.max(funnelHeight, notesHeight), 300), turn)

  const top = pen.y
  if (paper.funnel && steps.length > 0)
    drawFunnel(pen, { members: paper.funnel.members, steps }, language, { x: page.left, width: funnelWidth })
  const [bottom, sheetNow] = [pen.y, pen.doc.page]
  pen.y = top
  writeText(pen, [{ text: say('head-notes'), type: head }], notes)
  for (const lines of items) drawNote(pen, lines, notes, turn)
  if (pen.doc.page === sheetNow) pen.y = Math.max(pen.y, bottom)
  pen.y += 12
}

const bullet = 9

function drawNote(pen: SheetPen, lines: readonly SheetLine[], { x, width }: HorizontalSpan, turn: TurnPage): void {
  keepOnOnePage(pen, heightOf(lines), turn)
  pen.doc.circle(x + 2, pen.y + body.leading / 2, 1.4).fill('#000000')
  pen.y = drawLines(pen, lines, { x: x + bullet, width: width - bullet }, pen.y) + 2
}

type FunnelSteps = { readonly members: number; readonly steps: ReturnType<typeof stepsOf> }

/** Bars from one left edge, as shares of the members. */
function drawFunnel(pen: SheetPen, { members, steps }: FunnelSteps, language: Language, box: HorizontalSpan): void {
  const say = sayStep(language)
  writeText(pen, [{ text: saySheet(language)('head-funnel'), type: head }], box)
  const all = [
    { name: say('members'), total: members },
    ...steps.map(({ metric, total }) => ({ name: isStepWord(metric) ? say(metric) : metric, total })),
  ]
  const [nameWidth, totalWidth, percentWidth] = [68, 48, 32]
  const bar = { x: box.x + nameWidth + 4, width: box.width - nameWidth - totalWidth - percentWidth - 8 }
  for (const { name, total } of all) {
    const share = members > 0 ? total / members : 0
    writeFitted(pen, name, body, { x: box.x, width: nameWidth }, pen.y + 1)
    drawRuler(pen, bar, pen.y + 4.5, 6.5, { done: Math.min(1, share) })
    writeFigure(
      pen,
      numberText(total, language),
      body,
      { x: bar.x + bar.width + 4, width: totalWidth, align: 'right' },
      pen.y + 1,
    )
    const percent = `${members > 0 ? Math.floor((total * 100) / members) : 0}%`
    writeFigure(
      pen,
      percent,
      body,
      { x: box.x + box.width - percentWidth, width: percentWidth, align: 'right' },
      pen.y + 1,
    )
    pen.y += stepHeight
  }
}

/** How the figures are counted, in small print. */
export function drawMethod(pen: SheetPen, sheet: QuickSheet, language: Language, turn: TurnPage): void {
  const runs = [
    { text: saySheet(language)('head-method'), type: smallStrong },
    { text: ` ${methodOf(sheet, language).join(' ')}`, type: small },
  ]
  keepOnOnePage(pen, heightOf(wrap(pen, runs, pageWidth)) + 8, turn)
  drawRule(pen, pen.y, 0.4)
  pen.y += 6
  writeText(pen, runs, { x: page.left, width: pageWidth })
  pen.y += 14
}

const codeSize = 66
const signingHeight = 88

/** What the sheet is worth: its published code and room for two signatures, or that it is a draft. */
export function drawReportStatus(pen: SheetPen, { published }: SheetPaper, say: Say, turn: TurnPage): void {
  if (!published) {
    keepOnOnePage(pen, body.leading, turn)
    writeText(pen, [{ text: say('draft-long'), type: { ...body, face: 'bold' } }], { x: page.left, width: pageWidth })
    return
  }
  keepOnOnePage(pen, signingHeight, turn)
  const { y } = pen
  drawCode(pen, `${published.code} sha256:${published.sha256}`, page.left, y)
  const text = { x: page.left + codeSize + 10, width: 186 }
  pen.y = y
  writeText(pen, [{ text: say('scan'), type: small }], text)
  writeText(
    pen,
    fillSentence(say('code'), { code: published.code }).map(({ text, isStrong }) => ({
      text,
      type: isStrong ? smallStrong : small,
    })),
    text,
  )
  writeText(pen, [{ text: say('fingerprint'), type: small }], text)
  for (const groups of fingerprintLines(published.sha256)) {
    writeFigure(pen, groups, small, text, pen.y)
    pen.y += small.leading
  }
  drawSigning(pen, say('sign-maker'), say, { x: page.right - 240, width: 115, align: 'centre' }, y)
  drawSigning(pen, say('sign-commander'), say, { x: page.right - 115, width: 115, align: 'centre' }, y)
  pen.y = y + signingHeight
}

/** Four hexadecimal digits a group, eight groups a line, wide enough apart to be compared by eye. */
export function fingerprintLines(sha256: string): string[] {
  const groups = sha256.toLowerCase().match(/.{1,4}/g) ?? []
  return Array.from({ length: Math.ceil(groups.length / 8) }, (_, i) => groups.slice(i * 8, i * 8 + 8).join('  '))
}

function drawSigning(pen: SheetPen, who: string, say: Say, box: HorizontalSpan, y: number): void {
  writeFitted(pen, who, { ...body, face: 'bold' }, box, y)
  writeFitted(pen, say('sign-how'), { ...body, face: 'italic' }, box, y + body.leading)
}

/** A QR code of rectangles, sharp at any size; neighbours of a row are one, so that no hairline parts them. */
function drawCode({ doc }: SheetPen, text: string, x: number, y: number): void {
  const { modules } = qrcode().create(text, { errorCorrectionLevel: 'M' })
  const side = codeSize / modules.size
  for (let row = 0; row < modules.size; row += 1) {
    let from = 0
    for (let col = 0; col <= modules.size; col += 1) {
      const isDark = col < modules.size && modules.get(row, col) === 1
      if (isDark) continue
      if (col > from) doc.rect(x + from * side, y + row * side, (col - from) * side, side)
      from = col + 1
    }
  }
  doc.fill('#000000')
}

import { buffer } from 'node:stream/consumers'
import type { Language } from '../../platform/pages/html.ts'
import { rehearsalText } from '../../platform/pages/rehearsal-mark.ts'
import type { QuickSheet } from '../contract.ts'
import {
  drawFramedText,
  drawLines,
  drawRule,
  openPen,
  page,
  pageWidth,
  type SheetPen,
  type SheetRun,
  type SheetType,
  widthOf,
  wrap,
  writeFitted,
  writeText,
} from './sheet-drawing.ts'
import type { SheetPaper } from './sheet-notes.ts'
import { dayText, fillSheetText, momentText, nameParts } from './sheet-numbers-and-days.ts'
import { drawFunnelAndNotes, drawMethod, drawReportStatus } from './sheet-pdf-funnel-notes-signing.ts'
import { drawTable } from './sheet-pdf-table.ts'
import { type Sentence, sentencesOf } from './sheet-sentence.ts'
import { sayMetric, saySheet } from './words.ts'

type Say = ReturnType<typeof saySheet>

const body: SheetType = { face: 'regular', size: 9.5, leading: 13.5 }
const strong: SheetType = { ...body, face: 'bold' }
const motto: SheetType = { ...body, face: 'semibold' }
const small: SheetType = { face: 'regular', size: 8, leading: 11.5 }
const title: SheetType = { face: 'bold', size: 15, leading: 22 }
const spoken: SheetType = { face: 'regular', size: 11, leading: 16.8 }
const spokenStrong: SheetType = { ...spoken, face: 'bold' }

/**
 * Quick statistics on A4, upright, black on white: what is read aloud, the units in administrative order, where people
 * stopped, what to note, how it is counted; a published sheet with its code, its fingerprint and room for two
 * signatures, another one marked as a draft. Heads repeat, no row is split. The same sheet and paper give the same
 * bytes.
 */
export function sheetPdf(sheet: QuickSheet, paper: SheetPaper, language: Language): NodeJS.ReadableStream {
  const say = saySheet(language)
  const name = fillSheetText(say('title'), { day: dayText(sheet.day, language) })
  const about = fillSheetText(say('title-unit'), { title: name, name: sheet.whole.unit.name })
  const pen = openPen({ title: about, author: paper.author, at: paper.printedAt, language })

  drawHead(pen, sheet, paper, say)
  drawTitle(pen, sheet, paper, language)
  drawSentences(pen, sentencesOf(sheet, language))
  const turn = () => turnSheetPage(pen, [about, sayMetric(language)(sheet.metric)].join(' · '), paper, say)
  drawTable(pen, sheet, language, turn)
  drawFunnelAndNotes(pen, sheet, paper, language, turn)
  drawMethod(pen, sheet, language, turn)
  drawReportStatus(pen, paper, say, turn)
  drawFeet(pen, paper, language)
  pen.doc.end()
  return pen.doc
}

/** The same as a file, which passes between threads. */
export const sheetPdfFile = (sheet: QuickSheet, paper: SheetPaper, language: Language): Promise<Buffer> =>
  buffer(sheetPdf(sheet, paper, language))

/** The unit and its campaign on the left, the state's name on the right, as official papers have it. */
function drawHead(pen: SheetPen, { whole, campaign }: QuickSheet, paper: SheetPaper, say: Say): void {
  const stateWidth = Math.max(widthOf(pen, say('state-name'), strong), widthOf(pen, say('state-motto'), motto))
  const left = { x: page.left, width: pageWidth - stateWidth - 24 }
  const right = { x: page.right - stateWidth, width: stateWidth, align: 'centre' as const }
  const [top, underState] = [pen.y, drawState(pen, whole.unit.name, paper, say, right)]

  pen.y = top
  writeText(pen, [{ text: whole.unit.name.toLocaleUpperCase('vi'), type: strong }], left)
  writeText(pen, [{ text: campaign.title, type: body }], left)
  drawMarks(pen, paper, say, page.left, pen.y + 2)
  pen.y = Math.max(pen.y + (markTexts(paper, say).length > 0 ? 16 : 0), underState) + 12
}

function drawState(
  pen: SheetPen,
  unitName: string,
  { printedAt }: SheetPaper,
  say: Say,
  box: { x: number; width: number; align: 'centre' },
): number {
  writeText(pen, [{ text: say('state-name'), type: strong }], box)
  writeText(pen, [{ text: say('state-motto'), type: motto }], box)
  const mottoWidth = widthOf(pen, say('state-motto'), motto)
  drawRule(pen, pen.y + 1, 0.7, { x: box.x + (box.width - mottoWidth) / 2, width: mottoWidth })
  pen.y += 4
  const place = nameParts(unitName)?.proper ?? unitName
  writeText(
    pen,
    [{ text: fillSheetText(say('place-day'), { place, ...dateParts(printedAt) }), type: { ...body, face: 'italic' } }],
    box,
  )
  return pen.y
}

/**
 * A day below ten and the first two months have a nought before them on official papers (decree 30/2020/NĐ-CP, annex
 * I).
 */
function dateParts(at: Date) {
  const [d = '', m = '', y = ''] = momentText(at, 'vi').day.split('/')
  return { day: momentText(at, 'en').day, d, m: Number(m) > 2 ? String(Number(m)) : m, y }
}

const markTexts = (paper: SheetPaper, say: Say) =>
  [paper.isDemonstration ? say('demonstration') : undefined, paper.published ? undefined : say('draft')].filter(
    text => text !== undefined,
  )

function drawMarks(pen: SheetPen, paper: SheetPaper, say: Say, from: number, y: number): void {
  let x = from
  for (const mark of markTexts(paper, say)) x = drawFramedText(pen, mark, { ...small, leading: 12 }, x, y) + 5
}

function drawTitle(pen: SheetPen, sheet: QuickSheet, { published }: SheetPaper, language: Language): void {
  const say = saySheet(language)
  const whole = { x: page.left, width: pageWidth, align: 'centre' as const }
  const known = fillSheetText(say('known-at'), {
    ...momentText(new Date(sheet.knownAt), language),
    edition: String(sheet.edition),
  })
  const standing = published && fillSheetText(say('issue'), { issue: String(published.issue) })
  const group = sheet.band && fillSheetText(say('band'), { name: sheet.band.name })
  writeText(
    pen,
    [{ text: fillSheetText(say('title-paper'), { day: dayText(sheet.day, language) }), type: title }],
    whole,
  )
  writeText(
    pen,
    [{ text: [`${sayMetric(language)(sheet.metric)}.`, group].filter(Boolean).join(' '), type: body }],
    whole,
  )
  writeText(pen, [{ text: [known, standing].filter(Boolean).join(' '), type: body }], whole)
  pen.y += 8
}

const sentenceRuns = (sentence: Sentence): SheetRun[] =>
  sentence.map(({ text, isStrong }) => ({ text, type: isStrong ? spokenStrong : spoken }))

/** What will be read aloud. */
function drawSentences(pen: SheetPen, sentences: readonly Sentence[]): void {
  drawRule(pen, pen.y, 0.8)
  pen.y += 7
  const runs = sentences.flatMap((sentence, i) => [
    ...(i > 0 ? [{ text: ' ', type: spoken }] : []),
    ...sentenceRuns(sentence),
  ])
  writeText(pen, runs, { x: page.left, width: pageWidth })
  pen.y += 7
  drawRule(pen, pen.y, 0.8)
  pen.y += 8
}

/** A following page says in one line what it belongs to. */
function turnSheetPage(pen: SheetPen, about: string, paper: SheetPaper, say: Say): void {
  pen.doc.addPage()
  pen.y = page.top
  const marks = markTexts(paper, say)
  const marksWidth = marks.reduce((sum, mark) => sum + widthOf(pen, mark, small) + 13, 0)
  drawMarks(pen, paper, say, page.right - marksWidth + 5, pen.y)
  writeText(pen, [{ text: about, type: small }], { x: page.left, width: pageWidth - marksWidth - 8 })
  pen.y += 8
}

/** Page x of y can be written only when all pages are there. */
function drawFeet(pen: SheetPen, { author, printedAt }: SheetPaper, language: Language): void {
  const say = saySheet(language)
  const { count: pages } = pen.doc.bufferedPageRange()
  const y = page.bottom + 7
  const rehearsal = rehearsalText(language)
  for (let i = 0; i < pages; i += 1) {
    pen.doc.switchToPage(i)
    if (rehearsal) writeFitted(pen, rehearsal, small, { x: page.left, width: pageWidth, align: 'centre' }, page.top / 3)
    drawRule(pen, page.bottom + 4, 0.4)
    drawLines(pen, wrap(pen, [{ text: say('foot-house'), type: small }], 130), { x: page.left, width: 130 }, y)
    const printed = fillSheetText(say('foot-printed'), { ...momentText(printedAt, language), author })
    const middle = { x: page.left + 130, width: pageWidth - 200, align: 'centre' as const }
    drawLines(pen, wrap(pen, [{ text: printed, type: small }], middle.width), middle, y)
    const number = fillSheetText(say('foot-page'), { page: String(i + 1), pages: String(pages) })
    writeFitted(pen, number, small, { x: page.right - 70, width: 70, align: 'right' }, y)
  }
}

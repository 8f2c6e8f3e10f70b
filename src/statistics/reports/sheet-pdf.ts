import type { Language } from '../../platform/pages/html.ts'
import type { QuickSheet } from '../contract.ts'
import { dayText, filled, momentOf, nameParts, type Paper } from './sheet-paper.ts'
import { drawFunnelAndNotes, drawMethod, drawStanding } from './sheet-pdf-below.ts'
import { drawTable } from './sheet-pdf-table.ts'
import {
  drawLines,
  frame,
  openPen,
  type Pen,
  page,
  pageWidth,
  type Run,
  rule,
  type Type,
  widthOf,
  wrap,
  write,
  writeFitted,
} from './sheet-pen.ts'
import { type Sentence, sentencesOf } from './sheet-sentence.ts'
import { sayMetric, saySheet } from './words.ts'

type Say = ReturnType<typeof saySheet>

const body: Type = { face: 'regular', size: 9.5, leading: 13.5 }
const strong: Type = { ...body, face: 'bold' }
const motto: Type = { ...body, face: 'semibold' }
const small: Type = { face: 'regular', size: 8, leading: 11.5 }
const title: Type = { face: 'bold', size: 15, leading: 22 }
const spoken: Type = { face: 'regular', size: 11, leading: 16.8 }
const spokenStrong: Type = { ...spoken, face: 'bold' }

/**
 * Quick statistics on A4, upright, black on white: what is read aloud, the units in administrative order, where people
 * stopped, what to note, how it is counted; a published sheet with its code, its fingerprint and room for two
 * signatures, another one marked as a draft. Heads repeat, no row is split. The same sheet and paper give the same
 * bytes.
 */
export function sheetPdf(sheet: QuickSheet, paper: Paper, language: Language): NodeJS.ReadableStream {
  const say = saySheet(language)
  const name = filled(say('title'), { day: dayText(sheet.day) })
  const about = filled(say('title-unit'), { title: name, name: sheet.whole.unit.name })
  const pen = openPen({ title: about, author: paper.author, at: paper.printedAt, language })

  drawHead(pen, sheet, paper, say)
  drawTitle(pen, sheet, paper, language)
  drawSentences(pen, sentencesOf(sheet, language))
  const turn = () => turnPage(pen, [about, sayMetric(language)(sheet.metric)].join(' · '), paper, say)
  drawTable(pen, sheet, language, turn)
  drawFunnelAndNotes(pen, sheet, paper, language, turn)
  drawMethod(pen, sheet, language, turn)
  drawStanding(pen, paper, say, turn)
  drawFeet(pen, paper, say)
  pen.doc.end()
  return pen.doc
}

/** The unit and its campaign on the left, the state's name on the right, as official papers have it. */
function drawHead(pen: Pen, { whole, campaign }: QuickSheet, paper: Paper, say: Say): void {
  const stateWidth = Math.max(widthOf(pen, say('state-name'), strong), widthOf(pen, say('state-motto'), motto))
  const left = { x: page.left, width: pageWidth - stateWidth - 24 }
  const right = { x: page.right - stateWidth, width: stateWidth, align: 'centre' as const }
  const [top, underState] = [pen.y, drawState(pen, whole.unit.name, paper, say, right)]

  pen.y = top
  write(pen, [{ text: whole.unit.name.toLocaleUpperCase('vi'), type: strong }], left)
  write(pen, [{ text: campaign.title, type: body }], left)
  drawMarks(pen, paper, say, page.left, pen.y + 2)
  pen.y = Math.max(pen.y + (marksOf(paper, say).length > 0 ? 16 : 0), underState) + 12
}

function drawState(
  pen: Pen,
  unitName: string,
  { printedAt }: Paper,
  say: Say,
  box: { x: number; width: number; align: 'centre' },
): number {
  write(pen, [{ text: say('state-name'), type: strong }], box)
  write(pen, [{ text: say('state-motto'), type: motto }], box)
  const mottoWidth = widthOf(pen, say('state-motto'), motto)
  rule(pen, pen.y + 1, 0.7, { x: box.x + (box.width - mottoWidth) / 2, width: mottoWidth })
  pen.y += 4
  const place = nameParts(unitName)?.proper ?? unitName
  write(
    pen,
    [{ text: filled(say('place-day'), { place, ...datedOf(printedAt) }), type: { ...body, face: 'italic' } }],
    box,
  )
  return pen.y
}

/**
 * A day below ten and the first two months have a nought before them on official papers (decree 30/2020/NĐ-CP, annex
 * I).
 */
function datedOf(at: Date) {
  const { day } = momentOf(at)
  const [d = '', m = '', y = ''] = day.split('/')
  return { day, d, m: Number(m) > 2 ? String(Number(m)) : m, y }
}

const marksOf = (paper: Paper, say: Say) =>
  [paper.isDemonstration ? say('demonstration') : undefined, paper.published ? undefined : say('draft')].filter(
    text => text !== undefined,
  )

function drawMarks(pen: Pen, paper: Paper, say: Say, from: number, y: number): void {
  let x = from
  for (const mark of marksOf(paper, say)) x = frame(pen, mark, { ...small, leading: 12 }, x, y) + 5
}

function drawTitle(pen: Pen, sheet: QuickSheet, { published }: Paper, language: Language): void {
  const say = saySheet(language)
  const whole = { x: page.left, width: pageWidth, align: 'centre' as const }
  const known = filled(say('known-at'), { ...momentOf(new Date(sheet.knownAt)), edition: String(sheet.edition) })
  const standing = published && filled(say('issue'), { issue: String(published.issue) })
  const group = sheet.band && filled(say('band'), { name: sheet.band.name })
  write(pen, [{ text: filled(say('title-paper'), { day: dayText(sheet.day) }), type: title }], whole)
  write(pen, [{ text: [`${sayMetric(language)(sheet.metric)}.`, group].filter(Boolean).join(' '), type: body }], whole)
  write(pen, [{ text: [known, standing].filter(Boolean).join(' '), type: body }], whole)
  pen.y += 8
}

const runsOf = (sentence: Sentence): Run[] =>
  sentence.map(({ text, isStrong }) => ({ text, type: isStrong ? spokenStrong : spoken }))

/** What will be read aloud. */
function drawSentences(pen: Pen, sentences: readonly Sentence[]): void {
  rule(pen, pen.y, 0.8)
  pen.y += 7
  const runs = sentences.flatMap((sentence, i) => [
    ...(i > 0 ? [{ text: ' ', type: spoken }] : []),
    ...runsOf(sentence),
  ])
  write(pen, runs, { x: page.left, width: pageWidth })
  pen.y += 7
  rule(pen, pen.y, 0.8)
  pen.y += 8
}

/** A following page says in one line what it belongs to. */
function turnPage(pen: Pen, about: string, paper: Paper, say: Say): void {
  pen.doc.addPage()
  pen.y = page.top
  const marks = marksOf(paper, say)
  const marksWidth = marks.reduce((sum, mark) => sum + widthOf(pen, mark, small) + 13, 0)
  drawMarks(pen, paper, say, page.right - marksWidth + 5, pen.y)
  write(pen, [{ text: about, type: small }], { x: page.left, width: pageWidth - marksWidth - 8 })
  pen.y += 8
}

/** Page x of y can be written only when all pages are there. */
function drawFeet(pen: Pen, { author, printedAt }: Paper, say: Say): void {
  const { count: pages } = pen.doc.bufferedPageRange()
  const y = page.bottom + 7
  for (let i = 0; i < pages; i += 1) {
    pen.doc.switchToPage(i)
    rule(pen, page.bottom + 4, 0.4)
    drawLines(pen, wrap(pen, [{ text: say('foot-house'), type: small }], 130), { x: page.left, width: 130 }, y)
    const printed = filled(say('foot-printed'), { ...momentOf(printedAt), author })
    const middle = { x: page.left + 130, width: pageWidth - 200, align: 'centre' as const }
    drawLines(pen, wrap(pen, [{ text: printed, type: small }], middle.width), middle, y)
    const number = filled(say('foot-page'), { page: String(i + 1), pages: String(pages) })
    writeFitted(pen, number, small, { x: page.right - 70, width: 70, align: 'right' }, y)
  }
}

import PDFDocument from 'pdfkit'
import { qrPath } from '../pages/qr-path.ts'
import { codePointOf, digitCell, type FontFace, fontFiles, fontOf } from './font.ts'
import { pathOperators } from './path-operators.ts'
import { paperProblem } from './problem.ts'
import {
  baselineOf,
  type Hand,
  heightOf,
  type LineOf,
  linesOf,
  type RunOf,
  type Span,
  setLines,
  startOf,
  type TypeOf,
} from './text-lines.ts'

/**
 * Papers that are printed: pages, text with its lines, rules, QR codes, pictures. Black on white, no fills
 * (docs/design.md, Paper). Lengths are points, y is from the top; text that has no glyph is refused
 * (paper-text-unprintable), none is cut.
 */

export type Type = TypeOf<FontFace>
export type Run = RunOf<Type>
export type Line = LineOf<Type>
export { heightOf, type Span }
export type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** A paper under way: `y` is where the next thing goes. */
export type Paper = {
  readonly doc: PDFKit.PDFDocument
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** All lengths on the paper are so many times as long in print. */
  readonly zoom: number
  y: number
}

export const mm = 72 / 25.4

/** Width and height in millimetres (ISO 216). */
export const sheets = { a4: [210, 297], a5: [148, 210] } as const

/** `size` and `margin` in millimetres. `zoom` below 1 makes all of a small sheet smaller. */
export type PaperAbout = {
  readonly title: string
  readonly at: Date
  readonly size: readonly [width: number, height: number]
  readonly margin?: number
  readonly zoom?: number
}

export function openPaper({ title, at, size: [width, height], margin = 14, zoom = 1 }: PaperAbout): Paper {
  const size: [number, number] = [width * mm, height * mm]
  const info = { Title: title, Creator: 'Dinhdanh', Producer: 'Dinhdanh', CreationDate: at, ModDate: at }
  const doc = new PDFDocument({
    size,
    margin: 0,
    bufferPages: true,
    lang: 'vi',
    displayTitle: true,
    font: fontFiles.regular,
    info,
  })
  doc.scale(zoom)
  const edge = (margin * mm) / zoom
  return { doc, left: edge, right: size[0] / zoom - edge, top: edge, bottom: size[1] / zoom - edge, zoom, y: edge }
}

export const wholeWidth = ({ left, right }: Paper): Span => ({ x: left, width: right - left })

export function newPage(paper: Paper): void {
  const { width, height } = paper.doc.page
  paper.doc.addPage({ size: [width, height], margin: 0 }).scale(paper.zoom)
  paper.y = paper.top
}

/** Goes on a new page where less than `height` is left on this one. */
export function need(paper: Paper, height: number): 'same page' | 'new page' {
  if (paper.y + height <= paper.bottom) return 'same page'
  newPage(paper)
  return 'new page'
}

const known = new Set<string>()

/** NFC; refuses signs that the face has not. */
function printable(face: FontFace, text: string): string {
  const clean = text.normalize('NFC')
  const signs = [...new Set(clean)].filter(
    sign => !/\s/.test(sign) && !known.has(face + sign) && fontOf(face).charToGlyph(sign).name === '.notdef',
  )
  if (signs.length > 0) throw paperProblem('paper-text-unprintable', { signs: signs.map(codePointOf) })
  for (const sign of clean) known.add(face + sign)
  return clean
}

const set = ({ doc }: Paper, { face, size }: Type) => doc.font(fontFiles[face], size)
export const widthOf = (paper: Paper, text: string, type: Type) => set(paper, type).widthOfString(text)

const options = { lineBreak: false, baseline: 'alphabetic' } as const
const handOf = (paper: Paper): Hand<Type> => ({
  widthOf: (text, type) => widthOf(paper, text, type),
  put: (text, type, x, y) => set(paper, type).text(text, x, y, options),
})

/** Breaks text into lines of a width; refuses signs that a face has not (paper-text-unprintable). */
export const wrap = (paper: Paper, runs: readonly Run[], width: number): Line[] =>
  linesOf(
    handOf(paper),
    runs.map(({ text, type }) => ({ text: printable(type.face, text), type })),
    width,
  )

/** Draws lines from `y` down, and gives where they end. */
export const drawLines = (paper: Paper, lines: readonly Line[], span: Span, y: number): number =>
  setLines(handOf(paper), lines, span, y)

const runsOf = (text: string | readonly Run[], type: Type): readonly Run[] =>
  typeof text === 'string' ? [{ text, type }] : text

/** A paragraph at the pen, which goes on below it; on a new page where it has no room. */
export function write(paper: Paper, text: string | readonly Run[], type: Type, span: Span = wholeWidth(paper)): void {
  const lines = wrap(paper, runsOf(text, type), span.width)
  need(paper, Math.min(heightOf(lines), paper.bottom - paper.top))
  paper.y = drawLines(paper, lines, span, paper.y)
}

/** The same at a place of its own; gives where it ends. */
export const writeAt = (paper: Paper, text: string | readonly Run[], type: Type, span: Span, y: number): number =>
  drawLines(paper, wrap(paper, runsOf(text, type), span.width), span, y)

/** One line, made smaller where it would not fit, to a half of its size and no further (paper-text-too-long). */
export function writeFitted(paper: Paper, text: string, type: Type, span: Span, y: number): number {
  const clean = printable(type.face, text)
  const wide = widthOf(paper, clean, type)
  if (wide > 2 * span.width) throw paperProblem('paper-text-too-long', { letters: [...clean].length })
  const fitted = wide > span.width ? { ...type, size: (type.size * span.width) / wide } : type
  return drawLines(paper, [{ runs: [{ text: clean, type: fitted }], width: Math.min(wide, span.width) }], span, y)
}

const isDigit = (sign: string) => sign >= '0' && sign <= '9'

/**
 * One line in which digits stand under digits: numbers and dates in columns. Made smaller where it would not fit, as
 * `writeFitted` does.
 */
export function writeFigures(
  paper: Paper,
  text: string,
  type: Type,
  { x, width, align = 'left' }: Span,
  y: number,
): void {
  const clean = printable(type.face, text)
  const stepOf = (sign: string, { size, face }: Type) =>
    isDigit(sign) ? digitCell[face] * size : widthOf(paper, sign, { ...type, size })
  const wide = [...clean].reduce((sum, sign) => sum + stepOf(sign, type), 0)
  if (wide > 2 * width) throw paperProblem('paper-text-too-long', { letters: [...clean].length })

  const fitted = wide > width ? { ...type, size: (type.size * width) / wide } : type
  let at = startOf({ x, width, align }, Math.min(wide, width))
  for (const sign of clean) {
    const step = stepOf(sign, fitted)
    const within = (step - widthOf(paper, sign, fitted)) / 2
    if (sign !== ' ') set(paper, fitted).text(sign, at + within, baselineOf(y, type.leading, fitted.size), options)
    at += step
  }
}

export function rule({ doc }: Paper, y: number, weight: number, { x, width }: Span): void {
  doc
    .moveTo(x, y)
    .lineTo(x + width, y)
    .lineWidth(weight)
    .stroke('#000000')
}

export function dotted({ doc }: Paper, y: number, { x, width }: Span): void {
  doc
    .save()
    .moveTo(x, y)
    .lineTo(x + width, y)
    .lineWidth(0.6)
    .dash(0.6, { space: 2 })
    .stroke('#000000')
    .restore()
}

export function frame({ doc }: Paper, { x, y, width, height }: Area, weight = 0.5): void {
  doc.rect(x, y, width, height).lineWidth(weight).stroke('#000000')
}

/** A QR code of `size` points, its quiet zone of four modules within. */
export function drawQr({ doc }: Paper, text: string, x: number, y: number, size: number): void {
  const { d, size: modules } = qrPath(text)
  const module = size / (modules + 8)
  doc
    .save()
    .translate(x + 4 * module, y + 4 * module)
    .scale(module)
    .fillColor('#000000')
  doc
    .addContent(`${pathOperators(d)}
f`)
    .restore()
}

/** A picture that fills its area and is cut where it stands over, with a hairline around. */
export function drawImage(paper: Paper, bytes: Buffer, area: Area): void {
  const { x, y, width, height } = area
  const isKnown =
    bytes.subarray(0, 2).equals(Buffer.from('ffd8', 'hex')) ||
    bytes.subarray(0, 4).equals(Buffer.from('89504e47', 'hex'))
  if (!isKnown) throw paperProblem('paper-image-unreadable')
  paper.doc.save().rect(x, y, width, height).clip()
  paper.doc.image(bytes, x, y, { cover: [width, height], align: 'center', valign: 'center' })
  paper.doc.restore()
  frame(paper, area)
}

/** Draws what each page has at its foot, ends the file and gives it. */
export function finishPaper(paper: Paper, foot?: (page: number, pages: number) => void): Promise<Buffer> {
  const { doc } = paper
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<Buffer>((resolve, reject) =>
    doc.once('end', () => resolve(Buffer.concat(chunks))).once('error', reject),
  )
  const { count } = doc.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page)
    foot?.(page + 1, count)
  }
  doc.end()
  return ended
}

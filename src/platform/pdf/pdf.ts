import { qrPath } from '../pages/qr-path.ts'
import { rehearsalText } from '../pages/rehearsal-mark.ts'
import { codePointOf, digitCell, type FontFace, fontFiles, fontOf } from './font.ts'
import { pathOperators } from './path-operators.ts'
import { pdfkit } from './pdfkit.ts'
import { paperProblem } from './problems.ts'
import {
  baselineOf,
  drawTextLines,
  type HorizontalSpan,
  heightOf,
  layOutLines,
  startOf,
  type TextLineOf,
  type TextPen,
  type TextRunOf,
  type TextStyleOf,
} from './text-lines.ts'

/**
 * Papers that are printed: pages, text with its lines, rules, QR codes, pictures. Black on white, no fills
 * (docs/design.md, Paper). Lengths are points, y is from the top; text that has no glyph is refused
 * (paper-text-unprintable), none is cut.
 */

export type PdfTextStyle = TextStyleOf<FontFace> & {
  /** Each letter keeps its own shape: of what is typed from paper, "fi" and "ff" stand as two letters. */
  readonly ligatures?: 'none'
}
export type TextRun = TextRunOf<PdfTextStyle>
export type TextLine = TextLineOf<PdfTextStyle>
export { type HorizontalSpan, heightOf }
export type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** A paper under way: `y` is where the next thing goes. */
export type PdfPaper = {
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
export type PdfPaperOptions = {
  readonly title: string
  readonly at: Date
  readonly size: readonly [width: number, height: number]
  readonly margin?: number
  readonly zoom?: number
}

export function openPaper({ title, at, size: [width, height], margin = 14, zoom = 1 }: PdfPaperOptions): PdfPaper {
  const size: [number, number] = [width * mm, height * mm]
  const info = { Title: title, Creator: 'Dinhdanh', Producer: 'Dinhdanh', CreationDate: at, ModDate: at }
  const PDFDocument = pdfkit()
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

export const wholeWidth = ({ left, right }: PdfPaper): HorizontalSpan => ({ x: left, width: right - left })

export function newPage(paper: PdfPaper): void {
  const { width, height } = paper.doc.page
  paper.doc.addPage({ size: [width, height], margin: 0 }).scale(paper.zoom)
  paper.y = paper.top
}

/** Goes on a new page where less than `height` is left on this one. */
export function ensureHeight(paper: PdfPaper, height: number): 'same page' | 'new page' {
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

const selectStyle = ({ doc }: PdfPaper, { face, size }: PdfTextStyle) => doc.font(fontFiles[face], size)

const options = { lineBreak: false, baseline: 'alphabetic' } as const
/** fontkit is handed the list of features as it is: a list can only ask for more, and this form takes one away. */
const withoutLigatures = { ...options, features: { liga: false } as unknown as PDFKit.Mixins.OpenTypeFeatures[] }
const optionsOf = ({ ligatures }: PdfTextStyle) => (ligatures === 'none' ? withoutLigatures : options)

export const textWidth = (paper: PdfPaper, text: string, type: PdfTextStyle) =>
  selectStyle(paper, type).widthOfString(text, optionsOf(type))

const textPenOf = (paper: PdfPaper): TextPen<PdfTextStyle> => ({
  widthOf: (text, type) => textWidth(paper, text, type),
  put: (text, type, x, y) => selectStyle(paper, type).text(text, x, y, optionsOf(type)),
})

/** Breaks text into lines of a width; refuses signs that a face has not (paper-text-unprintable). */
export const wrapText = (paper: PdfPaper, runs: readonly TextRun[], width: number): TextLine[] =>
  layOutLines(
    textPenOf(paper),
    runs.map(({ text, type }) => ({ text: printable(type.face, text), type })),
    width,
  )

/** Draws lines from `y` down, and gives where they end. */
export const drawLines = (paper: PdfPaper, lines: readonly TextLine[], span: HorizontalSpan, y: number): number =>
  drawTextLines(textPenOf(paper), lines, span, y)

const runsOf = (text: string | readonly TextRun[], type: PdfTextStyle): readonly TextRun[] =>
  typeof text === 'string' ? [{ text, type }] : text

/** A paragraph at the pen, which goes on below it; on a new page where it has no room. */
export function writeText(
  paper: PdfPaper,
  text: string | readonly TextRun[],
  type: PdfTextStyle,
  span: HorizontalSpan = wholeWidth(paper),
): void {
  const lines = wrapText(paper, runsOf(text, type), span.width)
  ensureHeight(paper, Math.min(heightOf(lines), paper.bottom - paper.top))
  paper.y = drawLines(paper, lines, span, paper.y)
}

/** The same at a place of its own; gives where it ends. */
export const writeAt = (
  paper: PdfPaper,
  text: string | readonly TextRun[],
  type: PdfTextStyle,
  span: HorizontalSpan,
  y: number,
): number => drawLines(paper, wrapText(paper, runsOf(text, type), span.width), span, y)

/** One line, made smaller where it would not fit, to a half of its size and no further (paper-text-too-long). */
export function writeFitted(
  paper: PdfPaper,
  text: string,
  type: PdfTextStyle,
  span: HorizontalSpan,
  y: number,
): number {
  const clean = printable(type.face, text)
  const wide = textWidth(paper, clean, type)
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
  paper: PdfPaper,
  text: string,
  type: PdfTextStyle,
  { x, width, align = 'left' }: HorizontalSpan,
  y: number,
): void {
  const clean = printable(type.face, text)
  const stepOf = (sign: string, { size, face }: PdfTextStyle) =>
    isDigit(sign) ? digitCell[face] * size : textWidth(paper, sign, { ...type, size })
  const wide = [...clean].reduce((sum, sign) => sum + stepOf(sign, type), 0)
  if (wide > 2 * width) throw paperProblem('paper-text-too-long', { letters: [...clean].length })

  const fitted = wide > width ? { ...type, size: (type.size * width) / wide } : type
  let at = startOf({ x, width, align }, Math.min(wide, width))
  for (const sign of clean) {
    const step = stepOf(sign, fitted)
    const within = (step - textWidth(paper, sign, fitted)) / 2
    if (sign !== ' ')
      selectStyle(paper, fitted).text(sign, at + within, baselineOf(y, type.leading, fitted.size), options)
    at += step
  }
}

export function drawRule({ doc }: PdfPaper, y: number, weight: number, { x, width }: HorizontalSpan): void {
  doc
    .moveTo(x, y)
    .lineTo(x + width, y)
    .lineWidth(weight)
    .stroke('#000000')
}

export function drawDottedRule({ doc }: PdfPaper, y: number, { x, width }: HorizontalSpan): void {
  doc
    .save()
    .moveTo(x, y)
    .lineTo(x + width, y)
    .lineWidth(0.6)
    .dash(0.6, { space: 2 })
    .stroke('#000000')
    .restore()
}

export function drawFrame({ doc }: PdfPaper, { x, y, width, height }: Area, weight = 0.5): void {
  doc.rect(x, y, width, height).lineWidth(weight).stroke('#000000')
}

/** A QR code of `size` points, its quiet zone of four modules within. */
export function drawQr({ doc }: PdfPaper, text: string, x: number, y: number, size: number): void {
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
export function drawImage(paper: PdfPaper, bytes: Buffer, area: Area): void {
  const { x, y, width, height } = area
  const isKnown =
    bytes.subarray(0, 2).equals(Buffer.from('ffd8', 'hex')) ||
    bytes.subarray(0, 4).equals(Buffer.from('89504e47', 'hex'))
  if (!isKnown) throw paperProblem('paper-image-unreadable')
  paper.doc.save().rect(x, y, width, height).clip()
  paper.doc.image(bytes, x, y, { cover: [width, height], align: 'center', valign: 'center' })
  paper.doc.restore()
  drawFrame(paper, area)
}

/** On top of every sheet of a rehearsal: that it is one. */
function markRehearsal(paper: PdfPaper): void {
  const text = rehearsalText('vi')
  if (text) writeAt(paper, text, { face: 'semibold', size: 8, leading: 10 }, wholeWidth(paper), paper.top / 3)
}

/** Draws what each page has at its foot, ends the file and gives it. */
export function finishPaper(paper: PdfPaper, foot?: (page: number, pages: number) => void): Promise<Buffer> {
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
    markRehearsal(paper)
  }
  doc.end()
  return ended
}

import { createRequire } from 'node:module'
import { pdfkit } from '../../platform/pdf/pdfkit.ts'
import {
  drawTextLines,
  type HorizontalSpan,
  heightOf,
  layOutLines,
  type TextLineOf,
  type TextPen,
  type TextRunOf,
  type TextStyleOf,
} from '../../platform/pdf/text-lines.ts'
import { figuresFont } from './figures-font.ts'

type Pdf = PDFKit.PDFDocument

const { resolve } = createRequire(import.meta.url)
const fileOf = (name: string) => resolve(`@expo-google-fonts/be-vietnam-pro/${name}/BeVietnamPro_${name}.ttf`)

const faces = {
  regular: fileOf('400Regular'),
  semibold: fileOf('600SemiBold'),
  bold: fileOf('700Bold'),
  italic: fileOf('400Regular_Italic'),
} as const
type TextFace = keyof typeof faces
export type SheetFace = TextFace | 'figures' | 'boldFigures'

/** Bolder digits need a little more room. Made when a first sheet is drawn, and kept. */
const makeFigures = () => ({
  figures: figuresFont(faces.regular, 'Regular', 0.62),
  boldFigures: figuresFont(faces.bold, 'Bold', 0.635),
})
let figures: ReturnType<typeof makeFigures> | undefined
const figureFaces: Record<SheetFace, 'figures' | 'boldFigures'> = {
  regular: 'figures',
  semibold: 'boldFigures',
  bold: 'boldFigures',
  italic: 'figures',
  figures: 'figures',
  boldFigures: 'boldFigures',
}

export type SheetType = TextStyleOf<SheetFace>
export type SheetRun = TextRunOf<SheetType>
export type SheetLine = TextLineOf<SheetType>
export type { HorizontalSpan }
export { heightOf }

/** A sheet of A4 under way: `y` is where the next thing goes, points from the top. */
export type SheetPen = { readonly doc: Pdf; y: number }

export const page = { width: 595.28, height: 841.89, left: 39.7, right: 555.58, top: 39.7, bottom: 797 } as const
export const pageWidth = page.right - page.left

export type SheetDocumentInfo = {
  readonly title: string
  readonly author: string
  readonly at: Date
  readonly language: string
}

export function openPen({ title, author, at, language }: SheetDocumentInfo): SheetPen {
  const PDFDocument = pdfkit()
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    lang: language,
    displayTitle: true,
    font: faces.regular,
    info: { Title: title, Author: author, Creator: 'Dinhdanh', Producer: 'Dinhdanh', CreationDate: at, ModDate: at },
  })
  figures ??= makeFigures()
  for (const [face, font] of Object.entries(figures)) doc.registerFont(face, font)
  return { doc, y: page.top }
}

/** pdfkit keeps each font open under the name that it is given here. */
const setType = (doc: Pdf, { face, size }: SheetType) => doc.font(isTextFace(face) ? faces[face] : face, size)
const isTextFace = (face: SheetFace): face is TextFace => Object.hasOwn(faces, face)
export const widthOf = ({ doc }: SheetPen, text: string, type: SheetType) => setType(doc, type).widthOfString(text)

const handOf = (pen: SheetPen): TextPen<SheetType> => ({
  widthOf: (text, type) => widthOf(pen, text, type),
  put: (text, type, x, y) => setType(pen.doc, type).text(text, x, y, { lineBreak: false, baseline: 'alphabetic' }),
})

/** Breaks text into lines of a width; nothing of it is lost. */
export const wrap = (pen: SheetPen, runs: readonly SheetRun[], width: number): SheetLine[] =>
  layOutLines(handOf(pen), runs, width)

/** Draws lines from `y` down, and gives where they end. */
export const drawLines = (pen: SheetPen, lines: readonly SheetLine[], box: HorizontalSpan, y: number): number =>
  drawTextLines(handOf(pen), lines, box, y)

/** A paragraph at the pen, which goes on below it. */
export function writeText(pen: SheetPen, runs: readonly SheetRun[], box: HorizontalSpan): void {
  pen.y = drawLines(pen, wrap(pen, runs, box.width), box, pen.y)
}

/** One line, made smaller where it would not fit. */
export function writeFitted(pen: SheetPen, text: string, type: SheetType, box: HorizontalSpan, y: number): void {
  const wide = widthOf(pen, text, type)
  const fitted = wide > box.width ? { ...type, size: (type.size * box.width) / wide } : type
  drawLines(pen, [{ runs: [{ text, type: fitted }], width: Math.min(wide, box.width) }], box, y)
}

/** A number digit under digit, made smaller where it would not fit. */
export function writeFigure(pen: SheetPen, text: string, type: SheetType, box: HorizontalSpan, y: number): void {
  writeFitted(pen, text, { ...type, face: figureFaces[type.face] }, box, y)
}

export function drawRule(
  { doc }: SheetPen,
  y: number,
  weight: number,
  { x, width }: HorizontalSpan = { x: page.left, width: pageWidth },
): void {
  doc
    .moveTo(x, y)
    .lineTo(x + width, y)
    .lineWidth(weight)
    .stroke('#000000')
}

/** A mark of one or two words in a frame. Gives where it ends. */
export function drawFramedText(pen: SheetPen, text: string, type: SheetType, x: number, y: number): number {
  const width = widthOf(pen, text, type) + 8
  pen.doc.roundedRect(x, y, width, type.leading, 3).lineWidth(0.5).stroke('#000000')
  drawLines(pen, [{ runs: [{ text, type }], width }], { x: x + 4, width }, y)
  return x + width
}

/**
 * A ruler: filled = done, tick = plan, end stroke = target; all as shares of the target. Above 100 % the frame reaches
 * past the end stroke.
 */
export function drawRuler(
  { doc }: SheetPen,
  { x, width }: HorizontalSpan,
  y: number,
  height: number,
  { done, plan }: { done: number; plan?: number | undefined },
) {
  const scale = width / Math.max(1, done, plan ?? 0)
  doc.rect(x, y, width, height).lineWidth(0.5).stroke('#000000')
  if (done > 0) doc.rect(x, y, done * scale, height).fill('#000000')
  if (scale < width) {
    upright(doc, x + scale, y - 3, y + height + 3, 1.5, '#000000')
    upright(doc, x + scale, y, y + height, 1.5, '#ffffff')
  }
  if (plan !== undefined) upright(doc, x + plan * scale, y - 2.5, y + height + 2.5, 0.9, '#000000')
}

function upright(doc: Pdf, x: number, from: number, to: number, weight: number, colour: string): void {
  doc.moveTo(x, from).lineTo(x, to).lineWidth(weight).stroke(colour)
}

import { setImmediate, setTimeout } from 'node:timers/promises'
import { pathOperators } from '../../platform/pdf/path-operators.ts'
import { pdfkit } from '../../platform/pdf/pdfkit.ts'
import type { PrintedFace } from './printed-card.ts'
import { drawPrintedFace } from './printed-face.ts'
import { card, type Shape, type Side } from './shape.ts'

/**
 * `card`: two pages of the card's size each. `a4`: sheets to try out and to cut, four cards on each, front and back
 * side by side, with crop marks.
 */
export type CardSheets = 'card' | 'a4'
type PdfForm = { readonly name: string; readonly ref: PDFKit.PDFKitReference }
export type CardPdf = {
  readonly doc: PDFKit.PDFDocument
  readonly sheets: CardSheets
  readonly forms: Map<string, PdfForm>
  cards: number
}

const pointsPerMillimetre = 72 / 25.4

/**
 * Opens a PDF of cards: pipe `doc` to its destination before the first card is added. The file has no bookmarks and no
 * names beside its pages.
 */
export function openCardPdf({
  sheets,
  title,
  at,
}: {
  readonly sheets: CardSheets
  readonly title: string
  readonly at: Date
}): CardPdf {
  const PDFDocument = pdfkit()
  const doc = new PDFDocument({
    autoFirstPage: false,
    margin: 0,
    lang: 'vi',
    info: { Title: title, Creator: 'Dinhdanh', Producer: 'Dinhdanh', CreationDate: at, ModDate: at },
  })
  return { doc, sheets, forms: new Map(), cards: 0 }
}

/** What all cards have is in the file once, as a form that their pages use (ISO 32000-1, 8.10). */
function drawForm({ doc, forms }: CardPdf, d: string, paint: 'f' | 'S'): void {
  const key = paint + d
  let form = forms.get(key)
  if (!form) {
    const ref = doc.ref({ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, card.width, card.height], Resources: {} })
    ref.end(`${pathOperators(d)}\n${paint}`)
    form = { name: `C${forms.size + 1}`, ref }
    forms.set(key, form)
  }
  doc.page.xobjects[form.name] = form.ref
  doc.addContent(`/${form.name} Do`)
}

function drawShape(pdf: CardPdf, shape: Shape): void {
  const { doc } = pdf
  if (shape.kind === 'image') {
    const { x, y, width, height } = shape.box
    doc.save().rect(x, y, width, height).clip()
    const size: [number, number] = [width, height]
    // The pictures stand upright whatever their camera says, as they do on a screen.
    const placing = { align: 'center', valign: 'center', ignoreOrientation: true } as const
    doc.image(shape.bytes, x, y, shape.fit === 'cover' ? { ...placing, cover: size } : { ...placing, fit: size })
    doc.restore()
    return
  }
  const { d, fill, stroke, opacity = 1, at, isFixed } = shape
  const draw = (paint: 'f' | 'S') =>
    isFixed ? drawForm(pdf, d, paint) : doc.addContent(`${pathOperators(d)}\n${paint}`)
  if (at) doc.save().translate(at.x, at.y).scale(at.unit)
  if (fill) {
    doc.fillColor(fill, opacity)
    draw('f')
  }
  if (stroke) {
    doc.lineWidth(stroke.width).strokeColor(stroke.ink)
    draw('S')
  }
  if (at) doc.restore()
}

/** `x`, `y` in millimetres. */
function drawSide(pdf: CardPdf, { shapes }: Side, x: number, y: number): void {
  const { doc } = pdf
  doc.save().scale(pointsPerMillimetre).translate(x, y)
  for (const shape of shapes) drawShape(pdf, shape)
  doc.restore()
}

const a4Sheet = { perPage: 4, left: 16.4, top: 20, across: 6, down: 10 } as const

/** Short strokes outside each corner, a millimetre off it, so that none is left on the cut card. */
function cropMarks(doc: PDFKit.PDFDocument, x: number, y: number): void {
  doc.save().scale(pointsPerMillimetre)
  for (const [cx, toX] of [
    [x, -1],
    [x + card.width, 1],
  ] as const)
    for (const [cy, toY] of [
      [y, -1],
      [y + card.height, 1],
    ] as const) {
      doc.moveTo(cx + toX, cy).lineTo(cx + toX * 2.8, cy)
      doc.moveTo(cx, cy + toY).lineTo(cx, cy + toY * 4)
    }
  doc.lineWidth(0.1).stroke('#000000').restore()
}

function addToSheet(pdf: CardPdf, sides: readonly Side[]): void {
  const { doc, cards } = pdf
  const row = cards % a4Sheet.perPage
  if (row === 0) doc.addPage({ size: 'A4', margin: 0 })
  const y = a4Sheet.top + row * (card.height + a4Sheet.down)
  for (const [at, side] of sides.entries()) {
    const x = a4Sheet.left + at * (card.width + a4Sheet.across)
    drawSide(pdf, side, x, y)
    cropMarks(doc, x, y)
  }
}

/** What may wait in memory for the one who reads the file. */
const maxBufferedBytes = 1 << 20

/**
 * Adds a card to a PDF, and waits for a slow reader, so that a batch of any size needs the memory of a few cards.
 * Refuses as `drawPrintedFace` does, before anything of the card is drawn.
 */
export async function addCard(pdf: CardPdf, face: PrintedFace): Promise<void> {
  const { front, back } = drawPrintedFace(face)
  if (pdf.sheets === 'a4') addToSheet(pdf, [front, back])
  else
    for (const side of [front, back]) {
      pdf.doc.addPage({ size: [card.width * pointsPerMillimetre, card.height * pointsPerMillimetre], margin: 0 })
      drawSide(pdf, side, 0, 0)
    }
  pdf.cards += 1
  await setImmediate()
  while (pdf.doc.readableLength > maxBufferedBytes && !pdf.doc.destroyed) await setTimeout(2)
}

/** Ends the file. */
export const closeCardPdf = ({ doc }: CardPdf) => doc.end()

/** One card as a whole file. */
export async function cardPdf(
  face: PrintedFace,
  { sheets = 'card', title = 'Dinhdanh', at }: { sheets?: CardSheets; title?: string; at: Date },
): Promise<Buffer> {
  const pdf = openCardPdf({ sheets, title, at })
  const chunks: Buffer[] = []
  pdf.doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise((resolve, reject) => pdf.doc.once('end', resolve).once('error', reject))
  await addCard(pdf, face)
  closeCardPdf(pdf)
  await ended
  return Buffer.concat(chunks)
}

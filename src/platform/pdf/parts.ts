import { types } from './letter-sizes.ts'
import {
  drawDottedRule,
  drawRule,
  ensureHeight,
  type HorizontalSpan,
  heightOf,
  type PdfPaper,
  type TextRun,
  textWidth,
  wholeWidth,
  wrapText,
  writeAt,
  writeText,
} from './pdf.ts'

/**
 * What papers of an office are put together from: the two columns of their heading, fields with their labels, columns
 * to sign.
 */

/** Lines of a column of the heading, centred; the last is underlined by a short rule. `isStrong` lines are bold. */
export type HeadingLine = { readonly text: string; readonly isStrong?: boolean }

function headingColumn(paper: PdfPaper, lines: readonly HeadingLine[], span: HorizontalSpan): number {
  let y = paper.y
  const centred = { ...span, align: 'centre' } as const
  for (const { text, isStrong } of lines) y = writeAt(paper, text, isStrong ? types.strong : types.text, centred, y)
  const last = lines.at(-1)
  const width = Math.min(span.width, last ? textWidth(paper, last.text, types.strong) * 0.6 : 0)
  drawRule(paper, y + 2, 0.6, { x: span.x + (span.width - width) / 2, width })
  return y + 4
}

/** The unit at the left, state and motto at the right, as official papers begin (NĐ30/2020, annex I). */
export function drawHeading(paper: PdfPaper, left: readonly HeadingLine[], right: readonly HeadingLine[]): void {
  const { x, width } = wholeWidth(paper)
  const share = width * 0.42
  const ends = [
    headingColumn(paper, left, { x, width: share }),
    headingColumn(paper, right, { x: x + share + 6, width: width - share - 6 }),
  ]
  paper.y = Math.max(...ends) + 8
}

export type Labelled = readonly [label: string, value: string]

/** "Label: value", the value stronger; a value that is empty leaves a dotted line to write on. */
export function drawField(paper: PdfPaper, [label, value]: Labelled, span: HorizontalSpan = wholeWidth(paper)): void {
  const runs: TextRun[] = [
    { text: `${label}:`, type: types.text },
    { text: ` ${value}`, type: types.strong },
  ]
  const top = paper.y
  writeText(paper, runs, types.text, span)
  if (value.trim()) return
  const used = textWidth(paper, `${label}: `, types.text)
  if (used < span.width - 20)
    drawDottedRule(paper, Math.max(top, paper.y - types.text.leading) + 11.5, {
      x: span.x + used,
      width: span.width - used,
    })
}

/** Fields side by side, each in its share of the width; the row is as high as the highest. */
export function drawFields(
  paper: PdfPaper,
  fields: readonly (readonly [...Labelled, share: number])[],
  span: HorizontalSpan = wholeWidth(paper),
): void {
  const gap = 10
  const shares = fields.reduce((sum, [, , share]) => sum + share, 0)
  const free = span.width - gap * (fields.length - 1)
  const spans = fields.map(([, , share]) => (free * share) / shares)
  const heights = fields.map(([label, value], i) =>
    heightOf(wrapText(paper, [{ text: `${label}: ${value}`, type: types.strong }], spans[i] ?? 0)),
  )
  ensureHeight(paper, Math.max(...heights))

  const top = paper.y
  let [x, bottom] = [span.x, top]
  for (const [i, [label, value]] of fields.entries()) {
    paper.y = top
    drawField(paper, [label, value], { x, width: spans[i] ?? 0 })
    bottom = Math.max(bottom, paper.y)
    x += (spans[i] ?? 0) + gap
  }
  paper.y = bottom
}

/** Who signs, in columns: title, what to do under it, room, and the name where it is known. */
export type SignatureField = { readonly title: string; readonly note: string; readonly name?: string | undefined }

export function drawSignatureFields(paper: PdfPaper, signers: readonly SignatureField[], room = 62): void {
  const height = 2 * types.strong.leading + types.note.leading + room + types.strong.leading
  ensureHeight(paper, height)
  const { x, width } = wholeWidth(paper)
  const each = width / signers.length
  const top = paper.y
  const ends = signers.map(({ title, note, name }, i) => {
    const span = { x: x + i * each + 4, width: each - 8, align: 'centre' } as const
    const under = writeAt(paper, note, types.note, span, writeAt(paper, title, types.strong, span, top))
    return name ? writeAt(paper, name, types.strong, span, under + room) : under + room
  })
  paper.y = Math.max(...ends)
}

/** At the foot of a page: what the paper is at the left, the page of all at the right. */
export function drawFoot(paper: PdfPaper, left: string, right: string): void {
  const { x, width } = wholeWidth(paper)
  const y = paper.bottom + 6
  const used = textWidth(paper, right, types.small) + 12
  writeAt(paper, left, types.small, { x, width: width - used }, y)
  writeAt(paper, right, types.small, { x: x + width - used, width: used, align: 'right' }, y)
}

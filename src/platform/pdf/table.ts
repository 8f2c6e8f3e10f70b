import {
  drawLines,
  drawRule,
  ensureHeight,
  type HorizontalSpan,
  heightOf,
  type PdfPaper,
  type PdfTextStyle,
  type TextLine,
  wholeWidth,
  wrapText,
  writeFigures,
} from './pdf.ts'

/** `share` is a column's part of the width. `figures` is one line with digits under digits. */
export type PdfColumn = {
  readonly title: string
  readonly share: number
  readonly align?: 'left' | 'centre' | 'right'
  readonly kind?: 'text' | 'figures'
}

export type TableStyles = { readonly head: PdfTextStyle; readonly cell: PdfTextStyle }

const padding = 3

type LaidOutCell = {
  readonly text: string
  readonly span: HorizontalSpan
  readonly lines: readonly TextLine[]
  readonly kind: 'text' | 'figures'
}
type LaidOutRow = { readonly cells: readonly LaidOutCell[]; readonly type: PdfTextStyle; readonly height: number }

function spansOf(paper: PdfPaper, columns: readonly PdfColumn[]): HorizontalSpan[] {
  const whole = wholeWidth(paper)
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  let x = whole.x
  return columns.map(({ share, align = 'left' }) => {
    const width = (whole.width * share) / shares
    const span = { x: x + padding, width: width - 2 * padding, align }
    x += width
    return span
  })
}

function drawRow(paper: PdfPaper, { cells, type, height }: LaidOutRow): void {
  for (const { text, span, lines, kind } of cells) {
    const top = paper.y + (height - heightOf(lines)) / 2
    if (kind === 'figures') writeFigures(paper, text, type, span, top)
    else drawLines(paper, lines, span, top)
  }
  paper.y += height
}

/**
 * In points: the least height of a row, room to sign in; and what is to follow on the page of the last row, so that no
 * signature stands on a page without any row.
 */
export type TableRoom = { readonly rowHeight?: number; readonly below?: number }

/**
 * A table over the whole width: its head again on each page, no row parted, rows by hairlines (docs/design.md, Paper).
 */
export function drawTable(
  paper: PdfPaper,
  columns: readonly PdfColumn[],
  rows: readonly (readonly string[])[],
  types: TableStyles,
  { rowHeight = 18, below = 0 }: TableRoom = {},
): void {
  const spans = spansOf(paper, columns)
  const rowOf = (
    texts: readonly string[],
    type: PdfTextStyle,
    kindOf: (column: PdfColumn) => LaidOutCell['kind'],
  ): LaidOutRow => {
    const cells = columns.map((column, i): LaidOutCell => {
      const [text, span, kind] = [texts[i] ?? '', spans[i]!, kindOf(column)]
      return {
        text,
        span,
        kind,
        lines: wrapText(paper, [{ text, type }], kind === 'figures' ? Number.POSITIVE_INFINITY : span.width),
      }
    })
    return { cells, type, height: Math.max(rowHeight, ...cells.map(({ lines }) => heightOf(lines) + 2 * padding)) }
  }
  const titles = columns.map(({ title }) => title)
  const head = rowOf(titles, types.head, () => 'text')
  const drawHead = () => {
    drawRule(paper, paper.y, 1.2, wholeWidth(paper))
    drawRow(paper, head)
    drawRule(paper, paper.y, 1.2, wholeWidth(paper))
  }

  ensureHeight(paper, head.height + rowHeight)
  drawHead()
  for (const [i, texts] of rows.entries()) {
    const row = rowOf(texts, types.cell, ({ kind = 'text' }) => kind)
    const isLast = i === rows.length - 1
    if (ensureHeight(paper, row.height + (isLast ? below : 0)) === 'new page') drawHead()
    drawRow(paper, row)
    drawRule(paper, paper.y, 0.5, wholeWidth(paper))
  }
}

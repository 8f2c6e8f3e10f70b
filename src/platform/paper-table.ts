import { drawLines, heightOf, type Line, need, type Paper, rule, type Type, wholeWidth, wrap, writeFigures } from './paper.ts'

/** `share` is a column's part of the width. `figures` is one line with digits under digits. */
export type Column = {
  readonly title: string
  readonly share: number
  readonly align?: 'left' | 'centre' | 'right'
  readonly kind?: 'text' | 'figures'
}

export type TableTypes = { readonly head: Type; readonly cell: Type }

const padding = 3

type Cell = { readonly lines: readonly Line[]; readonly text: string }

/**
 * A table over the whole width: its head again on each page, no row parted, rows by hairlines (docs/design.md, Paper). `rowHeight` is the least, in points:
 * room to sign in.
 */
export function drawTable(
  paper: Paper,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { head, cell }: TableTypes,
  rowHeight = 18,
): void {
  const whole = wholeWidth(paper)
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  let x = whole.x
  const spans = columns.map(({ share, align = 'left' }) => {
    const width = (whole.width * share) / shares
    const span = { x: x + padding, width: width - 2 * padding, align }
    x += width
    return span
  })

  const cellsOf = (texts: readonly string[], type: Type): Cell[] =>
    spans.map((span, i) => {
      const text = texts[i] ?? ''
      return { text, lines: wrap(paper, [{ text, type }], columns[i]?.kind === 'figures' ? Number.POSITIVE_INFINITY : span.width) }
    })
  const heightOfRow = (cells: readonly Cell[]) => Math.max(rowHeight, ...cells.map(({ lines }) => heightOf(lines) + 2 * padding))

  const drawRow = (cells: readonly Cell[], type: Type, height: number, isHead: boolean) => {
    for (const [i, { text, lines }] of cells.entries()) {
      const span = spans[i]!
      const top = paper.y + (height - heightOf(lines)) / 2
      if (!isHead && columns[i]?.kind === 'figures') writeFigures(paper, text, type, span, top)
      else drawLines(paper, lines, span, top)
    }
    paper.y += height
  }

  const titles = cellsOf(columns.map(({ title }) => title), head) // biome-ignore format: one line
  const drawHead = () => {
    rule(paper, paper.y, 1.2, whole)
    drawRow(titles, head, heightOfRow(titles), true)
    rule(paper, paper.y, 1.2, whole)
  }

  need(paper, heightOfRow(titles) + rowHeight)
  drawHead()
  for (const texts of rows) {
    const cells = cellsOf(texts, cell)
    const height = heightOfRow(cells)
    const before = paper.doc.bufferedPageRange().count
    need(paper, height)
    if (paper.doc.bufferedPageRange().count > before) drawHead()
    drawRow(cells, cell, height, false)
    rule(paper, paper.y, 0.5, whole)
  }
}

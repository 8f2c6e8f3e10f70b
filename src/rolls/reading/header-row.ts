import { cellAt, type GridRow, textOf } from './grid.ts'
import { fieldOf, type Heading } from './heading-words.ts'

/** The header of a stretch of rows: its first and last row as indexes, and the words above each column. */
export type RollHeader = {
  readonly first: number
  readonly last: number
  readonly words: ReadonlyMap<number, string>
  readonly headings: ReadonlyMap<number, Heading>
}

const mayBeHeader = ({ cells }: GridRow) =>
  cells.length >= 2 &&
  cells.every(
    cell =>
      cell.kind !== 'date' && !(cell.kind === 'number') && !/^[\d\s./-]+$/.test(cell.text) && cell.text.length < 120,
  )

/** Of the fields that a header must name, those that are there; two are enough. */
const decisiveHeadings: readonly Heading[] = [
  'name',
  'given',
  'family-middle',
  'birth',
  'birth-year',
  'birth-day',
  'number',
  'number?',
  'old-number',
  'sex',
  'female',
  'class',
  'index',
  'ministry-id',
  'father',
  'mother',
  'phone',
  'residence',
  'residence-permanent',
]
const nameHeadings: readonly Heading[] = ['name', 'given', 'family-middle', 'number', 'number?', 'birth']

function headingScore(headings: ReadonlyMap<number, Heading>): number {
  const distinct = new Set(headings.values())
  const known = decisiveHeadings.filter(heading => distinct.has(heading)).length
  return nameHeadings.some(heading => distinct.has(heading)) ? known : 0
}

function singleRowHeader(row: GridRow) {
  const words = new Map<number, string>()
  const headings = new Map<number, Heading>()
  for (const cell of row.cells) {
    words.set(cell.column, textOf(cell))
    const heading = fieldOf(textOf(cell))
    if (heading) headings.set(cell.column, heading)
  }
  return { words, headings }
}

/**
 * Words that stand over several columns are in the first of them only; those to the right with words of their own below
 * share them.
 */
function twoRowHeader(upper: GridRow, lower: GridRow) {
  const words = new Map<number, string>()
  const headings = new Map<number, Heading>()
  const columns = [...new Set([...upper.cells, ...lower.cells].map(({ column }) => column))].sort((a, b) => a - b)
  let over = ''
  let before = 0
  for (const column of columns) {
    const [above, below] = [textOf(cellAt(upper, column)), textOf(cellAt(lower, column))]
    if (above) over = below ? above : ''
    else if (column !== before + 1) over = ''
    before = column
    words.set(column, [above || (below ? over : ''), below].filter(Boolean).join(' '))
    const heading = below ? fieldOf(below, over) : fieldOf(above)
    if (heading) headings.set(column, heading)
  }
  return { words, headings }
}

/** The header that begins at a row, if one does: of one row, or of two where the second divides the first. */
export function headerAt(rows: readonly GridRow[], at: number): RollHeader | undefined {
  const row = rows[at]
  if (!row || !mayBeHeader(row)) return undefined
  const one = singleRowHeader(row)
  const next = rows[at + 1]
  const isPair =
    next &&
    next.row === row.row + 1 &&
    maySubdivideHeader(next) &&
    headingScore(singleRowHeader(next).headings) < headingScore(one.headings)
  if (isPair) {
    const two = twoRowHeader(row, next)
    if (
      headingScore(two.headings) >= 2 &&
      two.headings.size > one.headings.size &&
      areMostlyHeadings(two.headings, two.words)
    )
      return { first: at, last: at + 1, ...two }
  }
  return headingScore(one.headings) >= 2 && areMostlyHeadings(one.headings, one.words)
    ? { first: at, last: at, ...one }
    : undefined
}

/** The second row of a header divides some columns of the first, so one word is enough there. */
const maySubdivideHeader = ({ cells }: GridRow) =>
  cells.every(cell => cell.kind === 'text' && cell.text.length < 60 && !/\d{3}/.test(cell.text))

/** A sentence that has "họ tên" in it is no header; most of a header's words are known ones. */
const areMostlyHeadings = (headings: ReadonlyMap<number, Heading>, words: ReadonlyMap<number, string>) =>
  headings.size * 2 >= words.size

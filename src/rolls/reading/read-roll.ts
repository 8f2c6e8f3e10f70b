import type { RollMapping, SheetMapping } from '../field.ts'
import { classIn, classOfSheet, classText, gradeFrom, gradeIn, gradeOfClass } from './class-and-grade.ts'
import { type ColumnFields, columnsOf, isRoll } from './columns.ts'
import { type Grid, type GridFile, type GridRow, textOf } from './grid.ts'
import { headerAt, type RollHeader } from './header-row.ts'
import { kindOfLine, type NotPupilReason, rowLookOf } from './line-kind.ts'
import { type Pupil, type PupilLine, readPupils, type SheetSection } from './pupil.ts'
import { sheetsLeftOut } from './sheets-that-count.ts'

export type NotPupil = {
  readonly sheet: string
  readonly row: number
  readonly reason: NotPupilReason
  readonly text: string
}

/**
 * How a sheet was read. `columns` and `words` are those of its first header, or of the whole sheet where there is none.
 */
export type SheetReading = {
  readonly sheet: number
  readonly name: string
  readonly hidden: boolean
  /** The encoding that an officer chose for its texts. */
  readonly encoding?: SheetMapping['encoding'] | undefined
  readonly state: 'read' | 'skipped' | 'without-pupils'
  /** Skipped because it is hidden and holds the pupils of the sheets in view. */
  readonly isOlderCopy: boolean
  readonly headerRow: number
  readonly columns: ColumnFields
  readonly words: ReadonlyMap<number, string>
  readonly samples: ReadonlyMap<number, readonly string[]>
  readonly pupils: readonly Pupil[]
}

export type RollReading = {
  readonly format: 'xlsx' | 'csv'
  readonly hash: string
  readonly sheets: readonly SheetReading[]
  readonly pupils: readonly Pupil[]
  readonly notPupils: readonly NotPupil[]
}

const firstText = ({ cells }: GridRow) => cells.map(textOf).filter(Boolean).join(' · ').slice(0, 120)

/** A header further down than this is a repeated one, or none. */
const headerSearchRows = 60

type Segment = {
  readonly header: RollHeader | undefined
  readonly columns: ColumnFields
  readonly from: number
  readonly to: number
}

/** Where headers stand: each begins a stretch of rows; one that says the same as the one before only repeats it. */
function segmentsOf(
  grid: Grid,
  mapping: SheetMapping | undefined,
): { segments: Segment[]; headers: Map<number, RollHeader> } {
  const { rows } = grid
  const headers = new Map<number, RollHeader>()
  const starts: RollHeader[] = []
  for (let at = 0; at < rows.length; at++) {
    const header = headerAt(rows, at)
    if (!header || (starts.length === 0 && at > headerSearchRows)) continue
    for (let i = header.first; i <= header.last; i++) headers.set(i, header)
    starts.push(header)
    at = header.last
  }

  if (mapping?.columns || mapping?.headerRow !== undefined)
    return { segments: [mappedSegment(grid, mapping, starts)], headers }
  if (starts.length === 0)
    return { segments: [{ header: undefined, columns: columnsOf(undefined, rows), from: 0, to: rows.length }], headers }
  const segments: Segment[] = []
  for (const [i, header] of starts.entries()) {
    const to = starts[i + 1]?.first ?? rows.length
    const before = segments.at(-1)
    const isRepeated = before?.header && sameWords(before.header, header)
    if (isRepeated) segments[segments.length - 1] = { ...before, to }
    else segments.push({ header, columns: new Map(), from: header.last + 1, to })
  }
  return {
    segments: segments.map(one => ({
      ...one,
      columns: columnsOf(
        one.header,
        rows.slice(one.from, one.to).filter((_, i) => !headers.has(one.from + i)),
      ),
    })),
    headers,
  }
}

const sameWords = (a: RollHeader, b: RollHeader) => {
  if (a.headings.size !== b.headings.size) return false
  for (const [column, heading] of a.headings) if (b.headings.get(column) !== heading) return false
  return true
}

/** An officer's mapping of a sheet overrides what was found. */
function mappedSegment({ rows }: Grid, mapping: SheetMapping, starts: readonly RollHeader[]): Segment {
  const at = mapping.headerRow === undefined ? undefined : rows.findIndex(({ row }) => row > (mapping.headerRow ?? 0))
  const header =
    mapping.headerRow === undefined ? starts[0] : starts.find(one => rows[one.last]?.row === mapping.headerRow)
  const from = at === undefined ? (header ? header.last + 1 : 0) : at < 0 ? rows.length : at
  const columns = new Map(columnsOf(header, rows.slice(from)))
  for (const { column, field } of mapping.columns ?? []) {
    if (field === 'none') columns.delete(column)
    else {
      for (const [other, one] of columns) if (one.field === field) columns.delete(other)
      columns.set(column, { field, by: 'person' })
    }
  }
  return { header, columns, from, to: rows.length }
}

/** Class and grade from the lines above the pupils and from the sheet's name. */
function classAndGradeAbove(grid: Grid, until: number) {
  let inClass: string | undefined
  let grade: number | undefined
  for (const row of grid.rows.slice(0, until)) {
    const text = firstText(row)
    inClass = classIn(text) ?? inClass
    grade = gradeIn(text) ?? grade
  }
  return { class: inClass ?? classOfSheet(grid.name), grade: grade ?? gradeIn(grid.name) }
}

function readSheet(
  grid: Grid,
  mapping: SheetMapping | undefined,
  firstYear: number,
): { reading: SheetReading; notPupils: NotPupil[] } {
  const notPupils: NotPupil[] = []
  const leave = (row: GridRow, reason: NotPupilReason) =>
    notPupils.push({ sheet: grid.name, row: row.row, reason, text: firstText(row) })
  const { segments, headers } = segmentsOf(grid, mapping)
  const [first] = segments
  const about = {
    sheet: grid.sheet,
    name: grid.name,
    hidden: grid.hidden,
    headerRow: first?.header ? (grid.rows[first.header.last]?.row ?? 0) : 0,
    columns: first?.columns ?? new Map(),
    words: first?.header?.words ?? new Map(),
    samples: samplesOf(grid, first),
    isOlderCopy: false,
    encoding: mapping?.encoding,
  }
  if (mapping?.skip || !first || !segments.some(({ columns }) => isRoll(columns))) {
    for (const row of grid.rows) leave(row, mapping?.skip ? 'sheet-skipped' : 'no-roll-on-sheet')
    return { reading: { ...about, state: mapping?.skip ? 'skipped' : 'without-pupils', pupils: [] }, notPupils }
  }

  for (const [at, row] of grid.rows.slice(0, first.from).entries())
    leave(row, headers.has(at) ? 'header' : 'above-header')
  let place: ClassAndGrade = classAndGradeAbove(grid, first.from)
  const pupils: Pupil[] = []
  for (const segment of segments) {
    const stretch = pupilLinesOf(grid, segment, headers, place, leave)
    place = stretch.place
    pupils.push(...readPupils({ ...stretch.stretch, encoding: mapping?.encoding }, firstYear))
  }
  return { reading: { ...about, state: pupils.length > 0 ? 'read' : 'without-pupils', pupils }, notPupils }
}

type ClassAndGrade = { readonly class?: string | undefined; readonly grade?: number | undefined }

function pupilLinesOf(
  grid: Grid,
  { columns, from, to }: Segment,
  headers: ReadonlyMap<number, RollHeader>,
  before: ClassAndGrade,
  leave: (row: GridRow, reason: NotPupilReason) => void,
): { stretch: SheetSection; place: ClassAndGrade } {
  const lines: PupilLine[] = []
  const classColumn = [...columns].find(([, { field }]) => field === 'class')?.[0]
  const gradeColumn = [...columns].find(([, { field }]) => field === 'grade')?.[0]
  let place = before
  let written: string | undefined
  let signed = false
  for (let at = from; at < to; at++) {
    const row = grid.rows[at]
    if (!row) continue
    if (headers.has(at)) {
      signed = false
      leave(row, 'header')
      continue
    }
    const kind = kindOfLine(row, columns, signed)
    if (kind !== 'pupil') {
      const text = firstText(row)
      const named = kind === 'class-line' || kind === 'title' || kind === 'other' ? classIn(text) : undefined
      if (named) {
        place = { class: named, grade: gradeIn(text) ?? gradeOfClass(named) }
        written = undefined
      }
      signed = kind === 'signature' || (signed && kind !== 'class-line' && kind !== 'title')
      leave(row, kind)
      continue
    }
    const look = rowLookOf(row, columns)
    if (look.birth || look.number) signed = false
    // A class written once over several merged rows stands in the first of them.
    if (classColumn !== undefined) written = classText(row, classColumn) || written
    const inClass = written ?? place.class
    const grade = gradeOfClass(inClass) ?? gradeFrom(row, gradeColumn) ?? place.grade
    lines.push({ row, class: inClass, grade })
  }
  return { stretch: { sheet: grid.name, columns, lines }, place }
}

function samplesOf({ rows }: Grid, segment: Segment | undefined): Map<number, string[]> {
  const samples = new Map<number, string[]>()
  for (const row of rows.slice(segment?.from ?? 0, (segment?.from ?? 0) + 12))
    for (const cell of row.cells) {
      const known = samples.get(cell.column) ?? []
      if (known.length < 3) samples.set(cell.column, [...known, textOf(cell).slice(0, 60)])
    }
  return samples
}

type ReadSheet = ReturnType<typeof readSheet>

/** Without the pupils of the sheets that do not count (sheets-that-count.ts); each of their rows is named. */
function withoutOlderCopies(read: readonly ReadSheet[], { grids }: GridFile, mapping: RollMapping): ReadSheet[] {
  const out = sheetsLeftOut(
    read.map(({ reading }) => reading),
    new Set(mapping.map(({ sheet }) => sheet)),
  )
  return read.map(({ reading, notPupils }, i) => {
    if (!out.has(reading.sheet)) return { reading, notPupils }
    const rows = grids[i]?.rows ?? []
    return {
      reading: { ...reading, state: 'skipped', isOlderCopy: true, pupils: [] },
      notPupils: rows.map(row => ({
        sheet: reading.name,
        row: row.row,
        reason: 'sheet-repeats',
        text: firstText(row),
      })),
    }
  })
}

/**
 * Reads a whole roll: every row is a pupil's, or is named with the reason why not. `firstYear` is the one in which the
 * school year begins.
 */
export function readRoll(file: GridFile, firstYear: number, mapping: RollMapping = []): RollReading {
  const each = file.grids.map(grid =>
    readSheet(
      grid,
      mapping.find(({ sheet }) => sheet === grid.sheet),
      firstYear,
    ),
  )
  const read = withoutOlderCopies(each, file, mapping)
  return {
    format: file.format,
    hash: file.hash,
    sheets: read.map(({ reading }) => reading),
    pupils: read.flatMap(({ reading }) => reading.pupils),
    notPupils: read.flatMap(({ notPupils }) => notPupils),
  }
}

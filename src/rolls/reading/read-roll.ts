import type { TableFormat } from '../../platform/workbook/any-table.ts'
import { isLeftStatus, type RollMapping, type SheetMapping } from '../field.ts'
import { classIn, classOfSheet, classText, gradeFrom, gradeIn, gradeOfClass } from './class-and-grade.ts'
import { type ColumnFields, columnsOf, isRoll } from './columns.ts'
import { type Grid, type GridFile, type GridRow, textOf } from './grid.ts'
import { headerAt, type RollHeader } from './header-row.ts'
import { kindOfLine, type NotPupilReason, rowLookOf } from './line-kind.ts'
import { type Pupil, type PupilLine, readPupils, type SheetSection } from './pupil.ts'
import { type SummaryDifferences, sheetsLeftOut, summariesOf } from './sheets-that-count.ts'
import { type ColumnRange, headerWithin, listsSideBySide, rowsWithin } from './side-by-side.ts'

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
  /** Skipped because it gathers the pupils of the class sheets: how it differs from them. */
  readonly summary?: SummaryDifferences | undefined
  /** Lists that stand side by side. */
  readonly lists: number
  readonly pupils: readonly Pupil[]
  /** Who left the school by the words of the roll: not among its pupils. */
  readonly left: readonly Pupil[]
  readonly lines?: SheetMapping['lines']
}

export type RollReading = {
  readonly format: TableFormat
  readonly hash: string
  readonly sheets: readonly SheetReading[]
  readonly pupils: readonly Pupil[]
  readonly left: readonly Pupil[]
  readonly notPupils: readonly NotPupil[]
}

const firstText = ({ cells }: GridRow) => cells.map(textOf).filter(Boolean).join(' · ').slice(0, 120)

/** A header further down than this is a repeated one, or none. */
const headerSearchRows = 60

type Segment = {
  readonly header: RollHeader | undefined
  /** Each list of those that stand side by side, mostly one, with its columns. */
  readonly lists: readonly { readonly range: ColumnRange; readonly columns: ColumnFields }[]
  readonly from: number
  readonly to: number
}

const wholeWidth: ColumnRange = { from: 1, to: Number.POSITIVE_INFINITY }

/** The columns of each list under a header, by what the rows below hold. */
const listsUnder = (header: RollHeader | undefined, rows: readonly GridRow[]): Segment['lists'] => {
  const ranges = header ? listsSideBySide(header.headings) : [wholeWidth]
  if (!header || ranges.length === 1) return [{ range: wholeWidth, columns: columnsOf(header, rows) }]
  return ranges.map(range => ({ range, columns: columnsOf(headerWithin(header, range), rowsWithin(rows, range)) }))
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
    return { segments: [{ header: undefined, lists: listsUnder(undefined, rows), from: 0, to: rows.length }], headers }
  const segments: Segment[] = []
  for (const [i, header] of starts.entries()) {
    const to = starts[i + 1]?.first ?? rows.length
    const before = segments.at(-1)
    const isRepeated = before?.header && sameWords(before.header, header)
    if (isRepeated) segments[segments.length - 1] = { ...before, to }
    else segments.push({ header, lists: [], from: header.last + 1, to })
  }
  return {
    segments: segments.map(one => ({
      ...one,
      lists: listsUnder(
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
  const said = new Map(
    (mapping.columns ?? []).flatMap(({ column, field }) => (field === 'none' ? [] : [[column, field]])),
  )
  const ranges = listsSideBySide(said.size > 0 ? said : (header?.headings ?? new Map()))
  const lists = ranges.map(range => {
    const columns = new Map(
      ranges.length === 1
        ? columnsOf(header, rows.slice(from))
        : columnsOf(header && headerWithin(header, range), rowsWithin(rows.slice(from), range)),
    )
    for (const { column, field } of mapping.columns ?? []) {
      if (column < range.from || column > range.to) continue
      if (field === 'none') columns.delete(column)
      else {
        for (const [other, one] of columns) if (one.field === field) columns.delete(other)
        columns.set(column, { field, by: 'person' })
      }
    }
    return { range, columns }
  })
  return { header, lists, from, to: rows.length }
}

/** Class and grade from the lines above the pupils and from the sheet's name. */
function classAndGradeAbove(rows: readonly GridRow[], name: string) {
  let inClass: string | undefined
  let grade: number | undefined
  for (const row of rows) {
    const text = firstText(row)
    inClass = classIn(text) ?? inClass
    grade = gradeIn(text) ?? grade
  }
  return { class: inClass ?? classOfSheet(name), grade: grade ?? gradeIn(name) }
}

function readSheet(
  grid: Grid,
  mapping: SheetMapping | undefined,
  firstYear: number,
): { reading: SheetReading; notPupils: NotPupil[] } {
  const notPupils: NotPupil[] = []
  const left = new Set<string>()
  const leave = (row: GridRow, reason: NotPupilReason) => {
    // Of two lists side by side each has its part of a line.
    const key = `${row.row} ${reason}`
    if (!left.has(key)) notPupils.push({ sheet: grid.name, row: row.row, reason, text: firstText(row) })
    left.add(key)
  }
  const { segments, headers } = segmentsOf(grid, mapping)
  const [first] = segments
  const about = {
    sheet: grid.sheet,
    name: grid.name,
    hidden: grid.hidden,
    headerRow: first?.header ? (grid.rows[first.header.last]?.row ?? 0) : 0,
    columns: new Map((first?.lists ?? []).flatMap(({ columns }) => [...columns])),
    words: first?.header?.words ?? new Map(),
    samples: samplesOf(grid, first),
    lists: first?.lists.length ?? 1,
    isOlderCopy: false,
    encoding: mapping?.encoding,
    ...(mapping?.lines && { lines: mapping.lines }),
  }
  const hasRoll = segments.some(({ lists }) => lists.some(({ columns }) => isRoll(columns)))
  if (mapping?.skip || !first || !hasRoll) {
    for (const row of grid.rows) leave(row, mapping?.skip ? 'sheet-skipped' : 'no-roll-on-sheet')
    const state = mapping?.skip ? ('skipped' as const) : ('without-pupils' as const)
    return { reading: { ...about, state, pupils: [], left: [] }, notPupils }
  }

  for (const [at, row] of grid.rows.slice(0, first.from).entries())
    leave(row, headers.has(at) ? 'header' : 'above-header')
  let place: ClassAndGrade = classAndGradeAbove(grid.rows.slice(0, first.from), grid.name)
  const read: Pupil[] = []
  for (const [i, segment] of segments.entries())
    for (const { range, columns } of segment.lists) {
      const within = segment.lists.length === 1 ? grid : { ...grid, rows: rowsWithin(grid.rows, range, true) }
      // What stands above a list of its own width; else it goes on where the list before it ended.
      const isFirst = segment.lists.length > 1 && i === 0
      const own = isFirst ? classAndGradeAbove(within.rows.slice(0, first.from), '') : place
      const stretch = pupilLinesOf(within, { ...segment, columns }, headers, own.class ? own : place, leave)
      place = stretch.place
      read.push(...readPupils({ ...stretch.stretch, encoding: mapping?.encoding }, firstYear))
    }
  const { pupils, gone } = partLeavers(read, mapping?.lines ?? [])
  const rowOf = new Map(grid.rows.map(row => [row.row, row]))
  for (const { row } of gone) leave(rowOf.get(row) ?? { row, cells: [] }, 'left-school')
  return { reading: { ...about, state: read.length > 0 ? 'read' : 'without-pupils', pupils, left: gone }, notPupils }
}

/** From this share on struck lines are no sign that a pupil left: somebody crossed off what was done. */
const mostStruck = 0.5

/** Who left, apart from those who are there. What an officer said of a line stands above what it says. */
function partLeavers(read: readonly Pupil[], said: NonNullable<SheetMapping['lines']>) {
  const answers = new Map(said.map(({ row, as }) => [row, as]))
  const struck = read.filter(({ standing }) => standing?.status === 'struck-out').length
  const isCrossedOff = struck > read.length * mostStruck
  const pupils: Pupil[] = []
  const gone: Pupil[] = []
  for (const pupil of read) {
    const { standing } = pupil
    const answer = answers.get(pupil.row)
    const { status, doubt, ...given } = pupil.given
    const isLeft = standing?.status !== undefined && isLeftStatus(standing.status) && !standing.isDoubtful
    const isOpen = isLeft && standing.status === 'struck-out' && isCrossedOff
    if (answer === 'left') {
      const known = isLeft ? standing.status : ('left' as const)
      gone.push({
        ...pupil,
        standing: { status: known, on: standing?.on, said: standing?.said ?? '', isDoubtful: false },
        given: { ...given, ...(known && { status: known }) },
      })
    } else if (answer === 'pupil') {
      const stays = isLeft ? undefined : status
      pupils.push({ ...pupil, standing: undefined, given: { ...given, ...(stays && { status: stays }) } })
    } else if (isOpen) {
      pupils.push({ ...pupil, standing: { ...standing, isDoubtful: true }, given: { ...given, doubt: '' } })
    } else (isLeft ? gone : pupils).push(pupil)
  }
  return { pupils, gone }
}

type ClassAndGrade = { readonly class?: string | undefined; readonly grade?: number | undefined }

function pupilLinesOf(
  grid: Grid,
  { columns, from, to }: { readonly columns: ColumnFields; readonly from: number; readonly to: number },
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
    if (!row || row.cells.length === 0) continue
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
  for (const row of rows.slice(segment?.from ?? 0))
    for (const cell of row.cells) {
      const known = samples.get(cell.column) ?? []
      if (known.length < 3) samples.set(cell.column, [...known, textOf(cell).slice(0, 60)])
    }
  return samples
}

type ReadSheet = ReturnType<typeof readSheet>

/** Without the pupils of the sheets that do not count (sheets-that-count.ts); each of their rows is named. */
function withoutCopies(read: readonly ReadSheet[], { grids }: GridFile, mapping: RollMapping): ReadSheet[] {
  const sheets = read.map(({ reading }) => reading)
  const asked = new Set(mapping.map(({ sheet }) => sheet))
  const older = sheetsLeftOut(sheets, asked)
  const summaries = summariesOf(
    sheets
      .filter(({ sheet, hidden }) => !hidden && !older.has(sheet))
      .map(one => ({ ...one, pupils: [...one.pupils, ...one.left] })),
    asked,
  )
  return read.map(({ reading, notPupils }, i) => {
    const summary = summaries.get(reading.sheet)
    if (!older.has(reading.sheet) && !summary) return { reading, notPupils }
    const rows = grids[i]?.rows ?? []
    return {
      reading: { ...reading, state: 'skipped', isOlderCopy: !summary, summary, pupils: [], left: [] },
      notPupils: rows.map(row => ({
        sheet: reading.name,
        row: row.row,
        reason: summary ? ('sheet-summary' as const) : ('sheet-repeats' as const),
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
  const read = withoutCopies(each, file, mapping)
  return {
    format: file.format,
    hash: file.hash,
    sheets: read.map(({ reading }) => reading),
    pupils: read.flatMap(({ reading }) => reading.pupils),
    left: read.flatMap(({ reading }) => reading.left),
    notPupils: read.flatMap(({ notPupils }) => notPupils),
  }
}

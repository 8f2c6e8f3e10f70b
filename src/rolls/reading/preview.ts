import type { EncodingEvidence } from '../../names/legacy/column.ts'
import { cleanName } from '../../names/name.ts'
import type { LegacyEncoding } from '../../names/names.ts'
import { formatPartialDay } from '../../platform/day.ts'
import { claimedFormat } from '../../platform/workbook/any-table.ts'
import type { RollField, RollMapping } from '../field.ts'
import { rollProblem } from '../problems.ts'
import type { Pupil } from './pupil.ts'
import type { RollReading, SheetReading } from './read-roll.ts'
import { listsSideBySide } from './side-by-side.ts'
import { warningsOf } from './warnings.ts'
import { sayNotPupil } from './words.ts'

const maxNotPupils = 500
const firstRows = 8
const maxExamples = 6
const maxUnreadable = 50
const maxAsked = 200

/** 1 → A, 27 → AA, as spreadsheets name columns. */
function letterOf(column: number): string {
  const rest = Math.floor((column - 1) / 26)
  return (rest > 0 ? letterOf(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26))
}

function sheetPreview({
  sheet,
  name,
  hidden,
  state,
  isOlderCopy,
  summary,
  lists,
  lines,
  headerRow,
  columns,
  words,
  samples,
  pupils,
  encoding,
}: SheetReading) {
  const all = [...new Set([...words.keys(), ...samples.keys(), ...columns.keys()])].sort((a, b) => a - b)
  return {
    sheet,
    name,
    hidden,
    state,
    isOlderCopy,
    isSummary: summary !== undefined,
    lists,
    ...(lines && { lines: [...lines] }),
    headerRow,
    pupils: pupils.length,
    classes: [...new Set(pupils.flatMap(pupil => pupil.class ?? []))].slice(0, 200),
    ...(encoding && { encoding }),
    columns: all.slice(0, 200).map(column => {
      const found = columns.get(column)
      return {
        column,
        letter: letterOf(column),
        header: (words.get(column) ?? '').slice(0, 120),
        ...(found && { field: found.field }),
        by: found?.by ?? ('header' as const),
        samples: [...(samples.get(column) ?? [])],
      }
    }),
    first: pupils.slice(0, firstRows).map(pupil => ({
      row: pupil.row,
      ...(pupil.class && { class: pupil.class }),
      name: pupil.name,
      ...(pupil.birth && { birthDate: formatPartialDay(pupil.birth) }),
      birthGiven: pupil.given.birth,
      ...(pupil.sex && { sex: pupil.sex }),
      number: pupil.given.number,
      ...(pupil.given.mark && { mark: pupil.given.mark }),
      ...(pupil.given.status && { status: pupil.given.status }),
    })),
  }
}

type Decoded = {
  readonly sheet: number
  readonly encoding: LegacyEncoding
  cells: number
  readonly by: Record<EncodingEvidence, number>
  readonly examples: { row: number; before: string; after: string }[]
}

/** By sheet and encoding, in the order of the workbook. Names come before parents and addresses among the examples. */
function decodedIn({ sheet, pupils }: SheetReading): Decoded[] {
  const found = new Map<LegacyEncoding, Decoded>()
  for (const { row, oldTexts } of pupils)
    for (const { given, text, encoding, by } of oldTexts) {
      if (!encoding || !by) continue
      const one = found.get(encoding) ?? {
        sheet,
        encoding,
        cells: 0,
        by: { font: 0, letters: 0, column: 0, person: 0 },
        examples: [],
      }
      found.set(encoding, one)
      one.cells += 1
      one.by[by] += 1
      if (one.examples.length < maxExamples && one.examples.at(-1)?.row !== row)
        one.examples.push({ row, before: given.slice(0, 120), after: cleanName(text).slice(0, 120) })
    }
  return [...found.values()].sort((a, b) => b.cells - a.cells)
}

const unreadableIn = ({ sheet, pupils }: SheetReading) =>
  pupils.flatMap(({ row, oldTexts }) =>
    oldTexts.flatMap(({ given, untold }) => (untold ? [{ sheet, row, text: given.slice(0, 120), why: untold }] : [])),
  )

const questionsIn = ({ sheet, pupils }: SheetReading) =>
  pupils.flatMap(({ row, name, class: inClass, given }) =>
    given.doubt === undefined
      ? []
      : [{ sheet, row, name, ...(inClass && { class: inClass }), said: given.doubt.slice(0, 200) }],
  )

const leftIn = ({ sheet, left }: SheetReading) =>
  left.map(({ row, name, class: inClass, standing }) => ({
    sheet,
    row,
    name,
    ...(inClass && { class: inClass }),
    status: standing?.status ?? ('left' as const),
    ...(standing?.on && { on: formatPartialDay(standing.on) }),
    said: (standing?.said ?? '').slice(0, 200),
  }))

/** Columns that hold something and are given no field. */
const ignoredColumnsIn = ({ sheet, state, columns, words, samples }: SheetReading) =>
  state === 'read'
    ? [...samples.keys()]
        .filter(column => !columns.has(column))
        .sort((a, b) => a - b)
        .map(column => ({ sheet, letter: letterOf(column), header: (words.get(column) ?? '').slice(0, 120) }))
    : []

/** The fields that the campaign needs and no row gives. */
function missingFieldsIn({ pupils }: RollReading): RollField[] {
  const has = {
    name: pupils.some(({ name }) => name !== ''),
    birth: pupils.some(({ birth }) => birth),
    number: pupils.some(({ given }) => given.number !== ''),
    sex: pupils.some(({ sex }) => sex),
    class: pupils.some(pupil => pupil.class),
  }
  return (Object.keys(has) as (keyof typeof has)[]).filter(field => !has[field])
}

/** A reading as a person is asked to look it over: sheets, columns, first rows, what will not be read and why. */
export function previewOf(fileName: string, reading: RollReading) {
  const unreadable = reading.sheets.flatMap(unreadableIn)
  const claimed = claimedFormat(fileName)
  const questions = reading.sheets.flatMap(questionsIn)
  return {
    fileName,
    format: reading.format,
    namedOtherwise: claimed !== undefined && claimed !== reading.format,
    rows: reading.pupils.length,
    sheets: reading.sheets.map(sheetPreview),
    notPupils: reading.notPupils
      .slice(0, maxNotPupils)
      .map(one => ({ ...one, vi: sayNotPupil('vi')(one.reason), en: sayNotPupil('en')(one.reason) })),
    notPupilCount: reading.notPupils.length,
    decoded: reading.sheets.flatMap(decodedIn),
    unreadable: unreadable.slice(0, maxUnreadable),
    unreadableCount: unreadable.length,
    lacking: missingFieldsIn(reading),
    warnings: warningsOf(reading, claimed),
    questions: questions.slice(0, maxAsked),
    questionCount: questions.length,
    left: reading.sheets.flatMap(leftIn).slice(0, maxAsked),
    leftCount: reading.left.length,
    ignoredLines: [...Map.groupBy(reading.notPupils, ({ reason }) => reason)].map(([reason, lines]) => ({
      reason,
      count: lines.length,
      vi: sayNotPupil('vi')(reason),
      en: sayNotPupil('en')(reason),
    })),
    ignoredColumns: reading.sheets.flatMap(ignoredColumnsIn).slice(0, maxAsked),
  }
}

/** The pupils whom a preview shows: the first of each sheet, and those with a text that was in an old encoding. */
export function previewedPupils(reading: RollReading): Pupil[] {
  const shown = new Set(
    [...reading.sheets.flatMap(decodedIn).flatMap(({ sheet, examples }) => examples.map(one => [sheet, one.row]))].map(
      ([sheet, row]) => `${sheet} ${row}`,
    ),
  )
  return reading.sheets.flatMap(({ sheet, pupils, left }) =>
    [...left.slice(0, maxAsked), ...pupils].filter(
      (pupil, at) =>
        at < firstRows ||
        pupil.given.doubt !== undefined ||
        pupil.oldTexts.some(text => text.untold) ||
        shown.has(`${sheet} ${pupil.row}`),
    ),
  )
}

/** Refuses a mapping that names a sheet twice, a sheet that is not there, or two columns for one thing. */
export function checkMapping(mapping: RollMapping, sheets: number): void {
  const wrong: { sheet: number; why: string; column?: number }[] = []
  const seen = new Set<number>()
  for (const { sheet, columns = [] } of mapping) {
    if (sheet >= sheets) wrong.push({ sheet, why: 'sheet-unknown' })
    if (seen.has(sheet)) wrong.push({ sheet, why: 'sheet-twice' })
    seen.add(sheet)
    // Of lists side by side each has a column for the same.
    const said = new Map(columns.flatMap(({ column, field }) => (field === 'none' ? [] : [[column, field] as const])))
    const ranges = listsSideBySide(said)
    const fields = new Set<string>()
    for (const { column, field } of columns) {
      const key = `${ranges.findIndex(({ from, to }) => column >= from && column <= to)} ${field}`
      if (field !== 'none' && fields.has(key)) wrong.push({ sheet, column, why: 'field-twice' })
      fields.add(key)
    }
  }
  if (wrong.length > 0) throw rollProblem('mapping-impossible', { wrong })
}

import { numberIn } from '../../platform/terms/numbers-and-days.ts'
import type { TableFormat } from '../../platform/workbook/any-table.ts'
import type { ReadingWarning } from '../field.ts'
import { looksGlued } from './name-mark.ts'
import type { Pupil } from './pupil.ts'
import type { RollReading, SheetReading } from './read-roll.ts'
import { sayReadingWarning } from './words.ts'

/** What an officer should look at before a roll is taken in: nothing of it is refused, and nothing is silent. */

type Warning = {
  readonly code: ReadingWarning
  readonly count: number
  readonly vi: string
  readonly en: string
  readonly examples: string[]
}

const mostExamples = 10
/** From so many lines on a share says something. */
const leastRows = 4

function warning(code: ReadingWarning, count: number, examples: readonly string[] = [], what = ''): Warning[] {
  if (count === 0) return []
  const say = (language: 'vi' | 'en') =>
    sayReadingWarning(language)(code).replace('{n}', numberIn(count, language)).replace('{what}', what)
  return [{ code, count, vi: say('vi'), en: say('en'), examples: examples.slice(0, mostExamples) }]
}

const placeOf = ({ sheet, row }: { readonly sheet: string; readonly row: number }) => `${sheet} ${row}`.trim()
const exampleOf = (pupil: Pupil) => `${placeOf(pupil)}: ${pupil.name}`.slice(0, 120)

/** Names or birth dates in columns that are not read, as many as in those that are. */
function repeatsColumns({ state, columns, samples, words }: SheetReading): boolean {
  if (state !== 'read') return false
  const unread = [...samples].filter(([column]) => !columns.has(column))
  const names = unread.filter(
    ([column, texts]) =>
      !words.get(column) && texts.length > 0 && texts.every(text => /^\p{Lu}[^\d,;:@/]*\s\p{Lu}/u.test(text)),
  )
  const headings = [...words.values()].filter(Boolean).map(text => text.toLowerCase().trim())
  const twice = headings.filter((text, i) => headings.indexOf(text) !== i)
  return names.length > 0 || (headings.length >= 4 && twice.length * 2 >= headings.length && unread.length > 0)
}

/** `claimed`: the format that the file's name claims. */
export function warningsOf(reading: RollReading, claimed: TableFormat | undefined): Warning[] {
  const { pupils, sheets } = reading
  const those = (is: (pupil: Pupil) => boolean) => pupils.filter(is)
  const all = [...pupils, ...reading.left]
  const glued = those(({ name }) => looksGlued(name))
  const unborn = those(({ birth, given }) => !birth && given.birth === '')
  const cut = those(({ given }) => given.numberCut === true)
  const broken = those(({ given }) => given.brokenCells === true)
  const foreign = those(({ given }) => given.foreign !== undefined)
  const summaries = sheets.flatMap(({ name, summary, sheet }) => (summary ? [{ name, sheet, ...summary }] : []))
  const summaryRows = summaries.flatMap(({ name }) =>
    reading.notPupils.filter(({ sheet, reason }) => sheet === name && reason === 'sheet-summary'),
  )
  const struck = sheets.filter(({ pupils: theirs }) => theirs.some(({ given }) => given.doubt === '')).length
  return [
    ...warning(
      'named-otherwise',
      claimed !== undefined && claimed !== reading.format ? 1 : 0,
      [],
      `.${reading.format}`,
    ),
    ...warning('lists-side-by-side', sheets.filter(({ lists, state }) => lists > 1 && state === 'read').length),
    ...warning(
      'summary-left-out',
      summaryRows.length,
      summaries.map(({ name }) => name),
    ),
    ...warning(
      'summary-has-more',
      summaries.flatMap(({ onlyHere }) => onlyHere).length,
      summaries.flatMap(({ name, onlyHere }) => onlyHere.map(one => `${name} ${one.row}: ${one.name}`)),
    ),
    ...warning(
      'summary-has-less',
      summaries.flatMap(({ onlyThere }) => onlyThere).length,
      summaries.flatMap(({ onlyThere }) => onlyThere.map(one => `${placeOf(one)}: ${one.name}`)),
    ),
    ...warning(
      'columns-repeat',
      sheets.filter(repeatsColumns).length,
      sheets.filter(repeatsColumns).map(({ name }) => name),
    ),
    ...warning(
      'births-lacking',
      all.length >= leastRows && unborn.length * 2 > pupils.length ? unborn.length : 0,
      unborn.map(exampleOf),
    ),
    ...warning('names-glued', glued.length, glued.map(exampleOf)),
    ...warning('lines-struck', struck),
    ...warning('numbers-cut', cut.length, cut.map(exampleOf)),
    ...warning('cells-broken', broken.length, broken.map(placeOf)),
    ...warning('foreigners', foreign.length, foreign.map(exampleOf)),
  ]
}

import * as audit from '../../audit/audit.ts'
import { readBirthDate } from '../../names/dates/dates.ts'
import { cleanName, foldMarks } from '../../names/name.ts'
import type { CsvRow } from '../../platform/csv/read-csv.ts'
import type { ReplyOf } from '../../platform/endpoint.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { surveyLimits } from '../law.ts'
import type { LiteracyLevel } from './child.ts'
import type { sendLiteracySurvey } from './contract.ts'
import { universalProblem } from './problems.ts'
import * as store from './store.ts'

/** Columns of a commune's survey of literacy, as its people head them. */
export const surveyColumns = ['ho_ten', 'nam_sinh', 'muc_do'] as const
export const optionalSurveyColumns = ['gioi_tinh', 'dan_toc'] as const
type SurveyRow = {
  readonly [Column in (typeof surveyColumns | typeof optionalSurveyColumns)[number]]: string
}

/** 0: cannot read (mù chữ); 1: level 1, finished grade 3; 2: level 2, finished primary school. */
const levels: Readonly<Record<string, LiteracyLevel>> = { '0': 'illiterate', '1': 'level-1', '2': 'level-2' }

const sexOf = (text: string): 'M' | 'F' | null => {
  const plain = foldMarks(text).trim()
  return plain === 'nam' || plain === 'm' ? 'M' : plain === 'nu' || plain === 'f' ? 'F' : null
}

type ReadLine = store.SurveyLine | { readonly line: number; readonly why: 'name' | 'born' | 'level' }

function readLine(work: Work, line: number, row: SurveyRow): ReadLine {
  const name = cleanName(row.ho_ten)
  const born = readBirthDate(row.nam_sinh)
  const level = levels[row.muc_do.trim()]
  if (!name) return { line, why: 'name' }
  if (born.kind !== 'day' && born.kind !== 'partial') return { line, why: 'born' }
  if (!level) return { line, why: 'level' }
  const { y, m = null, d = null } = born.day
  const isMinority = row.dan_toc.trim() !== '' && foldMarks(row.dan_toc).trim() !== 'kinh'
  const plain = foldMarks(name)
  return {
    id: newId<'survey-line'>(work.now),
    line,
    name,
    plain,
    y,
    m,
    d,
    sex: sexOf(row.gioi_tinh),
    isMinority,
    level,
  }
}

/**
 * Takes in what a commune found out of who can read; a survey sent again for the year replaces the former. A line
 * counts as it was written, whether or not one person of the commune fits it. Throws universal-unit-outside,
 * survey-not-of-commune, survey-year-refused, survey-too-long.
 */
export async function takeSurvey(
  work: Work,
  { unitId, year }: { readonly unitId: Id<'unit'>; readonly year: number },
  rows: AsyncIterable<CsvRow>,
): Promise<ReplyOf<typeof sendLiteracySurvey>> {
  const thisYear = Number(work.today.slice(0, 4))
  if (!Number.isInteger(year) || year > thisYear || year < thisYear - 20) throw universalProblem('survey-year-refused')
  const unit = await units.getUnit(work, unitId)
  const below = work.unitId ? await units.subtreeOn(work, work.unitId, work.today) : []
  if (work.unitId && !below.some(({ id }) => id === unitId)) throw universalProblem('universal-unit-outside')
  if (unit.level !== 'commune') throw universalProblem('survey-not-of-commune')

  const read: ReadLine[] = []
  for await (const { line, values } of rows) {
    if (read.length >= surveyLimits.rows) throw universalProblem('survey-too-long', { most: surveyLimits.rows })
    read.push(readLine(work, line, values as SurveyRow))
  }
  const kept = read.flatMap(one => ('level' in one ? [one] : []))
  const refused = read.flatMap(one => ('why' in one ? [one] : []))
  const written = [...(await units.homesOn(work, unitId, work.today)).keys()]
  const matched = await store.replaceSurvey(work, unitId, written, year, kept)
  const ofLevel = (level: LiteracyLevel) => kept.filter(one => one.level === level).length
  await audit.record(
    work,
    'literacy.surveyed',
    { kind: 'literacy-survey', id: work.id, unitId },
    { year, lines: read.length, kept: kept.length, matched },
  )
  return {
    lines: read.length,
    kept: kept.length,
    matched,
    levels: { illiterate: ofLevel('illiterate'), 'level-1': ofLevel('level-1'), 'level-2': ofLevel('level-2') },
    refused: refused.slice(0, 200),
  }
}

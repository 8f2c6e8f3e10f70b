import * as audit from '../audit/audit.ts'
import type { Download } from '../platform/endpoint.ts'
import type { Language } from '../platform/pages/html.ts'
import { dayIn } from '../platform/terms/numbers-and-days.ts'
import type { Work } from '../platform/work.ts'
import { downloadWorkbook } from '../platform/workbook/download.ts'
import { mostExportedRows } from '../platform/workbook/law.ts'
import {
  listAllOutOfSchool,
  type OutOfSchoolChild,
  type OutOfSchoolFigures,
  type OutOfSchoolFilter,
} from './figures-and-lists.ts'
import { outOfSchoolProblem } from './problems.ts'
import { sayOutOfSchool } from './words.ts'

type Say = ReturnType<typeof sayOutOfSchool>

/**
 * Everybody of a list, for whoever takes it out of the house: on paper or as a file, which is a deed. Throws
 * out-of-school-too-long.
 */
async function takeListOut(work: Work, filter: OutOfSchoolFilter, deed: 'attendance.exported' | 'list.printed') {
  const { of, coverage, people } = await listAllOutOfSchool(work, filter, mostExportedRows)
  if (!people) throw outOfSchoolProblem('out-of-school-too-long', { rows: mostExportedRows })
  await audit.record(
    work,
    deed,
    { kind: 'list', id: work.id, unitId: of.unit.id },
    { rows: people.length, day: of.day, schoolYear: of.schoolYear, home: of.home, cases: filter.cases ?? [] },
  )
  return { of, coverage, people }
}

/** The list is printed: a reading of everybody on it, and a deed as an export is. */
export async function printOutOfSchool(work: Work, filter: OutOfSchoolFilter): Promise<{ rows: number }> {
  const { people } = await takeListOut(work, filter, 'list.printed')
  return { rows: people.length }
}

/**
 * The list as a workbook, with its day, its coverage and its author; the export itself is a deed. `author` is who
 * asked, by name.
 */
export async function exportOutOfSchool(
  work: Work,
  filter: OutOfSchoolFilter,
  author: string,
  language: Language,
): Promise<Download> {
  const say = sayOutOfSchool(language)
  const { of, coverage, people } = await takeListOut(work, filter, 'attendance.exported')
  const sheet = {
    name: say('sheet'),
    above: [
      `${say('title')}: ${of.unit.name}`,
      `${say('school-year')} ${of.schoolYear}, ${say('as-of')} ${dayIn(of.day, language)}, ${say(of.home)}. ` +
        `${coverageText(coverage, say)}.`,
      `${say('made-by')}: ${author}.`,
    ],
    columns: columnsIn(say),
    rows: people.map((child, i) => [i + 1, ...exportCells(child, say, language)]),
  }
  return downloadWorkbook(`pho-cap-${of.day}.xlsx`, sheet, { title: say('title'), author, createdAt: work.now })
}

function coverageText({ partial, schools, reported }: OutOfSchoolFigures['coverage'], say: Say): string {
  if (!partial) return say('complete')
  if (reported === schools) return say('partial-around')
  return say('partial')
    .replace('{n}', String(schools - reported))
    .replace('{all}', String(schools))
}

const columnsIn = (say: Say) => [
  { header: say('column-place'), width: 6, format: 'number' as const },
  ...(
    [
      ['name', 28],
      ['born', 17],
      ['sex', 8],
      ['number', 15],
      ['case', 34],
      ['school', 30],
      ['class', 8],
      ['permanent', 22],
      ['address', 28],
      ['besides', 24],
      ['said', 22],
      ['compared', 34],
      ['left', 40],
    ] as const
  ).map(([column, width]) => ({ header: say(`column-${column}`), width, format: 'text' as const })),
]

const joinTexts = (...texts: readonly (string | undefined)[]) => texts.filter(Boolean).join(', ')

const exportCells = (child: OutOfSchoolChild, say: Say, language: Language) => [
  child.name,
  dayIn(child.born, language),
  child.sex ? say(child.sex === 'M' ? 'male' : 'female') : '',
  child.number ?? '',
  joinTexts(say(child.case), child.unreported ? say('unreported') : ''),
  joinTexts(...child.schools.map(({ name }) => name), child.elsewhere ? say('elsewhere') : ''),
  joinTexts(...child.schools.map(school => school.class)),
  child.permanent,
  child.address,
  joinTexts(...child.besides),
  child.saidCommune,
  joinTexts(child.said ? say(child.said) : '', child.moved ? say(child.moved) : ''),
  child.left.map(one => leftText(one, say, language)).join('; '),
]

/** "Trường THCS A, lớp 9A: đã chuyển trường 15/02/2023". */
const leftText = (
  { school, class: inClass, status, on }: OutOfSchoolChild['left'][number],
  say: Say,
  language: Language,
): string => {
  const where = joinTexts(school ?? say('elsewhere'), inClass && `${say('column-class').toLowerCase()} ${inClass}`)
  const what = say(`left-${status}`)
  return `${where}: ${[what, on && dayIn(on, language)].filter(Boolean).join(' ')}`
}

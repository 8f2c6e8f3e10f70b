/**
 * Children of school age who live in a unit and are on nobody's roll.
 *
 * In: a unit, a school year and a day. Decided: whose roll a child is on, seen over all schools; whether a row in doubt
 * may mean the child; where the school's word on their home differs from the register. Out: figures, lists, a workbook.
 * Deed: attendance.exported.
 */
import { PassThrough } from 'node:stream'
import * as audit from '../audit/audit.ts'
import type { Download } from '../platform/endpoint.ts'
import type { Language } from '../platform/pages/html.ts'
import type { Work } from '../platform/work.ts'
import { writeWorkbook } from '../platform/workbook/write.ts'
import { type AttendanceFilter, type Child, type Figures, wholeList } from './children.ts'
import { attendanceProblem } from './contract.ts'
import { sayAttendance } from './words.ts'

export { type AttendanceFilter, countAttendance, wholeList } from './children.ts'

type Say = ReturnType<typeof sayAttendance>

/** A workbook of more rows is no longer read by anyone, and takes long to make. */
const longestExport = 100_000

const dayText = (day: string) => day.split('-').reverse().join('/')

/**
 * The list as a workbook, with its day, its coverage and its author; the export itself is a deed. `author` is who
 * asked, by name.
 */
export async function exportAttendance(
  work: Work,
  filter: AttendanceFilter,
  author: string,
  language: Language,
): Promise<Download> {
  const say = sayAttendance(language)
  const { of, coverage, people } = await wholeList(work, filter, longestExport)
  if (!people) throw attendanceProblem('attendance-too-long', { rows: longestExport })
  await audit.record(
    work,
    'attendance.exported',
    { kind: 'list', id: work.id, unitId: of.unit.id },
    { rows: people.length, day: of.day, schoolYear: of.schoolYear, home: of.home, cases: filter.cases ?? [] },
  )
  const content = new PassThrough()
  const sheet = {
    name: say('sheet'),
    above: [
      `${say('title')}: ${of.unit.name}`,
      `${say('school-year')} ${of.schoolYear}, ${say('as-of')} ${dayText(of.day)}, ${say(of.home)}. ${coverageText(coverage, say)}.`,
      `${say('made-by')}: ${author}.`,
    ],
    columns: columnsIn(say),
    rows: people.map((child, i) => [i + 1, ...cellsOf(child, say)]),
  }
  const written = writeWorkbook(content, {
    sheets: [sheet],
    properties: { title: say('title'), author, createdAt: work.now },
  })
  written.catch(error => content.destroy(error))
  return {
    name: `pho-cap-${of.day}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content,
  }
}

function coverageText({ partial, schools, reported }: Figures['coverage'], say: Say): string {
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
      ['born', 12],
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
    ] as const
  ).map(([column, width]) => ({ header: say(`column-${column}`), width, format: 'text' as const })),
]

const joined = (...texts: readonly (string | undefined)[]) => texts.filter(Boolean).join(', ')

const cellsOf = (child: Child, say: Say) => [
  child.name,
  dayText(child.born),
  child.sex ? say(child.sex === 'M' ? 'male' : 'female') : '',
  child.number ?? '',
  joined(say(child.case), child.unreported ? say('unreported') : ''),
  joined(...child.schools.map(({ name }) => name), child.elsewhere ? say('elsewhere') : ''),
  joined(...child.schools.map(school => school.class)),
  child.permanent,
  child.address,
  joined(...child.besides),
  child.saidCommune,
  joined(child.said ? say(child.said) : '', child.moved ? say(child.moved) : ''),
]

import { PassThrough } from 'node:stream'
import * as audit from '../../audit/audit.ts'
import type { Download } from '../../platform/endpoint.ts'
import type { Language } from '../../platform/pages/html.ts'
import { dayIn } from '../../platform/terms/numbers-and-days.ts'
import type { Work } from '../../platform/work.ts'
import { mostExportedRows } from '../../platform/workbook/law.ts'
import { writeWorkbook } from '../../platform/workbook/write-workbook.ts'
import { outOfSchoolProblem } from '../problems.ts'
import type { UniversalList } from './child.ts'
import type { CaseCounts, UniversalChild } from './contract.ts'
import { type ChildFilter, countUniversal, listChildren } from './universal.ts'
import { sayUniversal } from './words.ts'

type Say = ReturnType<typeof sayUniversal>

const fill = (text: string, values: Readonly<Record<string, string | number>>) =>
  text.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''))

/** The rows of the form of which the installation has a source, in the form's order. */
const formRows = [
  'children',
  'girls',
  'minority',
  'at-school',
  'undecided',
  'out-of-school',
  'no-preschool-rolls',
] as const satisfies readonly (keyof CaseCounts)[]

/** In each form of TT07/2016 ages are columns, primary and lower secondary ages each with a sum. */
function formSheet(
  counted: Awaited<ReturnType<typeof countUniversal>>,
  list: UniversalList,
  above: string[],
  say: Say,
) {
  const of = counted.lists.find(one => one.list === list)
  const ages = of?.ages ?? []
  const sums = list === 'primary' ? [[6, 10] as const, [11, 14] as const] : []
  const sumOf = ([from, to]: readonly [number, number], row: keyof CaseCounts) =>
    ages.filter(({ age }) => age >= from && age <= to).reduce((sum, { counted: one }) => sum + one[row], 0)
  const number = (header: string) => ({ header, width: 11, format: 'number' as const })
  const line = (row: keyof CaseCounts) => [
    say(`row-${row}`),
    ...ages.map(({ counted: one }) => one[row]),
    ...sums.map(sum => sumOf(sum, row)),
    of?.all[row] ?? 0,
  ]
  return {
    name: `${say('form')} ${say(list).split(':')[0] ?? ''}`,
    above,
    columns: [
      { header: say('indicator'), width: 46, format: 'text' as const },
      ...ages.map(({ age }) => number(fill(say('age'), { n: age }))),
      ...sums.map(([from, to]) => number(`${say('total')} ${from}–${to}`)),
      number(say('total')),
    ],
    rows: [
      [say('row-born'), ...ages.map(({ born }) => born), ...sums.map(() => ''), ''],
      ...formRows.map(line),
      [say('row-completed'), ...ages.map(() => ''), ...sums.map(() => ''), ''],
    ],
  }
}

const listColumns = (say: Say) => [
  { header: say('column-place'), width: 6, format: 'number' as const },
  ...(
    [
      ['name', 28],
      ['born', 12],
      ['sex', 8],
      ['ethnicity', 10],
      ['commune', 22],
      ['address', 30],
      ['home', 14],
      ['case', 28],
      ['school', 30],
      ['class', 8],
      ['assigned', 26],
      ['due', 12],
      ['outcome', 20],
    ] as const
  ).map(([column, width]) => ({ header: say(`column-${column}`), width, format: 'text' as const })),
]

function homeText(home: string, say: Say): string {
  if (home === 'permanent' || home === 'temporary') return say(home)
  return say('current')
}

const listCells = (child: UniversalChild, say: Say, language: Language) => [
  child.name,
  dayIn(child.born, language),
  say(child.sex === 'M' ? 'male' : 'female'),
  child.ethnicity,
  child.commune,
  child.address,
  homeText(child.home, say),
  say(child.case),
  child.school ?? (child.elsewhere ? say('elsewhere') : ''),
  child.class ?? '',
  child.pursuit?.assignedTo ?? '',
  child.pursuit ? dayIn(child.pursuit.dueOn, language) : '',
  child.pursuit?.outcome ? say(`outcome-${child.pursuit.outcome}`) : '',
]

/** A form with its list, whose lines add up to it; the export itself is a deed. */
export async function exportUniversal(
  work: Work,
  list: UniversalList,
  filter: ChildFilter,
  { author, language }: { readonly author: string; readonly language: Language },
): Promise<Download> {
  const say = sayUniversal(language)
  const counted = await countUniversal(work, filter)
  const { children, total } = await listChildren(work, list, filter, { limit: mostExportedRows })
  if (total > children.length) throw outOfSchoolProblem('out-of-school-too-long', { rows: mostExportedRows })
  const { unit, schoolYear, day, schools, reported } = counted.of
  await audit.record(
    work,
    'universal.exported',
    { kind: 'list', id: work.id, unitId: unit.id },
    { list, rows: total, schoolYear, ...(filter.case && { case: filter.case }) },
  )
  const above = [
    say(list),
    `${fill(say('about'), { unit: unit.name, year: schoolYear, day: dayIn(day, language) })}. ` +
      `${say('made-by')}: ${author}.`,
    fill(say('reported'), { n: reported, all: schools }),
    say('not-known'),
  ]
  const sheets = [
    formSheet(counted, list, above, say),
    {
      name: say('list'),
      above: above.slice(0, 3),
      columns: listColumns(say),
      rows: children.map((child, at) => [at + 1, ...listCells(child, say, language)]),
    },
  ]
  const content = new PassThrough()
  const properties = { title: say(list), author, createdAt: work.now }
  writeWorkbook(content, { sheets, properties }).catch(error => content.destroy(error))
  return {
    name: `pho-cap-${list}-${schoolYear}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content,
  }
}

import * as audit from '../../audit/audit.ts'
import type { Download } from '../../platform/endpoint.ts'
import type { Language } from '../../platform/pages/html.ts'
import { dayIn } from '../../platform/terms/numbers-and-days.ts'
import type { Work } from '../../platform/work.ts'
import { downloadWorkbook } from '../../platform/workbook/download.ts'
import { mostExportedRows } from '../../platform/workbook/law.ts'
import * as register from '../../register/register.ts'
import { type CohortFilter, readCohortQuery } from '../cohorts/list-filter.ts'
import { campaignProblem } from '../problems.ts'
import type { NeedCohort } from '../store-who-lacks-what.ts'
import { findPage, personShapes } from './needs.ts'
import * as store from './store.ts'
import { say } from './words.ts'

/**
 * Everybody of a list, for whoever takes it out of the house: on paper or as a file, which is a reading of all of them
 * and a deed. Throws list-too-long.
 */
async function takeOut(work: Work, filter: CohortFilter, deed: 'list.exported' | 'list.printed') {
  const asked = await readCohortQuery(work, filter)
  const rows = await findPage(work, asked, { limit: mostExportedRows + 1 })
  if (rows.length > mostExportedRows) throw campaignProblem('list-too-long', { rows: mostExportedRows })
  await audit.noteReading(
    work,
    rows.map(row => row.person_id),
    ['identity', 'card', 'account'],
  )
  await audit.record(
    work,
    deed,
    { kind: 'list', id: work.id, unitId: asked.unit.id },
    { rows: rows.length, day: asked.cohort.day, basis: asked.cohort.basis, needs: asked.needs },
  )
  return { asked, rows }
}

/** The list is printed: a reading of everybody on it, and a deed as an export is. */
export async function printPeopleInNeed(work: Work, filter: CohortFilter): Promise<{ rows: number }> {
  const { rows } = await takeOut(work, filter, 'list.printed')
  return { rows: rows.length }
}

/** The list as a workbook, with its day, basis and author; the export is a deed. `author` is the actor's name. */
export async function exportPeopleInNeed(
  work: Work,
  filter: CohortFilter,
  author: string,
  language: Language,
): Promise<Download> {
  const { asked, rows } = await takeOut(work, filter, 'list.exported')
  const t = say(language)
  const above = `${t('list-title')}: ${asked.unit.name}`
  return workbookOf(work, { rows, cohort: asked.cohort, above, author, language })
}

/** Chosen people of any list as a workbook, whatever they lack. Throws person-unknown for one out of scope. */
export async function exportChosen(
  work: Work,
  personIds: readonly register.PersonId[],
  author: string,
  language: Language,
): Promise<Download> {
  const asked = await readCohortQuery(work, { basis: 'permanent' })
  const rows = await store.findChosenRows(work, asked.cohort, personIds)
  const unseen = personIds.find(id => !rows.some(row => row.person_id === id))
  if (unseen) await register.getSummary(work, unseen)
  await audit.noteReading(
    work,
    rows.map(row => row.person_id),
    ['identity', 'card', 'account'],
  )
  await audit.record(
    work,
    'list.exported',
    { kind: 'list', id: work.id, unitId: asked.unit.id },
    { rows: rows.length, day: asked.cohort.day, basis: 'chosen' },
  )
  const t = say(language)
  return workbookOf(work, {
    rows,
    cohort: asked.cohort,
    above: t('list-chosen'),
    author,
    language,
  })
}

type WorkbookInput = {
  readonly rows: readonly store.NeedRow[]
  readonly cohort: NeedCohort
  readonly above: string
  readonly author: string
  readonly language: Language
}

async function workbookOf(work: Work, { rows, cohort, above, author, language }: WorkbookInput): Promise<Download> {
  const t = say(language)
  const people = await personShapes(work, rows)
  const sheet = {
    name: t('list-title'),
    above: [
      above,
      `${t('as-of')} ${dayIn(cohort.day, language)}, ${t(cohort.basis)}, ${cohort.schoolYear}`,
      `${t('made-by')}: ${author}. ${t('counted-once')}.`,
    ],
    columns: [
      { header: t('column-place'), width: 6, format: 'number' as const },
      { header: t('column-name'), width: 28, format: 'text' as const },
      { header: t('column-born'), width: 17, format: 'text' as const },
      { header: t('column-sex'), width: 8, format: 'text' as const },
      { header: t('column-number'), width: 15, format: 'text' as const },
      { header: t('column-class'), width: 8, format: 'text' as const },
      { header: t('column-school'), width: 26, format: 'text' as const },
      { header: t('column-unit'), width: 22, format: 'text' as const },
      { header: t('column-needs'), width: 34, format: 'text' as const },
      { header: t('column-away'), width: 38, format: 'text' as const },
    ],
    rows: people.map((person, index) => [
      index + 1,
      person.name,
      dayIn(person.born, language),
      t(person.sex === 'M' ? 'male' : 'female'),
      person.number,
      person.class,
      person.school?.name,
      person.permanentUnit,
      person.needs.map(need => t(need)).join(', '),
      person.away ? `${dayIn(person.away.from, language)} – ${dayIn(person.away.until, language)}` : '',
    ]),
  }
  const properties = { title: t('list-title'), author, createdAt: work.now }
  return downloadWorkbook(`con-thieu-${cohort.day}.xlsx`, sheet, properties)
}

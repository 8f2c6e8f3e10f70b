import type { Static } from 'typebox'
import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import { mostChosen } from '../../campaign/contract.ts'
import { foldMarks } from '../../names/name.ts'
import { type Day, dayBefore, formatPartialDay } from '../../platform/day.ts'
import type { Download } from '../../platform/endpoint.ts'
import { asId, type Id } from '../../platform/ids.ts'
import type { Language } from '../../platform/pages/html.ts'
import { dayIn } from '../../platform/terms/numbers-and-days.ts'
import type { Work } from '../../platform/work.ts'
import { downloadWorkbook } from '../../platform/workbook/download.ts'
import * as units from '../../units/units.ts'
import { readOpeningBalance } from '../balances/opening-balance.ts'
import { type FigureParams, type FigureQuery, readFigureQuery, unitsWrittenIn } from '../figure.ts'
import { longestPeopleExport } from '../law.ts'
import { type ColumnCounts, columnsOf, metricCount, milestoneColumns, noCounts } from '../milestone-column.ts'
import { statisticsProblem } from '../problems.ts'
import type { FigureListOrder, figureList, figureSearch, PeopleListPerson } from './contract-people.ts'
import { findTotals } from './store.ts'
import * as store from './store-list.ts'
import { say } from './words.ts'

export type PeopleListInput = FigureParams & {
  readonly which?: store.PeopleGroup | undefined
  readonly school?: string | undefined
  readonly class?: string | undefined
}

/** The step before a metric on its way, for those who stopped. */
const stepBefore = (metric: campaign.PersonMetric) => {
  const way = campaign.ways[campaign.wayOf(metric)]
  const place = way.findIndex(step => metric.startsWith(step))
  return place > 0 ? way[place - 1] : undefined
}

type PeopleList = {
  readonly query: FigureQuery & { readonly metric: campaign.PersonMetric }
  readonly people: store.PeopleQuery
}

/** Whom a figure counts: the same people that its number is of. */
export async function readPeopleList(work: Work, id: campaign.CampaignId, query: PeopleListInput): Promise<PeopleList> {
  const asked = await readFigureQuery(work, id, query)
  const { metric, day } = asked
  if (!campaign.isPersonMetric(metric)) throw statisticsProblem('figure-without-list')
  const before = stepBefore(metric)
  const people: store.PeopleQuery = {
    campaignId: id,
    edition: asked.edition ?? asked.campaign.closedIn ?? undefined,
    units: unitsWrittenIn(asked.tree, asked.unit.id),
    band: asked.band,
    school: query.school,
    class: query.class,
    which: query.which ?? 'done',
    ...{ has: columnsOf[metric].has, not: columnsOf[metric].not },
    before: before && columnsOf[before].has,
    day,
    from: dayBefore(asked.first),
  }
  return { query: { ...asked, metric }, people }
}

/** A list above so many is read along the order of names. */
const longFrom = 5_000

/** The people behind a figure, a page at a time, and how many they are. */
export async function listPeople(
  work: Work,
  id: campaign.CampaignId,
  query: PeopleListInput,
  { after, limit = 200 }: { after?: string | undefined; limit?: number | undefined } = {},
): Promise<Static<NonNullable<typeof figureList.reply>>> {
  const { query: asked, people } = await readPeopleList(work, id, query)
  const total = await countListed(work, { query: asked, people })
  const place = after === undefined ? undefined : await store.findPeoplePosition(work, asId<'person'>(after))
  const isLong = total > longFrom && !people.school && people.edition === undefined
  const rows = await store.findPeople(work, people, { after: place, limit, isLong })
  await noteReading(work, rows)
  return {
    total,
    unlisted: await countUnlisted(work, { query: asked, people }),
    day: asked.day,
    unit: units.codedUnitReference(asked.unit),
    people: await personShapes(work, asked, rows),
    next: rows.length === limit ? (rows.at(-1)?.person_id ?? null) : null,
  }
}

type PeopleSearch = PeopleListInput & {
  readonly name?: string | undefined
  readonly order?: FigureListOrder | undefined
  readonly descending?: boolean | undefined
}

async function placeKeys(work: Work, people: store.PeopleQuery, by: FigureListOrder): Promise<store.PlaceKeys> {
  if (by !== 'school' && by !== 'unit') return []
  const nameOf = async (id: string) =>
    by === 'school' ? (await units.getSchool(work, asId<'school'>(id))).name : units.unitName(work, asId<'unit'>(id))
  return Promise.all(
    (await store.findPlaces(work, people, by)).map(async id => [id, foldMarks(await nameOf(id))] as const),
  )
}

/**
 * The same list in an order, by part of a name: with what each person lacks, which campaigns mean them, and until when
 * it is asked for in time.
 */
export async function searchPeople(
  work: Work,
  id: campaign.CampaignId,
  { name, order = 'name', descending = false, ...query }: PeopleSearch,
  {
    after,
    skip = 0,
    limit = 200,
  }: { after?: string | undefined; skip?: number | undefined; limit?: number | undefined } = {},
): Promise<Static<NonNullable<typeof figureSearch.reply>>> {
  const folded = name === undefined ? undefined : foldMarks(name)
  const { facts, ...list } =
    order === 'name' && !descending && !folded
      ? await withFacts(work, await listPeople(work, id, query, { after, limit }))
      : await withFacts(work, await listInOrder(work, id, query, { name: folded, order, descending, skip, limit }))
  return {
    ...list,
    people: list.people.map(person => ({
      ...person,
      needs: [...(facts.get(person.id)?.needs ?? [])],
      campaigns: [...(facts.get(person.id)?.campaigns ?? [])],
      lastSafeOn: facts.get(person.id)?.lastSafeOn ?? null,
    })),
  }
}

type PeoplePage = Static<NonNullable<typeof figureList.reply>>

const withFacts = async (work: Work, list: PeoplePage) => ({
  ...list,
  facts: await campaign.standingOfChosen(
    work,
    list.people.flatMap(({ id, name }) => (name === null ? [] : [asId<'person'>(id)])),
  ),
})

type PageInOrder = {
  readonly name: string | undefined
  readonly order: FigureListOrder
  readonly descending: boolean
  readonly skip: number
  readonly limit: number
}

async function listInOrder(
  work: Work,
  id: campaign.CampaignId,
  query: PeopleListInput,
  { name, order, descending, skip, limit }: PageInOrder,
): Promise<PeoplePage> {
  const { query: asked, people } = await readPeopleList(work, id, query)
  const places = await placeKeys(work, people, order)
  const by = { by: order, places, isDescending: descending }
  const rows = await store.findPeopleInOrder(work, people, { name, order: by, skip, limit })
  await noteReading(work, rows)
  return {
    // A page beyond the last one has no row that says how many there are.
    total: rows[0]?.total ?? (skip === 0 ? 0 : await countListed(work, { query: asked, people })),
    unlisted: await countUnlisted(work, { query: asked, people }),
    day: asked.day,
    unit: units.codedUnitReference(asked.unit),
    people: await personShapes(work, asked, rows),
    next: null,
  }
}

/** Everybody of such a list who is in sight, by id. Refuses more than one deed may be done to. */
export async function choosePeople(
  work: Work,
  id: campaign.CampaignId,
  { name, ...query }: PeopleSearch,
): Promise<Id<'person'>[]> {
  const { people } = await readPeopleList(work, id, query)
  const folded = name === undefined ? undefined : foldMarks(name)
  const ids = await store.findListedIds(work, people, { name: folded, most: mostChosen })
  if (ids.length > mostChosen) throw campaign.campaignProblem('choice-too-large', { most: mostChosen })
  await audit.noteReading(work, ids, ['identity'])
  return ids
}

/**
 * The length of a list: the figure itself, from the running totals; counted person by person where figures have no such
 * part.
 */
async function countListed(work: Work, { query: asked, people }: PeopleList): Promise<number> {
  if (people.school || people.class || asked.edition !== undefined) return store.countPeople(work, people)
  const of = { campaignId: people.campaignId, band: people.band, units: people.units, columns: milestoneColumns }
  return countAmong(await findTotals(work, of, [people.day, people.from]), asked, people)
}

/** How many of the opening balance the figure has beside the list. */
async function countUnlisted(work: Work, { query: asked, people }: PeopleList): Promise<number> {
  if (people.school || people.class || people.band !== 0) return 0
  const opening = await readOpeningBalance(work, asked.campaign.id, asked.edition)
  if (opening.isEmpty) return 0
  const rows = [people.day, people.from].flatMap(day =>
    people.units.flatMap(unitId => {
      const counts = opening.ofUnit(unitId, day)
      return counts ? [{ ...counts, day }] : []
    }),
  )
  return countAmong(rows, asked, people)
}

/** How many of some totals by the end of days a question means. */
function countAmong(
  rows: readonly (Partial<ColumnCounts> & { readonly day: Day })[],
  asked: PeopleList['query'],
  people: PeopleList['people'],
): number {
  const sum = (day: Day, count: (row: ColumnCounts) => number) =>
    rows.reduce((total, row) => (row.day === day ? total + count({ ...noCounts, ...row }) : total), 0)
  const done = sum(people.day, row => metricCount(row, asked.metric))
  if (people.which === 'done') return done
  if (people.which === 'new') return done - sum(people.from, row => metricCount(row, asked.metric))
  const { before } = people
  const meant = sum(people.day, row => (people.which === 'stopped' && before ? row[before] : row.members))
  return (
    meant -
    (people.which === 'members' ? 0 : people.which === 'stopped' ? sum(people.day, row => row[people.has]) : done)
  )
}

export const noteReading = (work: Work, rows: readonly { readonly person_id: Id<'person'> }[]) =>
  audit.noteReading(
    work,
    rows.map(row => row.person_id),
    ['identity', 'card', 'account'],
  )

async function personShapes(
  work: Work,
  { campaign: one }: FigureQuery,
  rows: readonly store.PeopleListRow[],
): Promise<PeopleListPerson[]> {
  const bands = new Map((await campaign.bandNamesOf(work, one.id)).map(({ band, name }) => [band, name]))
  const schools = new Map<string, string>()
  const places = new Map<string, string>()
  for (const { school_id, unit_id } of rows) {
    if (school_id && !schools.has(school_id)) schools.set(school_id, (await units.getSchool(work, school_id)).name)
    if (!places.has(unit_id)) places.set(unit_id, await units.unitName(work, unit_id))
  }
  return rows.map(row => ({
    id: row.person_id,
    name: row.full_name,
    number: row.number,
    born:
      row.birth_y === null
        ? null
        : formatPartialDay({
            y: row.birth_y,
            ...(row.birth_m && { m: row.birth_m }),
            ...(row.birth_d && { d: row.birth_d }),
          }),
    sex: row.sex,
    unit: places.get(row.unit_id) ?? '',
    school: row.school_id ? (schools.get(row.school_id) ?? null) : null,
    class: row.class,
    band: bands.get(row.band) ?? '',
    on: row.has_on,
    gone: row.gone,
  }))
}

/** Where the pages of a long list begin, so that one may jump anywhere in it. */
export async function listPageMarks(work: Work, id: campaign.CampaignId, query: PeopleListInput, every = 200) {
  const { query: asked, people } = await readPeopleList(work, id, query)
  const [total, found] = [
    await countListed(work, { query: asked, people }),
    await store.findPageMarks(work, people, every),
  ]
  return { total, every, marks: found }
}

/**
 * Everybody of a list, for whoever takes it out of the house: on paper or as a file, which is a reading of all of them
 * and a deed. Throws list-too-long.
 */
async function takeListOut(
  work: Work,
  id: campaign.CampaignId,
  query: PeopleListInput,
  deed: 'list.exported' | 'list.printed',
) {
  const { query: asked, people } = await readPeopleList(work, id, query)
  const rows = await store.findPeople(work, people, { limit: longestPeopleExport + 1, isLong: false })
  if (rows.length > longestPeopleExport) throw campaign.campaignProblem('list-too-long', { rows: longestPeopleExport })
  await noteReading(work, rows)
  const { metric, day, unit } = asked
  await audit.record(
    work,
    deed,
    { kind: 'list', id: work.id, unitId: unit.id },
    { rows: rows.length, day, metric, which: people.which, campaign: id },
  )
  return { asked, people, rows }
}

/** The list is printed: a reading of everybody on it, and a deed as an export is. */
export async function printPeople(
  work: Work,
  id: campaign.CampaignId,
  query: PeopleListInput,
): Promise<{ rows: number }> {
  const { rows } = await takeListOut(work, id, query, 'list.printed')
  return { rows: rows.length }
}

/** The list as a workbook, with its day, unit and author; the export is a deed. */
export async function exportPeople(
  work: Work,
  id: campaign.CampaignId,
  query: PeopleListInput,
  author: string,
  language: Language,
): Promise<Download> {
  const { asked, people, rows } = await takeListOut(work, id, query, 'list.exported')
  const t = say(language)
  const { metric, day, unit } = asked
  const title = `${t(people.which)}: ${t(metric)}`
  const sheet = {
    name: t('list'),
    above: [
      `${title}, ${unit.name}`,
      `${t('as-of')} ${dayIn(day, language)}. ${asked.campaign.title}`,
      `${t('made-by')}: ${author}`,
    ],
    columns: [
      { header: t('column-place'), width: 6, format: 'number' as const },
      { header: t('column-name'), width: 28, format: 'text' as const },
      { header: t('column-born'), width: 17, format: 'text' as const },
      { header: t('column-number'), width: 15, format: 'text' as const },
      { header: t('column-class'), width: 8, format: 'text' as const },
      { header: t('column-school'), width: 26, format: 'text' as const },
      { header: t('column-unit'), width: 22, format: 'text' as const },
      { header: t('column-on'), width: 17, format: 'text' as const },
    ],
    rows: (await personShapes(work, asked, rows)).map((person, i) => [
      i + 1,
      person.name,
      person.born && dayIn(person.born, language),
      person.number,
      person.class,
      person.school,
      person.unit,
      person.on && dayIn(person.on, language),
    ]),
  }
  return downloadWorkbook(`danh-sach-${day}.xlsx`, sheet, { title, author, createdAt: work.now })
}

/** Names of people in sight, in the order of lists. */
export const namesOf = store.findUnitNames

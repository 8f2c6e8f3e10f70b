/**
 * Readings and deeds as they stand in the audit, page by page. In: officers, units, days, a pattern, a person. Decided:
 * what ties each reading now. Out: people by initials; names and a person's history with a reason alone, which notes a
 * reading and a deed. Deeds: `names.opened`, `history.opened`.
 */

import * as audit from '../audit/audit.ts'
import { beginOf, dayAfter, dayAt } from '../platform/day.ts'
import { asId, type Id, isId } from '../platform/ids.ts'
import { type Work, withHouseScope } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import { countingOf } from './deriving.ts'
import { initialsOf } from './initials.ts'
import { getPattern, refuseOwn, unitsOfWork } from './judging.ts'
import { pageLimits } from './law.ts'
import { type Span, type SpanQuery, spanOf } from './overview.ts'
import { type PatternId, type PatternRule, personRules } from './pattern.ts'
import { inspectionProblem } from './problems.ts'
import * as days from './store-day.ts'
import type { Pattern } from './store-pattern.ts'
import * as store from './store-trail.ts'

export type Page = { readonly after?: string; readonly limit?: number }

/** Where a page begins: the moment and the id of the last row before it. Throws page-mark-unknown. */
function afterOf(mark: string | undefined): store.After | undefined {
  if (mark === undefined) return undefined
  const [, at, id = ''] = /^(\d{1,15})\.(.{36})$/.exec(mark) ?? []
  if (!at || !isId(id)) throw inspectionProblem('page-mark-unknown')
  return { at: new Date(Number(at)), id }
}

const markOf = ({ at, id }: { readonly at: Date; readonly id: string }) => `${at.getTime()}.${id}`

const pageOf = <Row extends { readonly at: Date; readonly id: string }>(rows: readonly Row[], limit: number) => {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { page, ...(rows.length > limit && last && { next: markOf(last) }) }
}

/** A reason of a sentence, without blanks around it. Throws inspection-reason-needed. */
export function reasonIn(text: string): string {
  const reason = text.normalize('NFC').trim()
  if ((reason.match(/\p{L}/gu)?.length ?? 0) < 10) throw inspectionProblem('inspection-reason-needed')
  return reason
}

export type ShownReading = {
  readonly id: Id<'access'>
  readonly at: Date
  readonly officer: { readonly id: Id<'officer'>; readonly name: string }
  readonly fields: string[]
  readonly purpose: string
  readonly initials: string
  readonly place: string
  readonly tie?: string
  readonly isOwn: boolean
  readonly isOff: boolean
}

type Counted = Pick<days.ReadingFilter, 'tied' | 'off' | 'field' | 'releasedTo'>

export type ReadingPage = { readonly readings: ShownReading[]; readonly next?: string | undefined }

type Wanted = Counted & Page

/**
 * Readings of an officer in some days. What ties them, and whose initials they are, is asked with the eyes of the
 * house: people whom somebody read may live anywhere. No name leaves.
 */
async function readingsOfOfficer(
  work: Work,
  officerId: Id<'officer'>,
  span: Span,
  wanted: Wanted,
): Promise<ReadingPage> {
  const { limit = pageLimits.shown } = wanted
  const rows = await findReadingRows(work, officerId, span, { ...wanted, limit: limit + 1 })
  const { page, next } = pageOf(rows, limit)
  const name = (await staff.namesOf(work, [officerId])).get(officerId) ?? ''
  return { readings: await Promise.all(page.map(row => shown(work, row, { id: officerId, name }))), next }
}

/** The same as rows of the store: who is behind each of them must not leave as it is. */
async function findReadingRows(
  work: Work,
  officerId: Id<'officer'>,
  span: Span,
  { after, limit, ...counted }: Counted & { readonly after?: string; readonly limit: number },
): Promise<days.ListedReading[]> {
  const [from, until] = [beginOf(span.from), beginOf(dayAfter(span.to))]
  const scope = unitsOfWork(work)
  return withHouseScope(work, async house =>
    days.findReadings(house, await countingOf(house, { from, until, day: span.to }), {
      ...counted,
      officerId,
      units: scope,
      after: afterOf(after),
      limit,
    }),
  )
}

export const shown = async (
  work: Work,
  row: days.ListedReading,
  officer: ShownReading['officer'],
): Promise<ShownReading> => ({
  id: row.id,
  at: row.at,
  officer,
  fields: row.fields.split(','),
  purpose: row.purpose,
  initials: initialsOf(row.fullName ?? ''),
  place: row.homeId ? await units.unitName(work, row.homeId) : '',
  ...(row.tie && { tie: row.tie }),
  isOwn: row.isOwn,
  isOff: row.isOff,
})

export type OfficerReadingsQuery = SpanQuery & Page & { readonly which?: 'all' | 'untied' | 'off-hours' }

const whichOf = (which: OfficerReadingsQuery['which']): Counted => ({
  ...(which === 'untied' && { tied: false }),
  ...(which === 'off-hours' && { off: true }),
})

/** Throws pattern-your-own. */
async function spanOfOthers(work: Work, officerId: Id<'officer'>, query: SpanQuery): Promise<Span> {
  const span = await spanOf(work, query)
  await refuseOwn(work, [officerId], [beginOf(span.from), beginOf(span.to)])
  return span
}

/** The readings of an officer. Throws pattern-your-own. */
export async function officerReadings(
  work: Work,
  officerId: Id<'officer'>,
  { which, after, limit, ...query }: OfficerReadingsQuery,
): Promise<ReadingPage> {
  return readingsOfOfficer(work, officerId, await spanOfOthers(work, officerId, query), {
    ...(after !== undefined && { after }),
    ...(limit !== undefined && { limit }),
    ...whichOf(which),
  })
}

/** The same from the first on, as rows of the store. Throws pattern-your-own. */
export async function findReadingsAsked(
  work: Work,
  officerId: Id<'officer'>,
  { which, ...query }: OfficerReadingsQuery,
  limit: number,
): Promise<days.ListedReading[]> {
  const span = await spanOfOthers(work, officerId, query)
  return findReadingRows(work, officerId, span, { ...whichOf(which), limit })
}

/** Which readings a rule counts, where not all that nothing ties. */
const countedBy: Readonly<Partial<Record<PatternRule, Counted>>> = {
  'off-hours': { tied: false, off: true },
  searches: { field: 'by-name' },
  exported: {},
}

const counted = ({ rule, evidence: { schoolId } }: Pattern): Counted =>
  schoolId ? { releasedTo: schoolId } : (countedBy[rule] ?? { tied: false })

/** The readings that a pattern counts: of its first officer, or of the one person whom it is about. */
export async function patternReadings(work: Work, id: PatternId, { after, limit }: Page): Promise<ReadingPage> {
  const pattern = await getPattern(work, id)
  const page = { ...(after !== undefined && { after }), ...(limit !== undefined && { limit }) }
  if (personRules.some(rule => rule === pattern.rule)) return readingsOfPerson(work, pattern, page)
  const [first] = pattern.officerIds
  if (!first) return { readings: [] }
  return readingsOfOfficer(work, first, { from: pattern.fromOn, to: pattern.toOn }, { ...page, ...counted(pattern) })
}

async function readingsOfPerson(work: Work, pattern: Pattern, { after, limit = pageLimits.shown }: Page) {
  if (!pattern.personId) return { readings: [] }
  const personId = pattern.personId
  const scope = unitsOfWork(work)
  const begin = afterOf(after) ?? { at: beginOf(dayAfter(pattern.toOn)), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }
  const [rows, person] = await withHouseScope(work, async house => [
    await store.findReadingsOfPerson(house, personId, { units: scope, after: begin, limit: limit + 1 }),
    await store.namesOfPeople(house, [personId]),
  ])
  const since = beginOf(pattern.fromOn)
  const { page, next } = pageOf(
    rows.filter(({ at }) => at >= since),
    limit,
  )
  const names = await staff.namesOf(
    work,
    page.map(({ byId }) => byId),
  )
  const readings = page.map(({ id, at, byId, fields, purpose, caseKind }) => ({
    id,
    at,
    officer: { id: asId<'officer'>(byId), name: names.get(byId) ?? '' },
    fields: fields.split(','),
    purpose,
    initials: initialsOf(person.get(personId) ?? ''),
    place: '',
    ...(caseKind && { tie: 'case' }),
    isOwn: false,
    isOff: false,
  }))
  return { readings, next }
}

export type DeedsQuery = SpanQuery & Page & { readonly officer?: Id<'officer'>; readonly deed?: string }

async function deedFilterOf(work: Work, { officer, unit, ...query }: Omit<DeedsQuery, 'deed' | 'after' | 'limit'>) {
  const { from, to } = await spanOf(work, { ...query, ...(unit && { unit }) })
  return { from, to, fixedDay: work.today === dayAt(work.now) ? null : work.today, officerId: officer, unitId: unit }
}

/** What officers did, as far as the scope sees it. */
export async function deeds(work: Work, { deed, after, limit = pageLimits.shown, ...query }: DeedsQuery) {
  const filter = { ...(await deedFilterOf(work, query)), deed, after: afterOf(after) }
  const { page, next } = pageOf(await store.findDeeds(work, { ...filter, limit: limit + 1 }), limit)
  return { deeds: await namedDeeds(work, page), next }
}

/** The same from the latest on, as rows of the store. */
export const findDeedsAsked = async (work: Work, { deed, ...query }: DeedsQuery, limit: number) =>
  store.findDeeds(work, { ...(await deedFilterOf(work, query)), deed, limit })

/** Which kinds of deeds officers did in some days, to choose from. */
export const kindsOfDeeds = async (work: Work, query: Omit<DeedsQuery, 'deed' | 'after' | 'limit'>) =>
  store.countKindsOfDeeds(work, await deedFilterOf(work, query))

export async function namedDeeds(work: Work, rows: readonly store.TrailDeed[]) {
  const names = await staff.namesOf(
    work,
    rows.map(({ byId }) => byId),
  )
  return Promise.all(
    rows.map(async ({ byId, unitId, personId: _whose, ...row }) => ({
      ...row,
      officer: { id: asId<'officer'>(byId), name: names.get(byId) ?? '' },
      ...(unitId && { unit: await units.unitReference(work, unitId) }),
    })),
  )
}

/** The moment in a reading's id: readings of an officer are found by it. */
const momentOf = (id: string) => new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16))

async function peopleOf(work: Work, officerId: Id<'officer'>, readingIds: readonly string[]) {
  const wanted = readingIds.map(id => ({ id, at: momentOf(id) }))
  await refuseOwn(
    work,
    [officerId],
    wanted.map(({ at }) => at),
  )
  const scope = unitsOfWork(work)
  const found = await withHouseScope(work, house => store.findReadPeople(house, officerId, wanted, scope))
  if (found.length < new Set(readingIds).size) throw inspectionProblem('reading-unknown')
  return found
}

export type NamesToOpen = {
  readonly officer: Id<'officer'>
  readonly readings: readonly Id<'access'>[]
  readonly patternId?: PatternId
  readonly reason: string
}

/** Opens the names behind some readings. Throws inspection-reason-needed, reading-unknown, pattern-your-own. */
export async function openNames(work: Work, { officer, readings, patternId, reason }: NamesToOpen) {
  const why = reasonIn(reason)
  const about = patternId && (await getPattern(work, patternId))
  const found = await peopleOf(work, officer, readings)
  const people = [...new Set(found.map(({ personId }) => personId))]
  await audit.noteReading(work, people, ['name'], about && { kind: 'pattern', id: about.id })
  await audit.record(
    work,
    'names.opened',
    { kind: 'officer', id: officer, ...(found[0]?.unitId && { unitId: found[0].unitId }) },
    { readings: found.length, people: people.length, reason: why, ...(about && { patternId: about.id }) },
  )
  const names = await withHouseScope(work, house => store.namesOfPeople(house, people))
  return { names: found.map(({ id, personId }) => ({ id, fullName: names.get(personId) ?? '' })) }
}

export type HistoryToOpen = Page & {
  readonly number?: string
  readonly officer?: Id<'officer'>
  readonly reading?: Id<'access'>
  readonly reason: string
}

async function personAsked(work: Work, { number, officer, reading }: HistoryToOpen): Promise<Id<'person'>> {
  if (number !== undefined) {
    const found = await register.findByNumber(work, number)
    if (!found) throw inspectionProblem('inspection-person-needed')
    return found.id
  }
  if (!officer || !reading) throw inspectionProblem('inspection-person-needed')
  const [found] = await peopleOf(work, officer, [reading])
  if (!found) throw inspectionProblem('reading-unknown')
  return found.personId
}

/** Which officers read a person's data, and did what about them. Throws what `reasonIn` and `peopleOf` throw. */
export async function openHistory(work: Work, asked: HistoryToOpen) {
  const why = reasonIn(asked.reason)
  const { after, limit = pageLimits.shown } = asked
  const personId = await personAsked(work, asked)
  await audit.noteReading(work, [personId], ['name', 'access-history'])
  await audit.record(
    work,
    'history.opened',
    { kind: 'person', id: personId, personId, ...(work.unitId && { unitId: work.unitId }) },
    { reason: why },
  )
  const scope = unitsOfWork(work)
  const [names, rows, done] = await withHouseScope(work, async house => [
    await store.namesOfPeople(house, [personId]),
    await store.findReadingsOfPerson(house, personId, { units: scope, after: afterOf(after), limit: limit + 1 }),
    after === undefined ? await store.findDeedsAbout(house, personId, { units: scope, limit }) : [],
  ])
  const { page, next } = pageOf(rows, limit)
  const officers = await staff.namesOf(
    work,
    page.map(({ byId }) => byId),
  )
  return {
    fullName: names.get(personId) ?? '',
    readings: await Promise.all(
      page.map(async ({ id, at, byId, unitId, purpose, fields, caseKind }) => ({
        id,
        at,
        officer: { id: asId<'officer'>(byId), name: officers.get(byId) ?? '' },
        ...(unitId && { unit: await units.unitReference(work, unitId) }),
        purpose,
        fields: fields.split(','),
        ...(caseKind && { case: caseKind }),
      })),
    ),
    deeds: await namedDeeds(work, done),
    next,
  }
}

/**
 * What people still lack: a card, a renewal, an account, its activation, level 2, a correction. A filter comes in,
 * which the cohorts room reads. Decided here: what each person needs as of a day, by that day's law; each counts once
 * in each need. What goes out are figures, lists by name, workbooks, and one person's needs. Deeds:
 * list.exported, list.printed.
 */

import type { Static } from 'typebox'
import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import * as cards from '../../cards/cards.ts'
import { foldMarks } from '../../names/name.ts'
import { type Day, formatPartialDay, wholeDay } from '../../platform/day.ts'
import { asId, type Id } from '../../platform/ids.ts'
import type { Asking, LawReference } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { type CohortFilter, type CohortQuery, readCohortQuery } from '../cohorts/list-filter.ts'
import { safeDaysOf, safeDaysOfMany } from '../cohorts/safe-days.ts'
import {
  type FigurePart,
  type FiguresReply,
  figureParts,
  type ListOrder,
  mostChosen,
  type NeedPerson,
  type PersonStanding,
} from '../contract.ts'
import { type Need, needs } from '../need-codes.ts'
import { needLawOn } from '../need-law.ts'
import { campaignProblem } from '../problems.ts'
import { isKept } from './kept-needs.ts'
import * as store from './store.ts'
import * as keptList from './store-kept-list.ts'

type NeedPersonShape = Static<typeof NeedPerson>

const basicsShape = ({ cohort, unit }: CohortQuery) => ({
  day: cohort.day,
  basis: cohort.basis,
  schoolYear: cohort.schoolYear,
  unit: { id: unit.id, name: unit.name },
})

async function schoolNames(work: Work, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = [...new Set(ids)].filter(id => id !== null)
  return new Map(
    await Promise.all(known.map(async id => [id, (await units.getSchool(work, asId<'school'>(id))).name] as const)),
  )
}

const countsShape = ({ people, in_need, needs }: store.NeedTally) => ({ people, inNeed: in_need, needs })

const nobody = { people: 0, inNeed: 0, needs: Object.fromEntries(needs.map(need => [need, 0])) as Record<Need, number> }

/**
 * How many people have each need. Every number equals the length of the list with the same filter narrowed to that
 * need.
 */
export async function countNeeds(
  work: Work,
  { by = figureParts, ...filter }: CohortFilter & { readonly by?: readonly FigurePart[] },
): Promise<Static<typeof FiguresReply>> {
  const asked = await readCohortQuery(work, filter)
  const rows = (await isKept(work, asked.cohort))
    ? await keptList.tallyKept(work, asked.cohort, asked.needs, by)
    : await store.tallyNeeds(work, asked.cohort, asked.needs, by)
  const of = (kind: store.NeedTally['kind']) =>
    rows.flatMap(row => (row.kind === kind && row.key !== null ? [{ ...row, key: row.key }] : []))
  const all = rows.find(({ kind }) => kind === 'all')
  const schools = await schoolNames(
    work,
    rows.map(row => row.school_id),
  )
  return {
    of: basicsShape(asked),
    all: all ? countsShape(all) : nobody,
    byBirthYear: of('birth-year').map(row => ({ year: Number(row.key), counted: countsShape(row) })),
    bySchool: of('school').map(row => ({ id: row.key, name: schools.get(row.key) ?? '', counted: countsShape(row) })),
    byClass: of('class').map(row => ({ school: row.school_id ?? '', name: row.key, counted: countsShape(row) })),
    byUnit: await Promise.all(
      of('unit').map(async row => ({
        id: row.key,
        name: await units.unitName(work, asId<'unit'>(row.key)),
        counted: countsShape(row),
      })),
    ),
  }
}

const bornText = (row: store.NeedRow) =>
  formatPartialDay({
    y: row.birth_y,
    ...(row.birth_m && { m: row.birth_m }),
    ...(row.birth_d && { d: row.birth_d }),
  })

export async function personShapes(work: Work, rows: readonly store.NeedRow[]): Promise<NeedPersonShape[]> {
  const schools = await schoolNames(
    work,
    rows.map(row => row.school_id),
  )
  const withoutUnit = rows.filter(row => row.permanent_unit_id === null).map(row => row.person_id)
  const compared = new Map((await register.listCompared(work, withoutUnit)).map(({ id, unitId }) => [id, unitId]))
  const homeOf = (row: store.NeedRow) => row.permanent_unit_id ?? compared.get(row.person_id) ?? null
  const unitIds = [...new Set(rows.map(homeOf))].filter(id => id !== null)
  const places = new Map(await Promise.all(unitIds.map(async id => [id, await units.unitName(work, id)] as const)))
  return rows.map(row => ({
    id: row.person_id,
    name: row.full_name,
    sortKey: row.sort_key,
    number: row.number,
    born: bornText(row),
    sex: row.sex,
    school: row.school_id ? { id: row.school_id, name: schools.get(row.school_id) ?? '' } : null,
    class: row.class,
    permanentUnit: places.get(homeOf(row) ?? ('' as Id<'unit'>)) ?? '',
    needs: row.needs,
    cardState: row.card_state,
    accountState: row.account_state,
    accountLevel: row.account_level,
    away: row.away_from && row.away_until ? { from: row.away_from, until: row.away_until } : null,
  }))
}

/** A page's end, given back as the next one's beginning. It travels in a URL, so it holds an id and no name. */
const nextPageAfter = (rows: readonly store.NeedRow[], limit: number) =>
  rows.length === limit ? (rows.at(-1)?.person_id ?? null) : null

/** Where a page begins: after the last person of the one before, who must still be there to be seen. */
async function getListPosition(work: Work, personId: register.PersonId): Promise<store.NeedListPosition> {
  const place = await store.findListPosition(work, personId)
  if (!place) throw campaignProblem('list-page-gone')
  return place
}

/** A page of the list: from what is kept of each person, or from the facts where that is of another question. */
export async function findPage(
  work: Work,
  { cohort, needs: wanted }: CohortQuery,
  page: store.NeedPage,
  order?: store.NeedOrder,
): Promise<store.NeedRow[]> {
  if (await isKept(work, cohort)) {
    const { name, ...rest } = page
    const search = name ? await keptList.findNameSearch(work, name) : undefined
    return keptList.findKeptPage(work, cohort, wanted, { ...rest, search, order })
  }
  return !order || (order.by === 'name' && !order.isDescending)
    ? store.findPeopleInNeed(work, cohort, wanted, page)
    : store.findPeopleInOrder(work, cohort, wanted, { ...page, order })
}

/** People in need, sorted by given name. `after` is the last person of the page before. */
export async function listPeopleInNeed(
  work: Work,
  filter: CohortFilter,
  { after, limit = 200 }: { after?: string; limit?: number } = {},
) {
  const asked = await readCohortQuery(work, filter)
  const rows = await findPage(work, asked, {
    limit,
    ...(after && { after: await getListPosition(work, asId<'person'>(after)) }),
  })
  await audit.noteReading(
    work,
    rows.map(row => row.person_id),
    ['identity', 'card', 'account'],
  )
  return { of: basicsShape(asked), people: await personShapes(work, rows), next: nextPageAfter(rows, limit) }
}

export type ListSearch = CohortFilter & {
  readonly name?: string | undefined
  readonly order?: ListOrder | undefined
  readonly descending?: boolean | undefined
}

/** Names of schools and communes in their order; ids that stand on no list of the unit have none. */
async function placesInOrder(work: Work, { cohort }: CohortQuery, by: ListOrder): Promise<store.NamedPlaces> {
  const ids = by === 'school' ? cohort.schools.map(([id]) => id as string) : cohort.units.map(([id]) => id as string)
  const nameOf = async (id: string) =>
    by === 'school' ? (await units.getSchool(work, asId<'school'>(id))).name : units.unitName(work, asId<'unit'>(id))
  return by === 'school' || by === 'unit'
    ? Promise.all(ids.map(async id => [id, foldMarks(await nameOf(id))] as const))
    : []
}

/**
 * People in need by part of a name, in the order that is asked for, each with the campaigns that mean them and the last
 * day on which what they lack is asked for in time.
 */
export async function searchPeopleInNeed(
  work: Work,
  { name, order = 'name', descending = false, ...filter }: ListSearch,
  { after, limit = 200 }: { after?: string | undefined; limit?: number | undefined } = {},
) {
  const asked = await readCohortQuery(work, filter)
  const page = {
    limit,
    name: name === undefined ? undefined : foldMarks(name),
    ...(after && { after: await getListPosition(work, asId<'person'>(after)) }),
  }
  const rows = await findPage(work, asked, page, {
    by: order,
    places: await placesInOrder(work, asked, order),
    isDescending: descending,
  })
  await audit.noteReading(
    work,
    rows.map(row => row.person_id),
    ['identity', 'card', 'account'],
  )
  const meant = await meantBy(work, rows)
  const people = (await personShapes(work, rows)).map(person => ({ ...person, ...meantOf(meant, person.id) }))
  return { of: basicsShape(asked), people, next: nextPageAfter(rows, limit) }
}

const meantBy = (work: Work, rows: readonly store.NeedRow[]) =>
  safeDaysOfMany(
    work,
    rows.map(row => ({
      id: row.person_id,
      home: row.permanent_unit_id ?? undefined,
      needs: row.needs,
      cardState: (row.card_state as cards.CardState | null) ?? undefined,
    })),
  )

/** The open campaigns that mean a person, and the first of the days until which what they lack is asked for in time. */
function meantOf(meant: Awaited<ReturnType<typeof meantBy>>, id: string) {
  const { titles = [], safeDays = [] } = meant.get(id) ?? {}
  const first = safeDays.toSorted((a, b) => (a.lastSafeOn < b.lastSafeOn ? -1 : 1))[0]
  return {
    campaigns: [...titles],
    lastSafeOn: first ? { on: first.lastSafeOn, deadline: first.deadline, what: first.what } : null,
  }
}

/**
 * What people of another list lack, the campaigns that mean them, and their last safe day; of those alone who are in
 * sight. Whoever lists them has noted the reading.
 */
export async function standingOfChosen(work: Work, personIds: readonly register.PersonId[]) {
  const asked = await readCohortQuery(work, { basis: 'permanent' })
  const rows = await store.findChosenRows(work, asked.cohort, personIds)
  const meant = await meantBy(work, rows)
  return new Map(
    rows.map(row => [row.person_id as string, { needs: row.needs, ...meantOf(meant, row.person_id) }] as const),
  )
}

/** Chosen people as far as they are in sight: what they lack, their age, school and home. Their reading is noted. */
export async function describeChosen(work: Work, personIds: readonly register.PersonId[]) {
  const asked = await readCohortQuery(work, { basis: 'permanent' })
  const rows = await store.findChosenRows(work, asked.cohort, personIds)
  await audit.noteReading(
    work,
    rows.map(row => row.person_id),
    ['identity', 'card', 'account'],
  )
  return rows.map(row => ({
    id: row.person_id,
    needs: row.needs,
    born: bornText(row),
    schoolId: row.school_id,
    class: row.class,
    homeId: row.permanent_unit_id,
  }))
}

/** Everybody of a filtered list, by id. Refuses more than one deed may be done to. */
export async function chooseEverybody(work: Work, { name, ...filter }: ListSearch): Promise<register.PersonId[]> {
  const asked = await readCohortQuery(work, filter)
  const folded = name === undefined ? undefined : foldMarks(name)
  const ids = (await isKept(work, asked.cohort))
    ? await keptList.findKeptIds(work, asked.cohort, asked.needs, {
        most: mostChosen,
        search: folded ? await keptList.findNameSearch(work, folded) : undefined,
      })
    : await store.findIdsInNeed(work, asked.cohort, asked.needs, { name: folded, most: mostChosen })
  if (ids.length > mostChosen) throw campaignProblem('choice-too-large', { most: mostChosen })
  await audit.noteReading(work, ids, ['identity'])
  return ids
}

/**
 * The needs of some people as of a day, without corrections, which depend on a roll's row. Dead people need nothing.
 */
export async function needsOf(
  work: Work,
  personIds: readonly register.PersonId[],
  day: Day,
): Promise<Map<string, Need[]>> {
  const rows = await store.findNeeds(work, personIds, day, needLawOn(day, work))
  return new Map(rows.map(row => [row.person_id, row.needs]))
}

/** The row of the law by which somebody needs a thing on a day; an activation or a correction rests on no age. */
function needLawOf(need: Need, day: Day, work: Asking): { need: Need; law: LawReference } | undefined {
  if (need === 'card' || need === 'card-renewal') return { need, law: cards.lawOfNeed(need, day, work) }
  return need === 'account' || need === 'level-2' ? { need, law: accounts.ageLaw(day, work) } : undefined
}

/**
 * One person's needs with the cards and accounts behind them; throws person-unknown for whom the scope does not see.
 */
export async function needsOfPerson(work: Work, personId: Id<'person'>): Promise<Static<typeof PersonStanding>> {
  const person = await register.getSummary(work, personId)
  await audit.noteReading(work, [personId], ['card', 'account'])
  const day = work.today
  const bornOn = wholeDay(person.birthDate)
  const term =
    bornOn && cards.isDue(bornOn, day, work)
      ? { termOfNewCard: cards.termFrom(bornOn, day, work) ?? ('' as const) }
      : {}
  const theirCards = (await cards.cardsOf(work, [personId])).get(personId) ?? []
  const theirNeeds = (await needsOf(work, [personId], day)).get(personId) ?? []
  const theirAccounts = (await accounts.accountsOf(work, [personId])).get(personId) ?? []
  return {
    day,
    needs: theirNeeds,
    needLaws: theirNeeds.flatMap(need => needLawOf(need, day, work) ?? []),
    lastSafeDays: await safeDaysOf(work, person, { needs: theirNeeds, cards: theirCards }),
    ...term,
    cards: theirCards.map(({ personId: _whose, ...card }) => card),
    accounts: theirAccounts.map(({ personId: _whose, approvedAt, activatedAt, ...account }) => ({
      ...account,
      ...(approvedAt && { approvedAt: approvedAt.toISOString() }),
      ...(activatedAt && { activatedAt: activatedAt.toISOString() }),
    })),
  }
}

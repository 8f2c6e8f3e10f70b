/**
 * Search: finding persons in the work's scope. In: a name in any marks, a birth date known in part, a unit; or a
 * commune, page by page. Decided: whether the question is narrow enough to be answered. Out: the list data of the
 * persons found, and whether there are more. No deeds: the reading of everyone shown is noted.
 */

import * as audit from '../../audit/audit.ts'
import { foldTone } from '../../names/name.ts'
import type { PartialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { foldName } from '../folded-name.ts'
import { searchLimits } from '../law.ts'
import type { PersonId, PersonSummary } from '../person.ts'
import { registerProblem } from '../problems.ts'
import * as store from './store.ts'
import type * as storeOrder from './store-order.ts'

export type PersonSearch = {
  /** In any marks or tone placement; some of the words are enough. */
  readonly name: string
  /** A whole day, a month or a year. */
  readonly born?: PartialDay | undefined
  readonly unitId?: Id<'unit'> | undefined
}

/** `more`: there are others, so the question should be narrowed. */
export type PersonSearchResult = { readonly people: readonly PersonSummary[]; readonly more: boolean }

/**
 * Searches by name among the persons in the work's scope. With a birth date, a year or a commune some words of the name
 * are enough; without, the whole name is needed. One given name alone is refused (search-too-wide), since it would be
 * compared with tens of thousands. Names that agree in marks come first. The reading of everyone shown is noted.
 */
export async function searchPersons(
  work: Work,
  { name: written, born, unitId }: PersonSearch,
): Promise<PersonSearchResult> {
  const folded = foldName(written)
  if (!folded) throw registerProblem('search-empty')
  const name = { ascii: folded.ascii, tone: foldTone(written), words: folded.words.split(' ') }
  const place = unitId && (await searchAreaOf(work, unitId))

  const people = await findMatches(work, name, born, place)
  const shown = people.slice(0, searchLimits.shown)
  await audit.noteReading(
    work,
    shown.map(({ id }) => id),
    ['identity', 'residence', 'by-name'],
  )
  return { people: shown, more: people.length > searchLimits.shown }
}

/** What a line of a school's paper says of somebody. */
export type WrittenPerson = {
  readonly number?: string | undefined
  readonly name: string
  readonly birth?: PartialDay | undefined
}

/**
 * Whom lines of a paper mean, of any unit: by a number, or by the whole name with the birth date, marks aside. For a
 * trace of their reading alone: whoever asks sees the paper, and is told nothing about these people.
 */
export const findWrittenPersons = (work: Work, lines: readonly WrittenPerson[]): Promise<PersonId[]> =>
  lines.length === 0
    ? Promise.resolve([])
    : withHouseScope(work, house =>
        store.findWritten(
          house,
          lines.map(({ number, name, birth }) => ({ number, birth, ascii: foldName(name)?.ascii ?? '' })),
        ),
      )

type SearchArea = { readonly isCommune: boolean; readonly unitIds: readonly Id<'unit'>[] }

/** The unit with all units below it and those that were merged into them. */
async function searchAreaOf(work: Work, unitId: Id<'unit'>): Promise<SearchArea> {
  const { level } = await units.getUnit(work, unitId)
  const { units: unitIds } = await units.scopePartsOf(work, unitId, work.today)
  return { isCommune: level === 'commune', unitIds }
}

function findMatches(
  work: Work,
  name: storeOrder.FoldedQuery,
  birth: PartialDay | undefined,
  place: SearchArea | undefined,
): Promise<PersonSummary[]> {
  const narrowing = { birth, unitIds: place?.unitIds }
  if (birth?.d) return store.findByBirthDate(work, name, { ...narrowing, birth }, searchLimits.shown + 1)
  if (birth) return store.findByWordsAndYear(work, name, { ...narrowing, birth }, searchLimits.shown + 1)
  if (place?.isCommune) return store.findByWordsAndCommune(work, name, place.unitIds, searchLimits.shown + 1)
  if (name.words.length < 2) throw registerProblem('search-too-wide')
  return store.findByWholeName(work, name, narrowing, searchLimits.shown + 1)
}

export type UnitPage = { readonly people: readonly PersonSummary[]; readonly next?: PersonId | undefined }

/** A commune's people in scope by name, page by page; `after` is the last person of the page before. */
export async function listPeopleOfUnit(
  work: Work,
  unitId: Id<'unit'>,
  { after, limit = searchLimits.shown }: { after?: PersonId | undefined; limit?: number } = {},
): Promise<UnitPage> {
  const { isCommune, unitIds } = await searchAreaOf(work, unitId)
  if (!isCommune) throw registerProblem('list-too-wide')
  const mark = after && (await store.findNamePosition(work, after))
  const rows = await store.findPageOfUnit(work, unitIds, mark, limit + 1)
  const people = rows.slice(0, limit)
  await audit.noteReading(
    work,
    people.map(({ id }) => id),
    ['identity', 'residence'],
  )
  return { people, ...(rows.length > limit && { next: people.at(-1)?.id }) }
}

import type { Static } from 'typebox'
import * as audit from '../../audit/audit.ts'
import { asId, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { SavedFilter } from '../contract.ts'
import { mostSavedFilters } from '../law.ts'
import { campaignProblem } from '../problems.ts'
import * as store from './store-saved-filter.ts'

/**
 * Filters of lists that an officer keeps by a name: parts of an address, and nothing of a person. The database gives
 * them to their officer alone.
 */

type FilterShape = Static<typeof SavedFilter>

/** A number of nine digits or more, however it is written: an identity number or a phone. Ids of schools are none. */
const hasNumber = (text: string) =>
  /\d(?:[\s.\-()]{0,3}\d){8}/.test(text.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, ''))

/** What years of birth, days and ids are made of; a class may have any letters. */
const isPlainValue = (key: string, value: string) => key === 'lop' || /^[\w,.-]*$/.test(value)

export const listFilters = (work: Work): Promise<FilterShape[]> => store.savedFilters(work)

/** Saves a filter by its name, in the place of one of the same name. */
export async function keepFilter(work: Work, { list, name, filter }: Omit<FilterShape, 'id'>): Promise<void> {
  const called = name.normalize('NFC').trim()
  const parts = Object.entries(filter)
  const years = parts.filter(([key]) => key !== 'sinh').map(([, value]) => value)
  if (!called || [called, ...years].some(hasNumber) || !parts.every(([key, value]) => isPlainValue(key, value)))
    throw campaignProblem('filter-personal')
  const known = await store.savedFilters(work)
  const isNew = !known.some(one => one.list === list && one.name === called)
  if (isNew && known.length >= mostSavedFilters) throw campaignProblem('filter-too-many', { most: mostSavedFilters })
  const id = newId<'saved-filter'>(work.now)
  await store.putFilter(work, { id, list, name: called, filter })
  await audit.record(work, 'filter.saved', { kind: 'saved-filter', id, ...(work.unitId && { unitId: work.unitId }) })
}

export async function forgetFilter(work: Work, id: string): Promise<void> {
  if (!(await store.deleteFilter(work, asId<'saved-filter'>(id)))) return
  await audit.record(work, 'filter.dropped', { kind: 'saved-filter', id, ...(work.unitId && { unitId: work.unitId }) })
}

import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import {
  type FigureListOrder,
  figureChoice,
  figureListMarks,
  figureListOrders,
  figureSearch,
} from '../../../src/statistics/figures/contract-people.ts'
import { type Answer, call } from '../../parts/call.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { asListQuery, type Campaign, type PeopleSearch } from '../campaign/search.ts'

export type Listed = Answer<typeof figureSearch>['people'][number]

const pageOf = 200

/** What the list is ordered by, as its address has it: `born`, `-born`; by name where it says nothing. */
export const orderOf = ({ xep = '' }: PeopleSearch): { readonly by: FigureListOrder; readonly desc: boolean } => ({
  by: figureListOrders.find(order => order === xep.replace('-', '')) ?? 'name',
  desc: xep.startsWith('-'),
})

/**
 * The people in sight, by pages: in the order of names the marks say once where each page begins, in any other each
 * begins at its place. A page in sight spans two at most; what was read stays for a while, and what has left the sight
 * before it came is called off.
 */
export function usePeople(campaign: Campaign, search: PeopleSearch, name: string) {
  const params = { id: campaign.id }
  const query = asListQuery(search, campaign.metrics)
  const { by, desc } = orderOf(search)
  const isByName = by === 'name' && !desc && !name
  const [sight, setSight] = useState({ first: 0, last: 0 })
  // While the hand still scrolls, the rows move; their pages are asked for when there is time.
  const { first, last } = useDeferredValue(sight)
  const [upper, lower] = [Math.floor(first / pageOf), Math.floor(last / pageOf)]
  const body = { ...query, order: by, descending: desc, ...(name && { name }), limit: pageOf }
  const opening = useAsk(figureSearch, { params, body })
  const total = opening.data?.total ?? 0
  const isLong = total > pageOf
  const marks = useAsk(figureListMarks, { params, query: { ...query, every: pageOf } }, { when: isLong && isByName })
  /** One page beyond the first, asked for when it is known where it begins. */
  const beginOf = (page: number) => {
    const after = marks.data?.marks[page - 1]
    return isByName ? after && { after } : { skip: page * pageOf }
  }
  const pageAt = (page: number) => {
    const begin = page > 0 && page * pageOf < total ? beginOf(page) : undefined
    return [{ params, body: { ...body, ...begin } }, { when: begin !== undefined }] as const
  }
  const one = useAsk(figureSearch, ...pageAt(upper))
  const other = useAsk(figureSearch, ...pageAt(lower))

  const rowAt = useCallback(
    (at: number): Listed | undefined => {
      const page = Math.floor(at / pageOf)
      const people =
        page === 0
          ? opening.data?.people
          : page === upper
            ? one.data?.people
            : page === lower
              ? other.data?.people
              : undefined
      return people?.[at % pageOf]
    },
    [opening.data, one.data, other.data, upper, lower],
  )
  const onSight = useCallback((from: number, to: number) => setSight({ first: from, last: to }), [])
  /** The pages that are here, of those who are to be seen: their chances come after them. */
  const pages = useMemo(
    () =>
      [opening.data, upper > 0 ? one.data : undefined, lower > 0 && lower !== upper ? other.data : undefined].flatMap(
        page => (page ? [{ people: page.people.filter(person => person.name !== null) }] : []),
      ),
    [opening.data, one.data, other.data, upper, lower],
  )
  return {
    head: opening.data,
    total,
    rowAt,
    onSight,
    pages,
    error: opening.error ?? marks.error ?? one.error ?? other.error,
    refetch: opening.refetch,
  }
}

/** Everybody of the list who is in sight, by id. */
export const everybodyListed = async (campaign: Campaign, search: PeopleSearch, name: string): Promise<string[]> =>
  (
    await call(figureChoice, {
      params: { id: campaign.id },
      body: { ...asListQuery(search, campaign.metrics), ...(name && { name }) },
    })
  ).people

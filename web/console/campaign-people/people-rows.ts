import { useCallback, useDeferredValue, useState } from 'react'
import { mostChosen } from '../../../src/campaign/contract.ts'
import { figureList, figureListMarks } from '../../../src/statistics/figures/contract-people.ts'
import { type Answer, call } from '../../parts/call.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { asListQuery, type Campaign, type PeopleSearch } from '../campaign/search.ts'

export type Listed = Answer<typeof figureList>['people'][number]

export const pageOf = 200

/**
 * The people in sight, by pages: the marks say once where each page begins, so any page can be asked for at once. A
 * page in sight spans two at most; what was read stays for a while, and what has left the sight before it came is
 * called off.
 */
export function usePeople(campaign: Campaign, search: PeopleSearch) {
  const params = { id: campaign.id }
  const query = asListQuery(search, campaign.metrics)
  const [sight, setSight] = useState({ first: 0, last: 0 })
  // While the hand still scrolls, the rows move; their pages are asked for when there is time.
  const { first, last } = useDeferredValue(sight)
  const [upper, lower] = [Math.floor(first / pageOf), Math.floor(last / pageOf)]
  const opening = useAsk(figureList, { params, query: { ...query, limit: pageOf } })
  const total = opening.data?.total ?? 0
  const isLong = total > pageOf
  const marks = useAsk(figureListMarks, { params, query: { ...query, every: pageOf } }, { when: isLong })
  const one = usePage(campaign, search, upper, marks.data?.marks)
  const other = usePage(campaign, search, lower, marks.data?.marks)

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
  return {
    head: opening.data,
    total,
    rowAt,
    onSight,
    error: opening.error ?? marks.error ?? one.error ?? other.error,
    refetch: opening.refetch,
  }
}

/** One page beyond the first, asked for when its mark is known. */
function usePage(campaign: Campaign, search: PeopleSearch, page: number, marks: readonly string[] | undefined) {
  const after = marks?.[page - 1]
  return useAsk(
    figureList,
    {
      params: { id: campaign.id },
      query: { ...asListQuery(search, campaign.metrics), limit: pageOf, ...(after && { after }) },
    },
    { when: page > 0 && after !== undefined },
  )
}

/** Everybody of the list who is in sight, by id; one page more than a deed may be done to at most. */
export async function everybodyListed(campaign: Campaign, search: PeopleSearch): Promise<string[]> {
  const query = { ...asListQuery(search, campaign.metrics), limit: 1000 }
  const ids: string[] = []
  for (let after: string | undefined; ids.length <= mostChosen; ) {
    const page = await call(figureList, { params: { id: campaign.id }, query: { ...query, ...(after && { after }) } })
    ids.push(...page.people.flatMap(({ id, name }) => (name === null ? [] : [id])))
    if (!page.next) break
    after = page.next
  }
  return ids
}

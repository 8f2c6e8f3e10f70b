import { useInfiniteQuery, useQueries } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { type ListOrder, listOrders, needSearch } from '../../../src/campaign/contract.ts'
import { riskOfChosen } from '../../../src/statistics/risk/contract.ts'
import { call } from '../../parts/call.ts'
import type { Sort } from '../parts/table.tsx'
import { asQuery, type ListSearch } from './filter.ts'
import type { Chance, Listed } from './listed.ts'

/** What a list is ordered by, as its address has it: `born`, `-born`; by name where it says nothing. */
export const sortOf = ({ xep = '' }: ListSearch): { readonly by: ListOrder; readonly desc: boolean } => ({
  by: listOrders.find(order => order === xep.replace('-', '')) ?? 'name',
  desc: xep.startsWith('-'),
})

export const sortText = ({ by, desc }: Sort): string | undefined =>
  by === 'name' && !desc ? undefined : `${desc ? '-' : ''}${by}`

/** What was typed, once nothing more has been typed for a moment. */
export function useSettled(text: string, milliseconds = 300): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), milliseconds)
    return () => clearTimeout(timer)
  }, [text, milliseconds])
  return settled
}

/** Pages of the list as they come, each row in its place; what is still to come stands as an empty place. */
export function useListRows(search: ListSearch, { count, name }: { count: number; name: string }) {
  const { by, desc } = sortOf(search)
  const body = useMemo(
    () => ({ ...asQuery(search), order: by, descending: desc, ...(name && { name }) }),
    [search, by, desc, name],
  )
  const pages = useInfiniteQuery({
    queryKey: [needSearch.path, 'pages', body],
    queryFn: ({ pageParam, signal }) =>
      call(needSearch, { body: { ...body, limit: 500, ...(pageParam && { after: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: last => last.next ?? undefined,
  })
  const { data, hasNextPage, isFetching, fetchNextPage } = pages
  const people = useMemo(() => data?.pages.flatMap(page => page.people) ?? [], [data])
  const rows = useMemo<readonly (Listed | undefined)[]>(() => {
    if (!hasNextPage) return people
    // How many have such a name is not known before the last page.
    const ahead = name ? 1 : Math.max(0, count - people.length)
    return [...people, ...new Array<undefined>(ahead).fill(undefined)]
  }, [people, hasNextPage, count, name])
  const onSight = useCallback(
    (_first: number, last: number) => {
      if (hasNextPage && !isFetching && last >= people.length - 100) void fetchNextPage()
    },
    [hasNextPage, isFetching, people.length, fetchNextPage],
  )
  return { ...pages, rows, read: people.length, complete: !!data && !hasNextPage, onSight, body }
}

type Page = { readonly people: readonly { readonly id: string }[] }

/** Chances come after the rows, a page at a time; a campaign without them leaves the places empty. */
export function useChances(pages: readonly Page[] | undefined, campaign: string | null): ReadonlyMap<string, Chance> {
  const answers = useQueries({
    queries: (campaign ? (pages ?? []) : [])
      .filter(({ people }) => people.length > 0)
      .map(({ people }) => ({
        queryKey: [riskOfChosen.path, campaign, people.map(({ id }) => id)],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          call(riskOfChosen, {
            params: { id: campaign ?? '' },
            body: { people: people.map(({ id }) => id) },
            signal,
          }),
        retry: false,
        staleTime: 60_000,
      })),
    combine: results => results.flatMap(({ data }) => data?.chances ?? []),
  })
  return useMemo(() => new Map(answers.map(one => [one.person, one])), [answers])
}

import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import type { Endpoint } from '../../../src/platform/endpoint.ts'

type Paged = { readonly next?: string | undefined }

/**
 * A list that comes a page at a time, each asked for after the last row of the one before. Kept under the door's path,
 * so that deeds that read the door anew read this anew too. `whole`: all its pages are read, one after another.
 */
export function usePages<Page extends Paged, Row>(
  door: Endpoint,
  asked: object,
  {
    read,
    rowsOf,
    whole = false,
  }: {
    readonly read: (after: string | undefined, signal: AbortSignal) => Promise<Page>
    readonly rowsOf: (page: Page) => readonly Row[]
    readonly whole?: boolean
  },
) {
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: [door.path, door.method, 'pages', asked],
    queryFn: ({ pageParam, signal }) => read(pageParam || undefined, signal),
    initialPageParam: '',
    getNextPageParam: (last: Page) => last.next,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: how rows lie in a page never changes
  const rows = useMemo(() => data?.pages.flatMap(rowsOf) ?? [], [data])
  const readOn = hasNextPage && !isFetching && !error
  useEffect(() => {
    if (whole && readOn) void fetchNextPage()
  }, [whole, readOn, fetchNextPage])
  const onSight = useCallback(
    (_first: number, last: number) => {
      if (readOn && last >= rows.length - 50) void fetchNextPage()
    },
    [readOn, rows.length, fetchNextPage],
  )
  return { first: data?.pages[0], rows, complete: data !== undefined && !hasNextPage, error, refetch, onSight }
}

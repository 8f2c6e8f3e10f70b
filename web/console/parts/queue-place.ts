import { useCallback, useEffect } from 'react'
import { useKeys } from '../base/keys.tsx'

type ReadQueue<Row> = {
  readonly rows: readonly Row[]
  readonly total: number
  /** Reads the queue on, past a place. */
  readonly readOn: (place: number) => void
}

type Pages = {
  readonly hasNextPage: boolean
  readonly isFetching: boolean
  readonly fetchNextPage: () => Promise<unknown>
}

/** Reads the next page of a queue before the end of what is read comes in sight. */
export function useReadOn({ hasNextPage, isFetching, fetchNextPage }: Pages, rows: readonly unknown[]) {
  return useCallback(
    (seen: number) => {
      if (hasNextPage && !isFetching && seen >= rows.length - 20) void fetchNextPage()
    },
    [hasNextPage, isFetching, rows, fetchNextPage],
  )
}

/** Where in its queue a row stands, and its neighbours, as far as the queue was read. */
export function useQueuePlace<Row extends { readonly id: string }>(
  { rows, total, readOn }: ReadQueue<Row>,
  id: string,
) {
  const place = rows.findIndex(row => row.id === id)
  useEffect(() => {
    if (place >= 0) readOn(place)
  }, [place, readOn])
  return { place, total, next: rows[place + 1], previous: place > 0 ? rows[place - 1] : undefined }
}

type Neighbours<Row> = { readonly next: Row | undefined; readonly previous: Row | undefined }

/** `J` opens the next of a queue, `K` the previous one. */
export function useNeighbourKeys<Row>(
  { next, previous }: Neighbours<Row>,
  words: { readonly next: string; readonly previous: string },
  open: (row: Row) => void,
) {
  useKeys([
    { key: 'j', said: words.next, run: () => next && open(next) },
    { key: 'k', said: words.previous, run: () => previous && open(previous) },
  ])
}

import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type ApplicationQueue, listApplications } from '../../../src/enrolment/adjudication/contract.ts'
import { type Answer, call } from '../../parts/call.ts'
import { useReadOn } from '../parts/queue-place.ts'
import { useMay } from '../shell/session.tsx'
import { type QueueSearch, queueOf, type Row } from './search.ts'

type Listed = Answer<typeof listApplications>

/** The queue that the address names, else the one in which this officer's work waits. */
export function useQueueOf(search: QueueSearch): ApplicationQueue {
  const mine = [
    useMay('enrolment.check') && 'to-check',
    useMay('enrolment.approve') && 'to-approve',
    useMay('enrolment.capture') && 'returned',
  ] as const
  return queueOf(search) ?? (mine.find(one => one !== false) || 'to-check')
}

const lastPage = (data: InfiniteData<Listed> | undefined) => data?.pages.at(-1)

/** A queue by pages of fifty, as far as somebody looked; the list and the application that is open read the same. */
export function useQueue(search: QueueSearch, when = true) {
  const queue = useQueueOf(search)
  const { donvi, buoi } = search
  const asked = useInfiniteQuery({
    queryKey: [listApplications.path, listApplications.method, queue, donvi, buoi],
    queryFn: ({ pageParam, signal }) =>
      call(listApplications, {
        query: {
          queue,
          ...(donvi && { unit: donvi }),
          ...(buoi && { session: buoi }),
          ...(pageParam && { after: pageParam }),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: last => last.next,
    enabled: when,
  })
  const { data } = asked
  const rows = useMemo<readonly Row[]>(() => data?.pages.flatMap(page => page.applications) ?? [], [data])
  const counts = lastPage(data)?.counts
  const total = counts?.[queue] ?? 0
  const readOn = useReadOn(asked, rows)
  return { queue, rows, counts, total, readOn, error: asked.error, refetch: asked.refetch, isRead: data !== undefined }
}

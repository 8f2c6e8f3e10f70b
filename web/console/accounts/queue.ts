import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { AccountQueue } from '../../../src/accounts/contract.ts'
import { listAccounts } from '../../../src/accounts/contract.ts'
import { call } from '../../parts/call.ts'
import { useReadOn } from '../parts/queue-place.ts'
import { useMay } from '../shell/session.tsx'
import { type AccountSearch, asQuery, type Row } from './search.ts'

/** The queue that the address names, else the one in which this officer's work waits. */
export function useQueueOf({ hang }: AccountSearch): AccountQueue {
  const mayApprove = useMay('accounts.approve')
  return hang ?? (mayApprove ? 'to-approve' : 'lapsed')
}

/** A queue by pages of fifty, as far as somebody looked; the list and the account that is open read the same. */
export function useQueue(search: AccountSearch, when = true) {
  const queue = useQueueOf(search)
  const query = asQuery(search)
  const asked = useInfiniteQuery({
    queryKey: [listAccounts.path, listAccounts.method, queue, query],
    queryFn: ({ pageParam, signal }) =>
      call(listAccounts, { query: { queue, ...query, ...(pageParam && { after: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: last => last.next,
    enabled: when,
  })
  const { data } = asked
  const rows = useMemo<readonly Row[]>(() => data?.pages.flatMap(page => page.accounts) ?? [], [data])
  const last = data?.pages.at(-1)
  const readOn = useReadOn(asked, rows)
  return {
    queue,
    rows,
    counts: last?.counts,
    overdue: last?.overdue,
    total: last?.counts[queue] ?? 0,
    readOn,
    error: asked.error,
    refetch: asked.refetch,
    isRead: data !== undefined,
  }
}

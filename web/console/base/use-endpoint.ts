import {
  keepPreviousData,
  type QueryKey,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useCallback } from 'react'
import { listHeldDecisions, showDecisionOn } from '../../../src/decisions/contract.ts'
import type { Endpoint } from '../../../src/platform/endpoint.ts'
import { type Answer, type Asked, call } from '../../parts/call.ts'

const keyOf = (door: Endpoint, asked?: object): QueryKey => [door.path, door.method, ...(asked ? [asked] : [])]

export type AskOptions = { readonly when?: boolean; readonly keep?: boolean; readonly every?: number | false }

/**
 * Reads through a door; what was read is kept under the door's path. `keep` shows the last answer until the next is
 * there.
 */
export const useAsk = <E extends Endpoint>(
  door: E,
  asked: Asked<E>,
  { when = true, keep = false, every = false }: AskOptions = {},
) =>
  useQuery({
    queryKey: keyOf(door, asked),
    queryFn: ({ signal }) => call(door, { ...asked, signal }),
    enabled: when,
    refetchInterval: every,
    ...(keep && { placeholderData: keepPreviousData }),
  })

/** Reads through several doors at once, each by itself; an answer is the door's own, or not there yet. */
export const useAskAll = (all: readonly { readonly door: Endpoint; readonly asked: object }[]) =>
  useQueries({
    queries: all.map(({ door, asked }) => ({
      queryKey: keyOf(door, asked),
      queryFn: ({ signal }: { signal: AbortSignal }): Promise<unknown> => call(door, { ...asked, signal }),
    })),
  })

const isHeld = (answer: unknown): boolean => typeof answer === 'object' && answer !== null && 'held' in answer

/** Does something through a door; afterwards what was read through `then` is read anew. */
export function useDo<E extends Endpoint>(door: E, then: readonly Endpoint[] = []) {
  const client = useQueryClient()
  return useMutation<Answer<E>, Error, Asked<E>>({
    mutationFn: asked => call(door, asked),
    onSuccess: answer => {
      // What may still be undone stands in the bar of the shell.
      const held = isHeld(answer) ? [listHeldDecisions, showDecisionOn] : []
      return Promise.all([...then, ...held].map(read => client.invalidateQueries({ queryKey: keyOf(read) })))
    },
  })
}

/**
 * Tells that what was read through some doors is no longer so: what is in sight is read anew, the rest when it is next
 * shown; or all of it then.
 */
export function useStale() {
  const client = useQueryClient()
  return useCallback(
    (doors: readonly Endpoint[], when: 'now' | 'when-shown' = 'now') => {
      for (const door of doors)
        void client.invalidateQueries({
          queryKey: keyOf(door),
          ...(when === 'when-shown' && { refetchType: 'none' as const }),
        })
    },
    [client],
  )
}

/** Keeps an answer that came by another door, as if it had been read through this one. */
export function useKeep() {
  const client = useQueryClient()
  return useCallback(
    <E extends Endpoint>(door: E, asked: Asked<E>, answer: Answer<E>) => {
      client.setQueryData(keyOf(door, asked), answer)
    },
    [client],
  )
}

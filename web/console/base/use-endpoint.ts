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
import { type Answer, type Asked, call, NoAnswer, Refusal } from '../../parts/call.ts'
import { callTogether } from '../../parts/call-together.ts'

/** Under which key what a door answered is kept. */
export const keyOf = (door: Endpoint, asked?: object): QueryKey => [door.path, door.method, ...(asked ? [asked] : [])]

export type AskOptions<E extends Endpoint> = {
  readonly when?: boolean
  readonly keep?: boolean
  /** Milliseconds between two questions, or what tells them from the last answer. */
  readonly every?: number | false | ((answer: Answer<E> | undefined) => number | false)
  /** In one request with what else the page asks so. */
  readonly together?: boolean
}

/** The house is being started again, or the session has ended: what was read is still what is known. */
const isPassing = (error: unknown) => error instanceof NoAnswer || (error instanceof Refusal && error.status === 401)

const triesWithoutAnswer = { empty: 2, shown: 60 }

/**
 * Reads through a door; what was read is kept under the door's path. `keep` shows the last answer until the next is
 * there. A page that has something to show keeps it, and what is typed on it, while the house does not answer.
 */
export function useAsk<E extends Endpoint>(
  door: E,
  asked: Asked<E>,
  { when = true, keep = false, every = false, together = false }: AskOptions<E> = {},
) {
  const client = useQueryClient()
  const queryKey = keyOf(door, asked)
  const result = useQuery({
    queryKey,
    queryFn: ({ signal }) => (together ? callTogether(door, asked) : call(door, { ...asked, signal })),
    enabled: when,
    refetchInterval: typeof every === 'function' ? ({ state }) => every(state.data as Answer<E> | undefined) : every,
    retry: (times, error) =>
      error instanceof NoAnswer &&
      times < triesWithoutAnswer[client.getQueryData(queryKey) === undefined ? 'empty' : 'shown'],
    retryDelay: times => Math.min(1000 * 2 ** times, 4000),
    ...(keep && { placeholderData: keepPreviousData }),
  })
  const { data, error } = result
  return data !== undefined && isPassing(error) ? { ...result, error: null } : result
}

/**
 * Reads through several doors in few requests, anew whenever the page is opened; an answer is the door's own, or not
 * there yet.
 */
export const useAskAll = (all: readonly { readonly door: Endpoint; readonly asked: object }[]) =>
  useQueries({
    queries: all.map(({ door, asked }) => ({
      queryKey: keyOf(door, asked),
      queryFn: (): Promise<unknown> => callTogether(door, asked),
      staleTime: 0,
    })),
  })

const isHeld = (answer: unknown): boolean => typeof answer === 'object' && answer !== null && 'held' in answer

/** Does something through a door; afterwards what was read through `then` is read anew. */
export function useDo<E extends Endpoint>(door: E, then: readonly Endpoint[] = []) {
  const client = useQueryClient()
  const readAnew = () => Promise.all(then.map(read => client.invalidateQueries({ queryKey: keyOf(read) })))
  return useMutation<Answer<E>, Error, Asked<E>>({
    mutationFn: asked => call(door, asked),
    onSuccess: answer => {
      // What may still be undone stands in the bar of the shell.
      const held = isHeld(answer) ? [listHeldDecisions, showDecisionOn] : []
      return Promise.all([...then, ...held].map(read => client.invalidateQueries({ queryKey: keyOf(read) })))
    },
    // What changed meanwhile is shown beside what was being decided.
    onError: error => (error instanceof Refusal && error.code === 'changed-meanwhile' ? readAnew() : undefined),
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

/** Reads anew what was read through some doors; done when what is in sight is there. */
export function useReadAnew() {
  const client = useQueryClient()
  return useCallback(
    (doors: readonly Endpoint[]) => Promise.all(doors.map(door => client.invalidateQueries({ queryKey: keyOf(door) }))),
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

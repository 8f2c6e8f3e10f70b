import type { Problem } from '../problem.ts'

/**
 * Requests that are under way at once. Where all places are taken, whoever has fewer than their part of them still gets
 * one: the refused one is whoever has most.
 */
export type Places = {
  /** Takes a place; gives what ends it. Throws the refusal. */
  enter(key: string): () => void
  readonly count: number
}

export function openPlaces({
  all = Number.POSITIVE_INFINITY,
  ofOne = all,
  refusal,
}: {
  readonly all?: number
  readonly ofOne?: number
  refusal(): Problem
}): Places {
  const held = new Map<string, number>()
  let count = 0
  return {
    enter(key) {
      const own = held.get(key) ?? 0
      const among = held.size + (own === 0 ? 1 : 0)
      if (own >= ofOne || (count >= all && own >= Math.floor(all / among))) throw refusal()
      held.set(key, own + 1)
      count += 1
      let isOver = false
      return () => {
        if (isOver) return
        isOver = true
        count -= 1
        const left = (held.get(key) ?? 1) - 1
        if (left > 0) held.set(key, left)
        else held.delete(key)
      }
    },
    get count() {
      return count
    },
  }
}

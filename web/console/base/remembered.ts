import { useState } from 'react'

const kept = new Map<string, unknown>()

/** Fills a form of another page before it is opened. */
export const keep = (key: string, value: unknown) => {
  kept.set(key, value)
}

/**
 * State that stays while the console is open, so that going back finds the form as it was left. What somebody searched
 * for is kept here and never in the address, where a name or a number must not stand.
 */
export function useRemembered<T>(key: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => (kept.has(key) ? (kept.get(key) as T) : initial))
  return [
    value,
    next => {
      kept.set(key, next)
      setValue(next)
    },
  ]
}

import { useCallback, useState } from 'react'

/** Something that is asked of the house: while it is under way, and what came of it where it failed. */
export function useAsking<Given extends readonly unknown[]>(ask: (...given: Given) => Promise<void>) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const run = useCallback(
    async (...given: Given) => {
      setBusy(true)
      setError(undefined)
      try {
        await ask(...given)
      } catch (fault) {
        setError(fault)
      }
      setBusy(false)
    },
    [ask],
  )
  return { busy, error, run }
}

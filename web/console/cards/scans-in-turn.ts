import { useCallback, useRef } from 'react'

/** Scans that come faster than the house answers are done one after another, in the order in which they came. */
export function useInTurn() {
  const last = useRef<Promise<unknown>>(Promise.resolve())
  return useCallback((deed: () => Promise<unknown>) => {
    last.current = last.current.then(deed, deed)
  }, [])
}

import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

/** How wide an element is, in px, as it changes: charts are drawn to measure, so that their text keeps its size. */
export function useWidth<E extends HTMLElement>(atFirst: number): [RefObject<E | null>, number] {
  const ref = useRef<E>(null)
  const [width, setWidth] = useState(atFirst)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () => setWidth(element.clientWidth || atFirst)
    measure()
    const watcher = new ResizeObserver(measure)
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [atFirst])
  return [ref, width]
}

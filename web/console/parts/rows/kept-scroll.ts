import { type RefObject, useLayoutEffect } from 'react'

/** How far lists were scrolled, and on which row one stood, by what they showed: for as long as the program runs. */
const kept = new Map<string, { readonly top: number; readonly row: number }>()
const mostKept = 50

export const keptRow = (key: string | undefined): number => (key && kept.get(key)?.row) || 0

/** Whoever comes back to a list finds it where they left it. */
export function useKeptScroll(
  key: string | undefined,
  scroll: RefObject<HTMLDivElement | null>,
  row: RefObject<number>,
): void {
  useLayoutEffect(() => {
    const element = scroll.current
    if (!key || !element) return undefined
    const known = kept.get(key)
    if (known) element.scrollTop = known.top
    let top = element.scrollTop
    const onScroll = () => {
      top = element.scrollTop
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      element.removeEventListener('scroll', onScroll)
      if (kept.size >= mostKept) kept.clear()
      kept.set(key, { top, row: row.current })
    }
  }, [key, scroll, row])
}

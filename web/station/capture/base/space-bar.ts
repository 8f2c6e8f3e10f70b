import { useEffect, useEffectEvent } from 'react'

/** Where somebody types, and controls on which the keyboard stands: the space bar is theirs. */
const taking = 'input, textarea, select, [contenteditable=true], :is(button, a[href], summary):focus-visible'

/**
 * The capture key: the space bar, wherever the hand was last, but not while somebody types, a dialog asks, or the
 * keyboard stands on a control.
 */
export function useSpaceBar(run: () => void, on: boolean): void {
  const take = useEffectEvent(run)
  useEffect(() => {
    if (!on) return
    const listen = (event: KeyboardEvent) => {
      if (event.key !== ' ' || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
      const { target } = event
      if (document.querySelector('[role=dialog], [role=alertdialog]')) return
      if (target instanceof Element && target.matches(taking)) return
      event.preventDefault()
      event.stopPropagation()
      take()
    }
    document.addEventListener('keydown', listen, true)
    return () => document.removeEventListener('keydown', listen, true)
  }, [on])
}

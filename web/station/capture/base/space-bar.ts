import { useEffect, useEffectEvent, useState } from 'react'

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

/** An address under which the page itself shows a picture that it holds, for as long as it is shown. */
export function usePicture(picture: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    if (!picture) return setAddress(undefined)
    const made = URL.createObjectURL(picture)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [picture])
  return picture && address
}

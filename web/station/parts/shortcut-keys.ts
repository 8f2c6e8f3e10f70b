import { useEffect, useRef } from 'react'

/** Keys of the hand that works fast: Space takes, Enter goes on, Esc puts off, F2 finds. */
export type Keys = { readonly [Key in ' ' | 'Enter' | 'Escape' | 'F2']?: (() => void) | undefined }

const control = 'button, a[href], input, select, textarea, summary, [contenteditable=true]'

/** Space and Enter belong to the control that has the focus, Esc to an open dialog. */
function isTaken({ target, key }: KeyboardEvent): boolean {
  if (key === 'F2') return false
  if (document.querySelector('dialog[open]')) return true
  if (!(target instanceof Element)) return false
  return key === 'Escape' ? target.matches('input, select, textarea') : target.matches(control)
}

export function useKeys(keys: Keys) {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || isTaken(event))
        return
      const deed = latest.current[event.key as keyof Keys]
      if (!deed) return
      event.preventDefault()
      deed()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

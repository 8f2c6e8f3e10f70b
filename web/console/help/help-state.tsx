import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react'

/** Whether the help of the page is open beside it; where it was opened from is where the focus goes back to. */
type Help = { readonly isOpen: boolean; readonly open: () => void; readonly close: () => void }

const Help = createContext<Help | undefined>(undefined)

export function HasHelp({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  const before = useRef<Element | null>(null)
  const open = useCallback(() => {
    before.current = document.activeElement
    setOpen(true)
  }, [])
  const close = useCallback(() => {
    setOpen(false)
    const back = before.current
    const target = back instanceof HTMLElement && back.isConnected && back !== document.body ? back : undefined
    target?.focus()
  }, [])
  const help = useMemo(() => ({ isOpen, open, close }), [isOpen, open, close])
  return <Help value={help}>{children}</Help>
}

export function useHelp(): Help {
  const help = useContext(Help)
  if (!help) throw new Error('outside of <HasHelp>')
  return help
}

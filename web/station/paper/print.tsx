import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'

/** Paper: what is to be printed stands in #paper, unseen on the screen, and is gone from it afterwards. */

type Print = (sheet: ReactNode) => void
const Paper = createContext<Print | undefined>(undefined)

export function Prints({ children }: { children: ReactNode }) {
  const [sheet, setSheet] = useState<{ readonly of: ReactNode }>()
  const place = useMemo(() => document.getElementById('paper'), [])
  useEffect(() => {
    if (!sheet) return
    const over = () => setSheet(undefined)
    addEventListener('afterprint', over, { once: true })
    window.print()
    return () => removeEventListener('afterprint', over)
  }, [sheet])
  const print = useMemo<Print>(() => sheetToPrint => setSheet({ of: sheetToPrint }), [])
  return (
    <Paper value={print}>
      {children}
      {sheet && place && createPortal(sheet.of, place)}
    </Paper>
  )
}

export function usePrint(): Print {
  const print = useContext(Paper)
  if (!print) throw new Error('outside of <Prints>')
  return print
}

import { createContext, type ReactNode, useContext } from 'react'
import { createPortal } from 'react-dom'

/**
 * Where a step's buttons stand: at the foot of the page, always in sight, whatever the step scrolls. Outside of a
 * capture they stand where they are.
 */

const Foot = createContext<HTMLElement | null>(null)
export const FootContext = Foot

export function StepButtons({ children }: { children: ReactNode }) {
  const foot = useContext(Foot)
  const deeds = <div className="buttons">{children}</div>
  return foot ? createPortal(deeds, foot) : deeds
}

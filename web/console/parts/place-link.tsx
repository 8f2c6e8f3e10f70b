import type { MouseEvent, ReactNode } from 'react'
import { goTo } from '../base/router-handle.ts'

export type GoProps = {
  readonly to: string
  readonly children: ReactNode
  readonly className?: string
  /** Not on the way of the Tab key: the table's own keys open it. */
  readonly quietly?: boolean
  /** It leads to what is shown already. */
  readonly current?: boolean
}

/** A link to a place of the console, without loading the page anew; opens in a new tab as any link does. */
export function Go({ to, children, className, quietly, current }: GoProps) {
  const go = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    goTo(to)
  }
  return (
    <a
      href={to}
      className={className}
      onClick={go}
      {...(quietly && { tabIndex: -1 })}
      {...(current && { 'aria-current': 'true' })}
    >
      {children}
    </a>
  )
}

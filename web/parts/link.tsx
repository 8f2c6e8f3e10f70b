import { createContext, type KeyboardEvent, type MouseEvent, type ReactNode, useContext } from 'react'

/** Goes to an address within the program; without one, a link loads the page as links do. */
const Goes = createContext<((address: string) => void) | undefined>(undefined)

export const LinksGo = ({ by, children }: { by: (address: string) => void; children: ReactNode }) => (
  <Goes value={by}>{children}</Goes>
)

/** A press of Enter or the space bar is the control's own: no key of the page hears it. */
export function keepPress(event: KeyboardEvent): void {
  if (event.key === 'Enter' || event.key === ' ') event.stopPropagation()
}

export type LinkProps = {
  readonly href: string
  readonly className?: string
  readonly children: ReactNode
  readonly 'aria-label'?: string
}

/** A link that stays in the program where it can; opened in a new tab it is a link as any other. */
export function Link({ href, children, ...rest }: LinkProps) {
  const go = useContext(Goes)
  const press = (event: MouseEvent) => {
    if (!go || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(href)
  }
  return (
    <a href={href} onClick={press} onKeyDown={keepPress} {...rest}>
      {children}
    </a>
  )
}

import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

export type ButtonProps = {
  readonly children: ReactNode
  readonly look?: 'primary' | 'grave' | 'text' | 'small'
  readonly icon?: LucideIcon
  /** The key that does the same, shown as a small cap. */
  readonly cap?: string
  readonly onPress?: () => void
  readonly disabled?: boolean
  readonly submits?: boolean
  /** One of several that can be chosen, and whether it is. */
  readonly pressed?: boolean
}

export const Cap = ({ children }: { children: ReactNode }) => (
  <kbd className="cap" aria-hidden>
    {children}
  </kbd>
)

/** A verb and its object, 44 high: fingers in a school hall are cold. */
export function Button({ children, look, icon: Icon, cap, onPress, disabled, submits, pressed }: ButtonProps) {
  return (
    <button
      type={submits ? 'submit' : 'button'}
      className={['button', look, pressed && 'chosen'].filter(Boolean).join(' ')}
      onClick={onPress}
      disabled={disabled}
      aria-pressed={pressed}
      aria-keyshortcuts={cap}
    >
      {cap && look === 'primary' && <Cap>{cap}</Cap>}
      {Icon && <Icon size={16} aria-hidden />}
      {children}
      {cap && look !== 'primary' && <Cap>{cap}</Cap>}
    </button>
  )
}

/** Words that do something, underlined as links are. */
export const LinkButton = ({ children, onPress }: { children: ReactNode; onPress: () => void }) => (
  <button type="button" className="link" onClick={onPress}>
    {children}
  </button>
)

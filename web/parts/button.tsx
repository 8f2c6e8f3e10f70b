import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { keepPress, Link } from './link.tsx'

type Look = 'primary' | 'grave' | 'text' | 'row' | 'large' | 'wide' | 'chosen'

export type ButtonProps = {
  readonly children: ReactNode
  readonly look?: Look | readonly Look[]
  readonly icon?: LucideIcon
  /** The key that does the same, shown as a small cap. */
  readonly cap?: string
  readonly onPress?: () => void
  /** Goes to an address of the console instead of doing something. */
  readonly href?: string
  readonly disabled?: boolean
  readonly submits?: boolean
  readonly autoFocus?: boolean
  /** One of several that can be chosen, and whether it is. */
  readonly pressed?: boolean
}

/** A key, as a small cap on the control that it works. */
export const Cap = ({ children }: { children: ReactNode }) => <kbd className="cap">{children}</kbd>

/** A verb and its object. One primary button a region. */
export function Button({
  children,
  look = [],
  icon: Icon,
  cap,
  onPress,
  href,
  disabled,
  submits,
  autoFocus,
  pressed,
}: ButtonProps) {
  const className = ['button', ...(typeof look === 'string' ? [look] : look)].join(' ')
  const inside = (
    <>
      {Icon && <Icon size={16} aria-hidden />}
      {children}
      {cap && (
        <span aria-hidden>
          <Cap>{cap}</Cap>
        </span>
      )}
    </>
  )
  if (href !== undefined)
    return (
      <Link href={href} className={className}>
        {inside}
      </Link>
    )
  return (
    <button
      className={className}
      type={submits ? 'submit' : 'button'}
      disabled={disabled}
      onKeyDown={keepPress}
      {...(onPress && { onClick: () => onPress() })}
      {...(autoFocus && { autoFocus: true })}
      {...(pressed !== undefined && { 'aria-pressed': pressed })}
      {...(cap && { 'aria-keyshortcuts': cap })}
    >
      {inside}
    </button>
  )
}

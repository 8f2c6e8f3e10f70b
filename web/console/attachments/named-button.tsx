import type { LucideIcon } from 'lucide-react'
import { keepPress } from '../../parts/link.tsx'

type NamedButtonProps = {
  readonly icon: LucideIcon
  /** What it does and with which paper, for whoever does not see the row. */
  readonly name: string
  readonly look?: 'text'
  readonly children: string
  readonly onPress: () => void
}

/** A button of one of several rows. */
export const NamedButton = ({ icon: Icon, name, look, children, onPress }: NamedButtonProps) => (
  <button
    type="button"
    className={look ? `button ${look}` : 'button'}
    aria-label={name}
    onClick={() => onPress()}
    onKeyDown={keepPress}
  >
    <Icon size={16} aria-hidden />
    {children}
  </button>
)
